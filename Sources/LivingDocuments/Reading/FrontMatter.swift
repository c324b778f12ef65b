/// YAML between `---` lines at the very beginning, which Markdown would read as headings.
enum FrontMatter {
    /// Where the text behind it begins; `start` when there is none, or it is never closed.
    static func end(in bytes: [UInt8], from start: Int) -> Int {
        var position = start
        var isFirst = true
        while position < bytes.count {
            let lineEnd = bytes[position...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            let line = bytes[position..<lineEnd].reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed()
            let isFence = line.elementsEqual("---".utf8)
            if isFirst, !isFence { return start }
            var next = lineEnd
            if next < bytes.count {
                next += bytes[next] == 0x0D && next + 1 < bytes.count && bytes[next + 1] == 0x0A ? 2 : 1
            }
            if !isFirst, isFence || line.elementsEqual("...".utf8) { return next }
            isFirst = false
            position = next
        }
        return start
    }
}
