/// Finds the tags of a template in the order of its text.
struct TagScanner {
    private let path: String
    private let characters: [Character]
    private var position = 0
    private var line = 1
    private var lineStart = 0
    private var open = Array("{{")
    private var close = Array("}}")

    private(set) var tags: [TemplateTag] = []
    private(set) var mistakes: [TemplateError.Mistake] = []

    init(_ source: TemplateSource) {
        path = source.path
        characters = Array(source.text)
        while position < characters.count {
            if matches(open, at: position) { readTag() } else { advance() }
        }
    }

    private mutating func advance() {
        if characters[position].isNewline {
            line += 1
            lineStart = position + 1
        }
        position += 1
    }

    private func matches(_ text: [Character], at index: Int) -> Bool {
        index + text.count <= characters.count && characters[index..<(index + text.count)].elementsEqual(text)
    }

    private func place() -> TemplatePlace {
        let end = characters[lineStart...].firstIndex(where: \.isNewline) ?? characters.count
        return TemplatePlace(line: line, column: position - lineStart + 1, text: String(characters[lineStart..<end]))
    }

    private mutating func readTag() {
        let start = position
        let place = place()
        let isTriple = matches(open + ["{"], at: start)
        let closing = isTriple ? ["}"] + close : close
        var end = start + open.count
        while end < characters.count, !matches(closing, at: end) { end += 1 }
        guard end < characters.count else {
            mistakes.append(
                TemplateError.Mistake(
                    path: path,
                    place: place,
                    problem: "this tag is not closed",
                    advice: "Write \(String(closing)) at its end."
                )
            )
            position = characters.count
            return
        }
        let inner = String(characters[(start + open.count + (isTriple ? 1 : 0))..<end])
        let text = String(characters[start..<(end + closing.count)])
        while position < end + closing.count { advance() }
        tags.append(isTriple ? tag(.unescaped, inner, text, place) : tag(inner, text, place))
    }

    private mutating func tag(_ inner: String, _ text: String, _ place: TemplatePlace) -> TemplateTag {
        let rest = String(inner.dropFirst())
        switch inner.first {
        case "#": return tag(.section, rest, text, place)
        case "^": return tag(.inverted, rest, text, place)
        case "/": return tag(.close, rest, text, place)
        case "&": return tag(.unescaped, rest, text, place)
        case ">": return tag(.partial, rest, text, place)
        case "<": return tag(.parent, rest, text, place)
        case "$": return tag(.block, rest, text, place)
        case "=":
            let delimiters = rest.dropLast().split(whereSeparator: \.isWhitespace)
            if delimiters.count == 2 {
                open = Array(delimiters[0])
                close = Array(delimiters[1])
            }
            return tag(.silent, "", text, place)
        case "!", "%": return tag(.silent, "", text, place)
        default: return tag(.variable, inner, text, place)
        }
    }

    /// Takes `outer(inner(name))` apart.
    private func tag(_ kind: TemplateTag.Kind, _ inner: String, _ text: String, _ place: TemplatePlace) -> TemplateTag {
        let parts = inner.trimmingBlanks.split(separator: "(", omittingEmptySubsequences: false).map(String.init)
        let name = (parts.last ?? "").filter { $0 != ")" }
        return TemplateTag(kind: kind, name: name, transforms: parts.dropLast(), text: text, place: place)
    }
}

extension String {
    fileprivate var trimmingBlanks: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? start
        return String(self[start..<end])
    }
}
