internal import SQLSyntax
internal import Wording
internal import Yams

/// A key and its value; the readers log what is wrong with the value, and then return nil.
struct YAMLField {
    let name: String
    /// Nil for the mapping of a whole file.
    let keySpot: SuiteMistake.Spot?
    private let node: Node
    private let position: YAMLPosition

    init(name: String, keySpot: SuiteMistake.Spot?, node: Node, position: YAMLPosition) {
        self.name = name
        self.keySpot = keySpot
        self.node = node
        self.position = position
    }

    var source: SourceText { position.source }

    /// The value's first byte in the file, quotes and block marks included.
    var offset: Int? {
        node.mark.map(position.offset)
    }

    /// The value, or the key when the value is empty or begins on a further line.
    var spot: SuiteMistake.Spot? {
        guard let offset else { return keySpot }
        let spot = source.spot(offset)
        if let keySpot, spot.line != keySpot.line || isEmpty { return keySpot }
        guard let scalar = node.scalar else { return source.spot(offset, length: rest(from: offset)) }
        let quotes = scalar.style == .singleQuoted || scalar.style == .doubleQuoted ? 2 : 0
        return source.spot(offset, length: min(scalar.string.utf8.count + quotes, rest(from: offset)))
    }

    /// Bytes to the end of the line's text.
    private func rest(from offset: Int) -> Int {
        var end = source.line(source.line(at: offset)).upperBound
        while end > offset, source.bytes[end - 1] == 0x20 || source.bytes[end - 1] == 0x09 { end -= 1 }
        return end - offset
    }

    private var isEmpty: Bool {
        node.scalar.map { $0.style == .plain && $0.string.isEmpty } ?? false
    }

    /// `null`, `~`, or nothing at all.
    var isNull: Bool {
        node.scalar.map { $0.style == .plain && ["", "~", "null", "Null", "NULL"].contains($0.string) } ?? false
    }

    var isMapping: Bool { node.mapping != nil }

    /// The text of a value that is no list, mapping or null.
    var scalar: String? {
        isNull ? nil : node.scalar?.string
    }

    /// A text that stands in the file as it is, without quotes.
    var isPlain: Bool { node.scalar.map { $0.style == .plain } ?? false }

    /// A block scalar, whose text begins on the next line.
    var isBlockScalar: Bool {
        node.scalar.map { $0.style == .literal || $0.style == .folded } ?? false
    }

    func refuse(_ message: String, suggestion: String? = nil, _ log: inout MistakeLog) {
        log.error(source.path, spot, message, suggestion: suggestion)
    }

    /// A text that is not empty.
    func text(_ log: inout MistakeLog) -> String? {
        guard let scalar else {
            refuse("'\(name)' takes a text", &log)
            return nil
        }
        guard scalar.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            refuse("'\(name)' is empty", &log)
            return nil
        }
        return scalar
    }

    /// One of some words.
    func word(among words: [String], _ log: inout MistakeLog) -> String? {
        guard let word = text(&log) else { return nil }
        guard words.contains(word) else {
            refuse(
                "unknown \(name) '\(word)'; it is one of \(words.joined(separator: ", "))",
                suggestion: NearestName.of(word, among: words),
                &log
            )
            return nil
        }
        return word
    }

    /// One name, or a list of names; none of them empty, none twice.
    func names(_ log: inout MistakeLog) -> [String]? {
        guard let items else {
            if isMapping { refuse("'\(name)' takes a text or a list of texts", &log) }
            guard !isMapping, let text = text(&log) else { return nil }
            // In quotes a comma is meant.
            guard !(isPlain && text.contains(",")) else {
                refuse("'\(name)' takes one name, or a list of them in brackets: [\(text)]", &log)
                return nil
            }
            return [text]
        }
        var names: [String] = []
        for item in items {
            guard let name = item.text(&log) else { return nil }
            if names.contains(name) {
                item.refuse("'\(name)' is in the list twice", &log)
                return nil
            }
            names.append(name)
        }
        if names.isEmpty {
            refuse("'\(name)' is empty", &log)
            return nil
        }
        return names
    }

    /// One name of a column, or a list of them.
    func columnNames(_ log: inout MistakeLog) -> [String]? {
        guard let names = names(&log) else { return nil }
        for item in items ?? [self] {
            guard let name = item.scalar, let advice = Self.adviceOnName(name) else { continue }
            item.refuse(advice, &log)
            return nil
        }
        return names
    }

    /// One name of a column.
    func columnName(_ log: inout MistakeLog) -> String? {
        guard let text = text(&log) else { return nil }
        guard let advice = Self.adviceOnName(text) else { return text }
        refuse(advice, &log)
        return nil
    }

    /// What is wrong with a name that is written as SQL would have it.
    static func adviceOnName(_ name: String) -> String? {
        if name.contains("\"") {
            let plain = name.replacing("\"", with: "")
            return "names stand here without SQL's double quotes, and are exact all the same: \(plain)"
        }
        guard name.contains(/^\w+\s*\(.*\)$/) else { return nil }
        return "'\(name)' is an expression, and names of columns stand here; a fence 'sql find' can say it"
    }

    /// The elements of a list; nil for anything else.
    var items: [YAMLField]? {
        node.sequence.map { list in
            list.map { YAMLField(name: name, keySpot: nil, node: $0, position: position) }
        }
    }

    /// The key as a value at its own place.
    var nameField: YAMLField {
        YAMLField(name: name, keySpot: keySpot, node: Node(name), position: position)
    }

    func fields(_ log: inout MistakeLog) -> YAMLFields? {
        guard let mapping = node.mapping else {
            refuse(
                name.isEmpty ? "keys and values belong here, such as 'id: …'" : "'\(name)' takes keys and values",
                &log
            )
            return nil
        }
        var fields: [YAMLField] = []
        for (key, value) in mapping {
            let offset = key.mark.map(position.offset) ?? 0
            guard let text = key.scalar?.string else {
                log.error(source.path, source.spot(offset), "a key is a plain word")
                return nil
            }
            let spot = source.spot(offset, length: text.utf8.count)
            fields.append(YAMLField(name: text, keySpot: spot, node: value, position: position))
        }
        return YAMLFields(source: source, fields: fields)
    }
}
