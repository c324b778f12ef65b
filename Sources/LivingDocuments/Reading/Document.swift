/// The bytes of a Markdown file that people write in, too.
package struct Document: Sendable, Equatable {
    package let bytes: [UInt8]
    /// Where Markdown begins: behind a byte order mark and front matter.
    let bodyStart: Int
    /// The line end that most lines have.
    let newline: Newline

    /// Takes the contents of a file; what is not UTF-8 is refused.
    package init(bytes: [UInt8]) throws(DocumentError) {
        if let offset = Self.invalidOffset(in: bytes) {
            let line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
            throw DocumentError(
                .unsuitable,
                "line \(line) is not UTF-8, so nothing was changed; save the file as UTF-8"
            )
        }
        self.init(valid: bytes)
    }

    init(valid bytes: [UInt8]) {
        self.bytes = bytes
        let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        bodyStart = FrontMatter.end(in: bytes, from: mark)
        newline = Newline(mostIn: bytes)
    }

    /// Nothing stands in the document, except perhaps a byte order mark, front matter and blanks.
    var isEmpty: Bool { body.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }

    var body: ArraySlice<UInt8> { bytes[bodyStart...] }

    /// The offset of the first byte that is no UTF-8; nil when all are.
    private static func invalidOffset(in bytes: [UInt8]) -> Int? {
        if bytes.withUnsafeBytes({ $0.allSatisfy { $0 < 0x80 } }) { return nil }
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var decoder = UTF8()
        var valid = 0
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid += UTF8.width(scalar) }
        return valid
    }
}
