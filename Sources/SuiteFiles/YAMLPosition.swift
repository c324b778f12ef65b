internal import Yams

/// Turns the places that Yams gives into places of the file around the YAML.
struct YAMLPosition {
    let source: SourceText
    /// The bytes of the file that are the YAML.
    private let range: Range<Int>
    /// The first byte of each line, where lines end as YAML says, and the end.
    private let starts: [Int]

    init(_ source: SourceText, _ range: Range<Int>) {
        self.source = source
        self.range = range
        var starts = [range.lowerBound]
        var offset = range.lowerBound
        var last: Unicode.Scalar?
        for scalar in source.string(range).unicodeScalars {
            // Of `\r\n`, only the second ends the line.
            if last == "\r" && scalar != "\n" { starts.append(offset) }
            offset += UTF8.width(scalar)
            if ["\n", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) { starts.append(offset) }
            last = scalar
        }
        self.starts = starts + [range.upperBound]
    }

    /// The byte of the file at a mark, whose columns count code points.
    func offset(_ mark: Mark) -> Int {
        guard mark.line >= 1, mark.line < starts.count else { return range.upperBound }
        let line = source.string(starts[mark.line - 1]..<starts[mark.line])
        let before = line.unicodeScalars.prefix(max(0, mark.column - 1)).prefix { $0 != "\n" && $0 != "\r" }
        return starts[mark.line - 1] + before.reduce(0) { $0 + UTF8.width($1) }
    }

    /// What is wrong with a text that is no YAML, and where.
    func explain(_ error: any Error) -> (SuiteMistake.Spot?, String) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // What is missing at the end is told where it was opened.
            let place = offset(offset(mark) >= range.upperBound ? context?.mark ?? mark : mark)
            if let tab = tab(before: place) {
                return (
                    source.spot(tab), "a tab stands here, and YAML is indented with blanks: put blanks in its place"
                )
            }
            let around = context.map { $0.text.trimmed + ", " } ?? ""
            let advice = advice(on: problem, at: place).map { ": \($0)" } ?? ""
            return (source.spot(place), "this is no YAML: \(around)\(problem)\(advice)")
        case .reader(let problem, _, let value, _):
            let scalars = source.string(range).unicodeScalars
            let before = scalars.prefix { Int32(bitPattern: $0.value) != value }
            let offset = range.lowerBound + before.reduce(0) { $0 + UTF8.width($1) }
            return (offset < range.upperBound ? source.spot(offset) : nil, "this is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let first = offset(context.mark)
            let key = keys.first ?? ""
            return (
                source.spot(again(key, after: first) ?? first, length: key.utf8.count),
                "the key '\(key)' is given twice"
            )
        case let other: return (nil, "this is no YAML: \(other.map { "\($0)" } ?? "\(error)")")
        }
    }

    /// A tab that stands where blanks belong: at a place, or in the indentation of its line.
    private func tab(before offset: Int) -> Int? {
        let tab = UInt8(ascii: "\t")
        if offset < range.upperBound, source.bytes[offset] == tab { return offset }
        let line = source.line(source.line(at: offset))
        let indentation = source.bytes[line].prefix { $0 == tab || $0 == 0x20 }
        return indentation.firstIndex(of: tab)
    }

    /// What to do about a problem, in words that need no knowledge of YAML's own.
    private func advice(on problem: String, at offset: Int) -> String? {
        if problem.contains("cannot start any token") || problem.contains("alphabetic or numeric character") {
            let sign = source.string(offset..<min(offset + 1, range.upperBound))
            return "a value that begins with '\(sign)' needs quotes around it"
        }
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
        return nil
    }

    /// The next line on which a key stands at the same column; Yams tells only the first.
    private func again(_ key: String, after offset: Int) -> Int? {
        let number = source.line(at: offset)
        let indent = offset - source.line(number).lowerBound
        let pattern = Array("\(key):".utf8)
        for next in number + 1..<max(number + 1, source.lineCount + 1) {
            let line = source.line(next)
            if line.count >= indent + pattern.count, source.bytes[(line.lowerBound + indent)...].starts(with: pattern) {
                return line.lowerBound + indent
            }
        }
        return nil
    }
}

extension String {
    fileprivate var trimmed: String {
        var scalars = unicodeScalars[...]
        while let last = scalars.last, last == " " || last == "\n" { scalars = scalars.dropLast() }
        return String(scalars)
    }
}
