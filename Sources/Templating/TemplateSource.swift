import Mustache

/// The text of a template, and where it came from.
struct TemplateSource: Sendable {
    static let suffix = ".mustache"

    /// The path below the folder of templates, such as `pages/run.html.mustache`.
    let file: String
    /// The path that messages give.
    let path: String
    let text: String

    /// What other templates include it under: the file without `.mustache`.
    var name: String { String(file.dropLast(Self.suffix.count)) }

    /// Reads the template; the escaping of its values follows from the file's name, whatever the template says.
    func parsed() throws(TemplateError.Mistake) -> MustacheTemplate {
        let contentType = TemplateContentType(file: name)
        do {
            // On a line of its own, which leaves no trace in the page.
            return try MustacheTemplate(string: "{{% CONTENT_TYPE:\(contentType.registeredName)}}\n" + text)
        } catch let error as MustacheTemplate.ParserError {
            let line = error.context.lineNumber - 1
            throw TemplateError.Mistake(
                path: path,
                place: TemplatePlace(line: line, column: error.context.columnNumber, text: error.context.line),
                problem: "this is no Mustache tag that can be read (\(error.error))",
                advice: "Close the tag, and use letters, digits, '_' and '.' in its name."
            )
        } catch {
            throw TemplateError.Mistake(
                path: path,
                place: nil,
                problem: "the template cannot be read: \(error)",
                advice: "Compare it with the shipped file."
            )
        }
    }
}
