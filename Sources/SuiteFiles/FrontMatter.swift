/// Where a check file's front matter stands, in bytes of its text.
struct FrontMatter {
    /// The YAML between the two lines of hyphens.
    let yaml: Range<Int>
    /// What follows the second of them.
    let body: Range<Int>

    /// Nil when there is none, or when it is never closed; the log then says which.
    init?(_ source: SourceText, _ log: inout MistakeLog) {
        guard source.lineCount >= 1, Self.isMark(source, 1, ["---"]) else {
            log.error(
                source.path,
                source.spot(line: 1),
                "a check file begins with front matter: a line '---', keys, and another '---'"
            )
            return nil
        }
        guard let end = (2..<max(2, source.lineCount + 1)).first(where: { Self.isMark(source, $0, ["---", "..."]) })
        else {
            log.error(source.path, source.spot(line: 1), "the front matter is never closed by a second line '---'")
            return nil
        }
        yaml = source.fullLine(1).upperBound..<source.fullLine(end).lowerBound
        body = source.fullLine(end).upperBound..<source.bytes.count
    }

    /// Whether a line is one of the marks, apart from blanks at its end.
    private static func isMark(_ source: SourceText, _ line: Int, _ marks: [String]) -> Bool {
        var text = source.bytes[source.line(line)]
        while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return marks.contains { text.elementsEqual($0.utf8) }
    }
}
