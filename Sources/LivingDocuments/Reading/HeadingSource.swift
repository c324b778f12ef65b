/// The text of a heading as it is written.
enum HeadingSource {
    /// - Parameter start: the offset of the heading's line.
    static func text(at start: Int, in bytes: [UInt8]) -> String {
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let marked = bytes[start..<end].drop(while: isBlank)
        let isATX = marked.first == UInt8(ascii: "#")
        var text = marked.drop { isATX && $0 == UInt8(ascii: "#") }.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text.removeLast() }
        let closing = text.reversed().prefix { $0 == UInt8(ascii: "#") }.count
        if isATX, closing > 0, closing == text.count || text.dropLast(closing).last.map(isBlank) == true {
            text.removeLast(closing)
            while let last = text.last, isBlank(last) { text.removeLast() }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
