internal import Yams

/// Turns the places that Yams gives into places of the file around the YAML.
struct YAMLPosition {
    let source: SourceText
    /// The byte of the file at which the YAML begins.
    private let start: Int

    init(_ source: SourceText, start: Int) {
        self.source = source
        self.start = start
    }

    /// The byte of the file at a mark, whose columns count code points, and whose lines end where YAML says.
    func offset(_ mark: Mark) -> Int {
        var offset = start
        var line = 1
        var column = 1
        var isAfterReturn = false
        for scalar in source.string(start..<source.bytes.count).unicodeScalars {
            if line > mark.line || line == mark.line && column >= mark.column { break }
            // Of `\r\n`, only the first ends the line.
            if isAfterReturn && scalar == "\n" {
                offset += 1
                isAfterReturn = false
                continue
            }
            if ["\r", "\n", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) {
                // Past the end of its line: the end.
                if line == mark.line { break }
                line += 1
                column = 1
            } else {
                column += 1
            }
            isAfterReturn = scalar == "\r"
            offset += UTF8.width(scalar)
        }
        // The line begins after the whole of `\r\n`.
        if isAfterReturn, offset < source.bytes.count, source.bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
        return offset
    }

    /// What is wrong with a text that is no YAML, and where.
    func explain(_ error: any Error) -> (SuiteMistake.Spot?, String) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let around = context.map { $0.text.trimmed + ", " } ?? ""
            return (source.spot(offset(mark)), "this is no YAML: \(around)\(problem)")
        case .reader(let problem, _, let value, _):
            let offset = source.bytes[start...].firstIndex { UInt32($0) == UInt32(truncatingIfNeeded: value) }
            return (offset.map { source.spot($0) }, "this is no YAML: \(problem)")
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
