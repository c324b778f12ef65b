/// What to do about a text that is no YAML, in words that need no knowledge of YAML's own.
struct YAMLAdvice {
    /// The parser's words on what is wrong, and on what it was reading.
    let problem: String
    let context: String
    let source: SourceText
    /// The bytes of the file that are the YAML.
    let range: Range<Int>

    /// What to do, and where; nil when the parser's own words must do.
    func at(_ place: Int) -> (offset: Int, words: String)? {
        if let offset = sign(at: place) { return (offset, quotes(offset)) }
        guard let words else { return nil }
        // What is missing at the end is told where it was opened.
        let offset = place >= range.upperBound ? lastOpenBracket ?? place : place
        return (offset, words)
    }

    /// Where a sign stands that means something else to YAML than to the author.
    private func sign(at place: Int) -> Int? {
        if problem.contains("cannot start any token") { return place }
        if problem.contains("alphabetic or numeric character") || problem.contains("undefined alias") {
            return last("*&", upTo: place)
        }
        // `> 1` is read as the head of a text that begins on the next line.
        return context.contains("block scalar") ? last(">|", upTo: place) : nil
    }

    private func quotes(_ offset: Int) -> String {
        let rest = source.string(offset..<source.line(source.line(at: offset)).upperBound)
        let value = rest.prefix { !",}]#".contains($0) }
        let sign = value.prefix(1)
        return "a value that begins with '\(sign)' needs quotes: \"\(String(value).trimmingBlanks)\""
    }

    private var words: String? {
        if problem.contains("mapping values are not allowed") {
            return "a second ': ' stands in one value, or a line is indented too far; put a value with ': ' in quotes"
        }
        if problem.contains("unexpected end of stream") { return "a quotation mark is never closed" }
        if problem.contains("expected ':'") { return "each line is 'key: value', with a blank after the colon" }
        if problem.contains("did not find expected key") {
            return "the line is indented otherwise than its neighbours, or text follows a closing quotation mark"
        }
        if problem.contains("block sequence entries") || problem.contains("expected '-' indicator") {
            return "a list's lines begin with '- ' in one column, below their key"
        }
        if problem.contains("expected ',' or") { return "a bracket is never closed, or a comma is missing in it" }
        if problem.contains("expected node content") {
            return
                "a value is missing in a bracket, or the bracket is never closed: '#' behind a blank begins a comment"
        }
        return nil
    }

    private func last(_ signs: String, upTo place: Int) -> Int? {
        let line = source.line(source.line(at: max(range.lowerBound, min(place, range.upperBound) - 1)))
        return source.bytes[line.lowerBound..<min(line.upperBound, place + 1)].lastIndex { signs.utf8.contains($0) }
    }

    private var lastOpenBracket: Int? {
        source.bytes[range].lastIndex { "[{".utf8.contains($0) }
    }
}
