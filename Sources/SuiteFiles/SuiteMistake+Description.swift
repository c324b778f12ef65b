extension SuiteMistake: CustomStringConvertible {
    package var description: String {
        let place = spot.map { "\(path):\($0.line):\($0.column)" } ?? path
        var lines = [visible("\(place): \(kind.label)\(message)")]
        if let spot, !spot.isBlank { lines += spot.excerpt }
        if let suggestion { lines.append(visible("  did you mean '\(suggestion)'?")) }
        if kind == .grammar { lines.append("  \(Self.grammarAdvice)") }
        return lines.joined(separator: "\n")
    }

    private static let grammarAdvice =
        "this parser knows PostgreSQL 15's grammar; if the SQL is newer, 'assay lint --database …' asks your server"
}

extension SuiteMistake.Kind {
    /// What stands before the message.
    fileprivate var label: String {
        switch self {
        case .error, .grammar: ""
        case .warning: "warning: "
        case .note: "note: "
        }
    }
}

extension SuiteMistake.Spot {
    /// Characters of a line that are shown, so that a line of a megabyte fits a terminal.
    private static let widthLimit = 120

    /// There is nothing on the line to point at.
    fileprivate var isBlank: Bool {
        source.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// The line with its number, and a caret below.
    fileprivate var excerpt: [String] {
        let characters = Array(withoutPasswords(source))
        let start = column <= Self.widthLimit - 20 ? 0 : column - Self.widthLimit / 2
        let shown = characters.dropFirst(start).prefix(Self.widthLimit)
        let lead = start > 0 ? "…" : ""
        let tail = start + shown.count < characters.count ? "…" : ""
        let before = shown.prefix(max(0, column - 1 - start))
        let underlined = shown.dropFirst(before.count).prefix(max(1, length))
        // Tabs stay tabs, so that the caret stands where the terminal puts the character.
        let indent = before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: $0.columns) }.joined()
        // A tab that is itself meant is shown as a sign.
        let after = shown.dropFirst(before.count).map { $0 == "\t" && underlined.first == "\t" ? "⇥" : $0 }
        let width = max(1, underlined.reduce(0) { $0 + $1.columns })
        let number = String(line)
        let gutter = String(repeating: " ", count: number.count)
        let underline = "^" + String(repeating: "~", count: width - 1)
        return [
            "  \(number) | " + visible(lead + String(before) + String(after) + tail),
            "  \(gutter) | " + (lead.isEmpty ? "" : " ") + indent + underline,
        ]
    }
}

/// A line with asterisks for a password, as many as it has characters: nothing else moves.
private func withoutPasswords(_ line: String) -> String {
    var line = line
    for match in line.matches(of: /(?:(?i:password)\s*[=:]\s*|:\/\/[^\/@:\s]*:)('[^']*'|\S+@|[^\s&@]+)/).reversed() {
        let hidden = match.output.1
        let mark = hidden.hasSuffix("@") ? "@" : ""
        let stars = String(repeating: "*", count: hidden.count - mark.count)
        line.replaceSubrange(hidden.startIndex..<hidden.endIndex, with: stars + mark)
    }
    return line
}

/// A text without characters that would move a terminal's cursor or turn the direction of writing.
private func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x09: result.append(scalar)
        case 0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: result.append("\u{FFFD}")
        default: result.append(scalar)
        }
    }
    return String(result)
}

extension Character {
    /// The columns of a terminal that the character takes: two for the wide ones of East Asia, and for emoji.
    fileprivate var columns: Int {
        guard let scalar = unicodeScalars.first else { return 0 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default:
            let properties = scalar.properties
            return properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") ? 2 : 1
        }
    }
}
