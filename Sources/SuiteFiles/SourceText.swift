internal import CommonMark

/// A file's text, and how its bytes and places belong together.
struct SourceText {
    /// As the user would type it.
    let path: String
    /// The UTF-8 of the text, without a byte order mark.
    let bytes: [UInt8]
    private let lines: LineIndex

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        lines = LineIndex(self.bytes)
    }

    var lineCount: Int { lines.starts.count }

    func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// The bytes of a line from 1, with the characters that end it.
    func fullLine(_ line: Int) -> Range<Int> {
        lines.range(ofLine: line)
    }

    /// The bytes of a line from 1, without the characters that end it.
    func line(_ line: Int) -> Range<Int> {
        var range = lines.range(ofLine: line)
        while let last = bytes[range].last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
            range = range.lowerBound..<range.upperBound - 1
        }
        return range
    }

    func line(at offset: Int) -> Int {
        lines.line(at: offset)
    }

    /// The place of some bytes, as far as they are on one line.
    func spot(_ offset: Int, length: Int = 1) -> SuiteMistake.Spot {
        let number = lines.line(at: offset)
        let range = line(number)
        let start = min(max(offset, range.lowerBound), range.upperBound)
        let end = min(start + max(length, 0), range.upperBound)
        return SuiteMistake.Spot(
            line: number,
            column: string(range.lowerBound..<start).count + 1,
            length: max(1, string(start..<end).count),
            source: string(range)
        )
    }

    /// A whole line without the blanks around its text.
    func spot(line number: Int) -> SuiteMistake.Spot {
        var range = line(number)
        while let first = bytes[range].first, first == 0x20 || first == 0x09 { range = range.dropFirst().indices }
        while let last = bytes[range].last, last == 0x20 || last == 0x09 { range = range.dropLast().indices }
        return spot(range.lowerBound, length: range.count)
    }
}

extension SourceText {
    /// The offset of the first byte that is no valid UTF-8; nil when all are.
    static func invalidOffset(in bytes: [UInt8]) -> Int? {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}
