internal import AuditModel
internal import SQLSyntax

/// SQL at some place of a file: the text of a fence, or a value of `suite.yml`.
struct SQLPassage {
    /// Without blanks around it and without closing semicolons.
    let text: String
    let source: SourceText
    /// Where each line of the text begins in the file.
    private let lineOffsets: [Int]
    /// Words for messages, such as "the fence 'sql find'".
    let label: String

    /// - Parameters:
    ///   - literal: the text as the file's format gives it.
    ///   - lineOffsets: where each line of that text begins in the file.
    init(_ literal: String, source: SourceText, lineOffsets: [Int], label: String) {
        let bytes = Array(literal.utf8)
        let start = bytes.firstIndex { !Self.isBlank($0) } ?? bytes.count
        let end = (bytes.lastIndex { !Self.isBlank($0) } ?? -1) + 1
        let firstLine = bytes[..<start].count { $0 == UInt8(ascii: "\n") }
        let lineStart = (bytes[..<start].lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        var offsets = Array(lineOffsets.dropFirst(firstLine))
        if !offsets.isEmpty { offsets[0] += start - lineStart }
        text = start < end ? SQLText.withoutClosingSemicolons(String(decoding: bytes[start..<end], as: UTF8.self)) : ""
        self.source = source
        self.lineOffsets = offsets
        self.label = label
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// The byte of the file that a byte of the text came from.
    func fileOffset(_ offset: Int) -> Int {
        let before = text.utf8.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") }
        let column =
            before.count
            - ((before.lastIndex(of: UInt8(ascii: "\n")).map {
                before.distance(from: before.startIndex, to: $0) + 1
            }) ?? 0)
        guard line < lineOffsets.count else { return lineOffsets.last ?? 0 }
        // Folded YAML has the file's lines in one.
        return min(lineOffsets[line] + column, source.line(source.line(at: lineOffsets[line])).upperBound)
    }

    func spot(_ offset: Int, length: Int = 1) -> SuiteMistake.Spot {
        source.spot(fileOffset(offset), length: length)
    }

    /// The place of the word or sign at a byte of the text.
    func spot(ofWordAt offset: Int) -> SuiteMistake.Spot {
        let word = text.utf8.dropFirst(offset).prefix {
            $0 == UInt8(ascii: "_") || $0 >= 0x80 || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A)
                || (0x30...0x39).contains($0)
        }
        return spot(offset, length: max(1, word.count))
    }

    var statement: Statement {
        let spot = spot(0)
        return Statement(text, at: Statement.Place(path: source.path, line: spot.line, column: spot.column))
    }
}
