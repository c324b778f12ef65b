/// A statement whose `:name` parameters are rewritten to PostgreSQL's own `$1`, `$2` ….
///
/// A colon in a string, quoted name or comment is none, and neither is that of `::`, `:=` or an array slice. Directly in
/// square brackets a colon after a value parts a slice: write `a[1 : :last]` for a parameter there.
package struct NamedParameters: Sendable, Equatable {
    /// The statement with positional parameters.
    package let text: String
    /// The names of `$1`, `$2` …, each once.
    package let names: [String]
    /// Where each stretch of the rewritten text begins, and where it came from.
    private let stretches: [Stretch]

    private struct Stretch: Equatable {
        var start: Int
        var original: Int
        /// A rewritten parameter: all of its bytes come from the same place.
        var isParameter: Bool
    }

    /// - Throws: for a positional parameter in the original, since its number would mean nothing to the author.
    package init(_ original: String) throws(SQLSyntaxError) {
        let bytes = Array(original.utf8)
        var output: [UInt8] = []
        var names: [String] = []
        var stretches = [Stretch(start: 0, original: 0, isParameter: false)]
        for token in SQLLexer.tokens(original) {
            switch token.kind {
            case .positional:
                let written = String(decoding: bytes[token.range], as: UTF8.self)
                throw SQLSyntaxError(
                    message: "\(written) is a positional parameter; give parameters names, such as :days",
                    offset: token.range.lowerBound
                )
            case .named:
                let name = String(decoding: bytes[token.range.dropFirst()], as: UTF8.self)
                let number = names.firstIndex(of: name) ?? names.count
                if number == names.count { names.append(name) }
                let start = output.count
                // A blank keeps `IN:x` and `:x:y` from running into the number.
                if let last = output.last, last.isWordStart || last.isDigit || last == UInt8(ascii: "$") {
                    output.append(UInt8(ascii: " "))
                }
                stretches.append(Stretch(start: start, original: token.range.lowerBound, isParameter: true))
                output.append(contentsOf: "$\(number + 1)".utf8)
                let end = token.range.upperBound
                stretches.append(Stretch(start: output.count, original: end, isParameter: false))
            default: output.append(contentsOf: bytes[token.range])
            }
        }
        text = String(decoding: output, as: UTF8.self)
        self.names = names
        self.stretches = stretches
    }

    /// The byte of the original text that a byte of the rewritten text came from.
    package func originalOffset(_ offset: Int) -> Int {
        var low = 0
        var high = stretches.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if stretches[middle].start <= offset { low = middle } else { high = middle }
        }
        let stretch = stretches[low]
        return stretch.isParameter ? stretch.original : stretch.original + offset - stretch.start
    }

    /// Where each use of a parameter stands in a text, in bytes.
    package static func uses(in text: String) -> [(name: String, offset: Int)] {
        let bytes = Array(text.utf8)
        return SQLLexer.tokens(text).filter { $0.kind == .named }.map { token in
            (String(decoding: bytes[token.range.dropFirst()], as: UTF8.self), token.range.lowerBound)
        }
    }
}
