internal import CommonMark
internal import SQLSyntax
internal import Wording

/// The Markdown of a check file, taken apart.
struct CheckText {
    /// The first heading's text; nil when there is none.
    private(set) var title: String?
    private(set) var fences: [SQLFence] = []
    /// Opening lines of fences of SQL that carry no word, and so are prose.
    private(set) var wordless: [SuiteMistake.Spot] = []
    /// The line of the first heading that could have been the title, but for its level.
    private(set) var lowerHeading: Int?
    /// All but title and working fences, byte for byte, without blank lines around it.
    private(set) var documentation = ""

    init(_ source: SourceText, body: Range<Int>, _ log: inout MistakeLog) {
        let firstLine = source.line(at: body.lowerBound)
        // A body that begins at the end of the file's last line has no line of its own.
        guard !body.isEmpty else { return }
        let root = MarkdownDocument(bytes: Array(source.bytes[body])).root
        var removed: [ClosedRange<Int>] = []
        for block in root.children {
            let lines =
                block.range.startLine + firstLine - 1...max(block.range.startLine, block.range.endLine) + firstLine - 1
            switch block.kind {
            case .heading(level: 1) where title == nil:
                guard Self.isATX(source, lines.lowerBound) else {
                    let spot = source.spot(line: lines.lowerBound)
                    log.error(source.path, spot, "write the title as a line '# …', without a line of '=' below it")
                    title = block.plainText
                    continue
                }
                title = block.plainText
                removed.append(lines.lowerBound...lines.lowerBound)
                if block.plainText.isEmpty {
                    log.error(source.path, source.spot(line: lines.lowerBound), "the title is empty")
                }
            case .codeBlock(let code):
                if let fence = Self.fence(code, source, lines, &log) {
                    fences.append(fence)
                    removed.append(lines)
                } else if Self.isWordless(code) {
                    wordless.append(source.spot(line: lines.lowerBound))
                }
            case .heading where lowerHeading == nil: lowerHeading = lines.lowerBound
            case .paragraph where lowerHeading == nil && Self.isATX(source, lines.lowerBound):
                // `#Title`, without a blank.
                lowerHeading = lines.lowerBound
            default: Self.refuseInner(block, source, firstLine, &log)
            }
        }
        documentation = Self.text(source, body, without: removed)
        for (index, fence) in fences.enumerated() where fences[..<index].contains(where: { $0.word == fence.word }) {
            log.error(source.path, fence.spot, "a second fence 'sql \(fence.word.rawValue)'")
        }
    }

    func fence(_ word: FenceWord) -> SQLFence? {
        fences.first { $0.word == word }
    }

    private static func isATX(_ source: SourceText, _ line: Int) -> Bool {
        source.bytes[source.line(line)].first { $0 != 0x20 } == UInt8(ascii: "#")
    }

    /// A fence of SQL without a word, or one that has only the word.
    private static func isWordless(_ code: MarkdownNode.CodeBlock) -> Bool {
        let words = code.info?.split { $0 == " " || $0 == "\t" }.map { $0.lowercased() } ?? []
        guard let first = words.first else { return false }
        let isSQL = ["sql", "pgsql", "postgresql", "postgres", "psql", "plpgsql"].contains(first)
        return (isSQL && (first != "sql" || words.count == 1)) || FenceWord(rawValue: first) != nil
            || first.hasPrefix("sql:") || first.hasPrefix("sql-") || first.hasPrefix("sql{")
    }

    /// Reads a code block as a working fence; nil for one that is prose.
    private static func fence(
        _ code: MarkdownNode.CodeBlock,
        _ source: SourceText,
        _ lines: ClosedRange<Int>,
        _ log: inout MistakeLog
    ) -> SQLFence? {
        let words = code.info?.split { $0 == " " || $0 == "\t" }.map(String.init) ?? []
        guard words.first?.lowercased() == "sql", words.count > 1 else { return nil }
        let spot = source.spot(line: lines.lowerBound)
        guard let word = FenceWord(rawValue: words[1]) else {
            let known = FenceWord.allCases.map(\.rawValue)
            let nearest = NearestName.of(words[1], among: known).map { "sql \($0)" }
            let message = "unknown fence 'sql \(words[1])'; after 'sql' stands one of \(known.joined(separator: ", "))"
            log.error(source.path, spot, message, suggestion: nearest)
            return nil
        }
        if words.count > 2 {
            log.error(source.path, spot, "after 'sql \(word.rawValue)' nothing else may stand")
        }
        let last = String(source.string(source.line(lines.upperBound)).drop { $0 == " " })
        if lines.count == 1 || !(last.hasPrefix("```") || last.hasPrefix("~~~")) {
            log.error(source.path, spot, "the fence 'sql \(word.rawValue)' is never closed")
        }
        let literal = code.literal.split(separator: "\n", omittingEmptySubsequences: false)
        let offsets = literal.indices.map { index in
            let line = source.line(min(lines.lowerBound + 1 + index, source.lineCount))
            // What the line of the file has more is the fence's indentation.
            return line.lowerBound + max(0, line.count - literal[index].utf8.count { $0 != UInt8(ascii: "\r") })
        }
        let passage = SQLPassage(
            code.literal,
            source: source,
            lineOffsets: offsets,
            label: "the fence 'sql \(word.rawValue)'"
        )
        if passage.text.isEmpty { log.error(source.path, spot, "the fence 'sql \(word.rawValue)' is empty") }
        return SQLFence(word: word, passage: passage, spot: spot)
    }

    /// A working fence inside a list or quote would be missed.
    private static func refuseInner(
        _ block: MarkdownNode,
        _ source: SourceText,
        _ firstLine: Int,
        _ log: inout MistakeLog
    ) {
        block.walk { node in
            guard case .codeBlock(let code) = node.kind, let info = code.info else { return }
            let words = info.split { $0 == " " || $0 == "\t" }.map(String.init)
            guard words.first?.lowercased() == "sql", words.count > 1, FenceWord(rawValue: words[1]) != nil else {
                return
            }
            let spot = source.spot(line: min(node.range.startLine + firstLine - 1, source.lineCount))
            log.error(
                source.path,
                spot,
                "the fence 'sql \(words[1])' stands inside a list or quote; move it out to the margin"
            )
        }
    }

    private static func text(_ source: SourceText, _ body: Range<Int>, without removed: [ClosedRange<Int>]) -> String {
        var bytes: [UInt8] = []
        var start = body.lowerBound
        for lines in removed {
            bytes += source.bytes[start..<source.fullLine(lines.lowerBound).lowerBound]
            start = source.fullLine(lines.upperBound).upperBound
        }
        bytes += source.bytes[start..<body.upperBound]
        return String(decoding: withoutBlankLines(bytes[...]), as: UTF8.self)
    }

    /// Cuts blank lines off both ends.
    private static func withoutBlankLines(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let first = bytes.firstIndex(where: { !isBlank($0) }), let last = bytes.lastIndex(where: { !isBlank($0) })
        else { return [] }
        let lineStart = bytes[..<first].lastIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        let lineEnd = bytes[last...].firstIndex(of: UInt8(ascii: "\n"))
        return bytes[(lineStart.map { $0 + 1 } ?? bytes.startIndex)..<(lineEnd.map { $0 + 1 } ?? bytes.endIndex)]
    }
}
