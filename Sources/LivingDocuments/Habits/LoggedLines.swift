import CommonMark

/// Entries that are no headings: list items, paragraphs and rows that begin with their dates or ids.
struct LoggedLines {
    /// The first block of them.
    let first: Int
    /// The last block, or the one that closes it.
    let last: Int
    let form: EntryForm
    let order: EntryOrder?
    /// The newest date.
    let newest: CalendarDate?

    /// What begins like an entry.
    private struct Line {
        var block: Int
        var source: String
        var date: FoundDate?
        var kind: EntryForm.Kind
    }

    /// - Parameters:
    ///   - blocks: where to look.
    ///   - hasStates: whether an id begins an entry, too.
    init?(_ outline: Outline, in blocks: some Sequence<Int>, _ dates: DateSearch, hasStates: Bool) {
        var found: [Line] = []
        for index in blocks where outline.entry(at: outline.blocks[index].start) == nil {
            let lines = Self.lines(outline, index)
            let own = lines.compactMap { line -> Line? in
                var line = line
                line.date = Self.leadingDate(line.source, dates)
                return line.date != nil || hasStates && Self.hasID(line.source) ? line : nil
            }
            // A cell of a table, or a line of a paragraph, may hold a date by chance.
            if own.count * 2 >= lines.count { found += own }
        }
        guard let first = found.first, let last = found.last else { return nil }
        let kind = first.kind
        if kind == .line, found.count == 1, Self.isOnlyDate(first) { return nil }
        self.first = first.block
        self.last = Self.end(outline, of: last.block)
        order =
            EntryOrder(of: found.compactMap(\.date?.date))
            ?? EntryOrder(of: found.compactMap { EntryNumber($0.source)?.parts.first })
        newest = found.compactMap(\.date?.date).max()
        let model = found.first { $0.date != nil }.flatMap { DatedHeading($0.source, dates) }
        form = Self.form(model, kind)
    }

    /// Items without dates, where nothing else can be the log.
    init?(undatedIn outline: Outline, blocks: some Sequence<Int>) {
        let lists = blocks.filter { index in
            outline.root.children[index].kind.isList && outline.entry(at: outline.blocks[index].start) == nil
        }
        guard lists.count == 1, let list = lists.first, outline.root.children[list].children.count > 1,
            !Navigation.isOnlyLinks(outline.root.children[list]), let mark = Self.lines(outline, list).first?.kind
        else { return nil }
        (first, last) = (list, list)
        form = .dated(mark)
        order = nil
        newest = nil
    }

    private static func form(_ model: DatedHeading?, _ kind: EntryForm.Kind) -> EntryForm {
        // In bold, so that the line stands out from those below it.
        guard let model, model.position == .start, kind != .line || model.before.contains("*") else {
            var form = EntryForm.dated(kind)
            if let model, !model.found.isGuess { form.style = model.found.style }
            return form
        }
        return EntryForm(model, kind: kind)
    }

    private static func leadingDate(_ source: String, _ dates: DateSearch) -> FoundDate? {
        guard let date = dates.first(in: source.utf8.prefix(60)),
            !String(decoding: source.utf8.prefix(date.range.lowerBound), as: UTF8.self).hasWords
        else { return nil }
        return date
    }

    private static func hasID(_ source: String) -> Bool {
        EntrySigns.hasID(String(source.drop { !$0.isLetter && $0 != "#" && !$0.isNumber }))
    }

    /// One line may be the date of the document.
    private static func isOnlyDate(_ line: Line) -> Bool {
        guard let date = line.date else { return false }
        return !String(decoding: Array(line.source.utf8)[date.range.upperBound...], as: UTF8.self).hasWords
    }

    /// The lines with which entries may begin in a block.
    private static func lines(_ outline: Outline, _ index: Int) -> [Line] {
        let node = outline.root.children[index]
        let line = { (source: String, kind: EntryForm.Kind) in Line(block: index, source: source, kind: kind) }
        switch node.kind {
        case .list(let list):
            return node.children.compactMap { item in
                guard let text = item.children.first, text.kind == .paragraph,
                    var source = outline.textLines(of: text).first
                else { return nil }
                if case .item(isChecked: .some) = item.kind, source.hasPrefix("["), source.count > 4 {
                    source = String(source.dropFirst(4))
                }
                let start = outline.start(ofLine: item.range.startLine) + max(0, item.range.startColumn - 1)
                let mark = outline.document.bytes[start...].first.map { String(decoding: [$0], as: UTF8.self) } ?? "-"
                return line(source, .item(mark: list.isOrdered || !"-*+".contains(mark) ? "- " : mark + " "))
            }
        case .paragraph:
            let lines = outline.textLines(of: node)
            if let first = lines.first, first.hasPrefix("!!! ") || first.hasPrefix("??? ") {
                guard let quote = first.firstIndex(of: "\"") else { return [] }
                return [line(String(first[quote...]), .line)]
            }
            if node.children.first?.kind == .strong { return lines.prefix(1).map { line($0, .line) } }
            return lines.map { line($0, .line) }
        case .table:
            return node.children.dropFirst().compactMap { row in
                row.children.first.map { line($0.plainText, .line) }
            }
        case .blockQuote:
            return node.children.first.map { outline.textLines(of: $0).prefix(1).map { line($0, .line) } } ?? []
        case .htmlBlock(let html):
            guard html.contains("<details"), let start = html.firstRange(of: "<summary>") else { return [] }
            return [line(withoutTags(html[start.upperBound...].prefix { $0 != "\n" }), .line)]
        default: return []
        }
    }

    private static func withoutTags(_ html: Substring) -> String {
        var text = ""
        var isTag = false
        for character in html {
            if character == "<" { isTag = true }
            if !isTag { text.append(character) }
            if character == ">" { isTag = false }
        }
        return text.trimmingBlanks
    }

    /// The block that closes what a block opens: `</details>`.
    private static func end(_ outline: Outline, of block: Int) -> Int {
        guard case .html(let html) = outline.blocks[block].kind, !html.contains("</details") else { return block }
        let closing = outline.blocks[block...].firstIndex { other in
            if case .html(let html) = other.kind { html.contains("</details") } else { false }
        }
        return closing ?? block
    }
}

extension MarkdownNode.Kind {
    fileprivate var isList: Bool { if case .list = self { true } else { false } }
}
