import AuditModel

/// A line such as `**Last Updated:** 2025-11-14 10:32 UTC`, in any language.
struct UpdateLine {
    let date: FoundDate
    /// The words tell of an update; without, only the date can tell.
    let isCertain: Bool
    /// Where the date stands in the document.
    private let range: Range<Int>
    /// The time behind the date.
    private let time: (hour: Int, minute: Int, range: Range<Int>)?
    /// Something else stands behind the date, which would become false.
    private let hasMore: Bool

    /// Words with which people say so.
    private static let phrases = [
        "last updated", "last update", "last modified", "last changed", "last revised", "updated", "as of", "stand",
        "zuletzt geändert", "mise à jour", "mis à jour",
    ]
    /// Beginnings of such words.
    private static let stems = [
        "aktualisier", "actualiza", "atualiza", "aggiorna", "bijgewerkt", "aktualiz", "zaktualiz", "обновл", "оновл",
        "uppdater", "oppdater", "opdater", "päivitetty", "güncelle", "ενημέρωση", "актуализ", "更新", "갱신", "업데이트",
        "수정", "最終更新", "最后更新", "最後更新",
    ]
    /// Words of dates that do not move.
    private static let fixed: Set<String> = [
        "created", "started", "start", "since", "began", "begin", "due", "deadline", "next", "release", "released",
        "launch", "version", "born", "first", "founded", "until", "target", "end", "review", "erstellt", "beginn",
        "créé", "début", "creado", "inicio", "создано", "начало", "作成", "作成日", "开始", "開始", "创建", "創建",
    ]

    /// Nil unless a date follows directly behind a label, markup aside.
    init?(_ bytes: [UInt8], _ line: Range<Int>) {
        let text = bytes[line]
        guard let found = FoundDate.first(in: text) else { return nil }
        let before = String(decoding: text.prefix(found.range.lowerBound), as: UTF8.self)
        // Words in code are an example.
        guard let certain = Self.label(before), !before.contains("`") else { return nil }
        isCertain = certain
        date = found
        range = (line.lowerBound + found.range.lowerBound)..<(line.lowerBound + found.range.upperBound)
        var reader = ByteReader(bytes: Array(bytes[..<line.upperBound]), position: range.upperBound)
        _ = reader.skip(",")
        _ = reader.skip(" ")
        let place = reader.position
        time = reader.time().map { ($0.hour, $0.minute, place..<reader.position) }
        if time == nil { reader.position = range.upperBound } else { _ = reader.skip(" UTC") }
        hasMore = date.hasTime || String(decoding: bytes[reader.position..<line.upperBound], as: UTF8.self).hasWords
    }

    /// A heading that is nothing but a label and a date.
    static func isLabel(_ heading: String) -> Bool {
        let bytes = Array(heading.utf8)
        guard let line = UpdateLine(bytes, bytes.indices) else { return false }
        return !line.hasMore && (line.isCertain || heading.contains(":") || heading.contains("："))
    }

    /// Whether the words before a date tell of an update for certain; nil when they are no label.
    private static func label(_ before: String) -> Bool? {
        let words = before.lowercased().split { !$0.isLetter }.map(String.init)
        guard (1...4).contains(words.count), !before.contains(where: \.isNumber) else { return nil }
        let rest = before.reversed().drop { " *_~([（".contains($0) }
        let hasColon = rest.first == ":" || rest.first == "："
        // `Last updated: yesterday (was 2025-11-01)` has other words before its date.
        let own = hasColon || words.count == 1 || words.last == "on" ? words : words.suffix(3)
        let text = own.joined(separator: " ")
        let isPhrase = phrases.contains { phrase in
            hasColon || words.last == "on" ? " \(text) ".contains(" \(phrase) ") : text.hasSuffix(phrase)
        }
        let stemmed = hasColon ? words : words.suffix(1)
        let isStem = stemmed.contains { word in stems.contains { word.hasPrefix($0) } }
        if isPhrase || isStem { return true }
        return hasColon && fixed.isDisjoint(with: words) ? false : nil
    }

    /// Nothing when the line is newer, or holds what would become false.
    func edits(to day: CalendarDate, _ moment: Timestamp?) -> [Edit] {
        if hasMore || date.date > day { return [] }
        let date = Edit(range: range, bytes: Array(date.style.text(of: day).utf8))
        guard let time else { return self.date.date < day ? [date] : [] }
        guard let now = moment?.components else { return [] }
        if self.date.date == day, (time.hour, time.minute) >= (now.hour, now.minute) { return [] }
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        let seconds = time.range.count > 5 ? ":\(two(now.second))" : ""
        return [date, Edit(range: time.range, bytes: Array("\(two(now.hour)):\(two(now.minute))\(seconds)".utf8))]
    }
}
