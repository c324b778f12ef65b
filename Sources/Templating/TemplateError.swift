/// Templates that cannot be used, with every mistake that was found in them.
package struct TemplateError: Error, Hashable, CustomStringConvertible {
    package let mistakes: [Mistake]

    package init(_ mistakes: [Mistake]) {
        self.mistakes = mistakes
    }

    package var description: String {
        mistakes.map(\.description).joined(separator: "\n")
    }

    package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        /// The file, or the folder of templates.
        package let path: String
        /// Nil when the mistake is about the whole file.
        package let place: TemplatePlace?
        /// What is wrong, without a full stop.
        package let problem: String
        /// What to do, as a sentence.
        package let advice: String

        package var description: String {
            guard let place else { return "\(path): \(problem). \(advice)" }
            let margin = "\(place.line) | "
            let blanks = String(repeating: " ", count: margin.count + place.column - 1)
            return "\(path):\(place.line):\(place.column): \(problem). \(advice)\n\(margin)\(place.text)\n\(blanks)^"
        }
    }
}
