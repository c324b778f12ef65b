/// What ends a line, as cmark-gfm counts them.
enum Newline: String, Sendable {
    case lineFeed = "\n"
    case carriageReturnLineFeed = "\r\n"
    case carriageReturn = "\r"

    /// The kind that ends most lines; a line feed when there are no lines.
    init(mostIn bytes: [UInt8]) {
        var feeds = 0
        var pairs = 0
        var returns = 0
        bytes.withUnsafeBufferPointer { bytes in
            var previous: UInt8 = 0
            for byte in bytes {
                if byte == 0x0A {
                    if previous == 0x0D { pairs += 1 } else { feeds += 1 }
                } else if previous == 0x0D {
                    returns += 1
                }
                previous = byte
            }
            if previous == 0x0D { returns += 1 }
        }
        self =
            feeds >= max(pairs, returns) ? .lineFeed : pairs >= returns ? .carriageReturnLineFeed : .carriageReturn
    }

    /// Lines that end in `\n`, with this end instead.
    func apply(to text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        if self == .lineFeed { return bytes }
        let end = Array(rawValue.utf8)
        return bytes.flatMap { $0 == 0x0A ? end : [$0] }
    }
}

extension [UInt8] {
    /// Where the line end begins that stands directly before an offset; nil when there is none.
    func newlineStart(before offset: Int) -> Int? {
        guard offset > 0, self[offset - 1] == 0x0A || self[offset - 1] == 0x0D else { return nil }
        return self[offset - 1] == 0x0A && offset > 1 && self[offset - 2] == 0x0D ? offset - 2 : offset - 1
    }

    /// Where the line end stops that stands directly behind an offset; nil when there is none.
    func newlineEnd(after offset: Int) -> Int? {
        guard offset < count, self[offset] == 0x0A || self[offset] == 0x0D else { return nil }
        return self[offset] == 0x0D && offset + 1 < count && self[offset + 1] == 0x0A ? offset + 2 : offset + 1
    }

    /// The offset with blanks and empty lines before it passed over, back to the end of a line with text.
    func trimmedEnd(_ offset: Int, from start: Int) -> Int {
        var text = offset
        while text > start, [0x20, 0x09, 0x0A, 0x0D].contains(self[text - 1]) { text -= 1 }
        var end = text
        while end < offset, self[end] == 0x20 || self[end] == 0x09 { end += 1 }
        return text == start ? start : Swift.min(newlineEnd(after: end) ?? end, offset)
    }
}
