/// Writes arbitrary data, such as the values of a database, into Markdown so that it stays text.
///
/// No value can become markup, HTML or a link, leave its table cell, or turn the text around it: what a reader sees is
/// always ``visible(_:)`` of the value.
package enum MarkdownEscaping {
    /// Data as inline text of a paragraph, list item or heading.
    package static func text(_ data: String) -> String {
        words(VisibleText.of(data), inTable: false)
    }

    /// Data as the text of a cell in a table whose rows begin with `|`.
    package static func cell(_ data: String) -> String {
        words(VisibleText.of(data), inTable: true)
    }

    /// Data as a code span; as plain text when it holds a mark of Liquid or Jinja, which code would not break up.
    package static func code(_ data: String) -> String {
        let visible = VisibleText.of(data)
        return visible[...].hasTemplateMark
            ? words(visible, inTable: false) : codeSpan(visible, inTable: false)
    }

    /// Data as a code span in a table cell; as plain text when it holds `\|`, which no code span in a table can show.
    package static func codeCell(_ data: String) -> String {
        let visible = VisibleText.of(data)
        let isUnfit = visible[...].splitAtBackslashPipes().count > 1 || visible[...].hasTemplateMark
        return isUnfit ? words(visible, inTable: true) : codeSpan(visible, inTable: true)
    }

    /// What a reader sees of data: line ends, control characters, blanks at the ends and invisible characters have
    /// signs of their own, such as `↵`, `␀`, `␣` and `⟨U+202E⟩`.
    package static func visible(_ data: String) -> String {
        VisibleText.of(data)
    }

    /// Escapes word by word; a word that GitHub would make a link is set as code, the only form it leaves alone.
    ///
    /// A backslash does not help there: cmark-gfm looks for e-mail addresses after it has taken the backslashes away.
    private static func words(_ visible: String, inTable: Bool) -> String {
        // By scalars here and below: a combining mark after a blank or a pipe does not make it another one for cmark.
        let words = visible.unicodeScalars.split(separator: " ", omittingEmptySubsequences: false).map(Substring.init)
        var isFirst = true
        return words.map { word in
            let parts = inTable && word.isLinkLike ? word.splitAtBackslashPipes() : [word]
            let written = parts.map { part in
                defer { isFirst = false }
                return part.isLinkLike ? link(part, inTable: inTable) : escaped(part, isFirst: isFirst)
            }
            return written.joined(separator: #"\\\|"#)
        }
        .joined(separator: " ")
    }

    /// A word that could be a link, as code between the marks of Liquid or Jinja in it.
    private static func link(_ word: Substring, inTable: Bool) -> String {
        word.splitAtTemplateMarks().map { piece in
            piece.isTemplateMark ? escaped(piece, isFirst: false) : codeSpan(String(piece), inTable: inTable)
        }
        .joined()
    }

    private static func codeSpan(_ visible: String, inTable: Bool) -> String {
        guard !visible.isEmpty else { return "" }
        var longest = 0
        var run = 0
        for byte in visible.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let padding = visible.utf8.first == UInt8(ascii: "`") || visible.utf8.last == UInt8(ascii: "`") ? " " : ""
        var content = ""
        for scalar in visible.unicodeScalars {
            if inTable && scalar == "|" { content += "\\" }
            content.unicodeScalars.append(scalar)
        }
        return fence + padding + content + padding + fence
    }

    /// Puts a backslash before what could be markup, and leaves common names such as `client_id` readable.
    private static func escaped(_ word: Substring, isFirst: Bool) -> String {
        let scalars = Array(word.unicodeScalars)
        var result = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let before = index > 0 ? scalars[index - 1] : nil
            let after = index + 1 < scalars.count ? scalars[index + 1] : nil
            if needsBackslash(scalar, before: before, after: after, isFirst: isFirst && index == 0)
                || isFirst && isListMark(scalars, at: index)
            {
                result.append("\\")
            }
            result.append(scalar)
        }
        return String(result)
    }

    private static func needsBackslash(
        _ scalar: Unicode.Scalar,
        before: Unicode.Scalar?,
        after: Unicode.Scalar?,
        isFirst: Bool
    ) -> Bool {
        switch scalar {
        case "\\", "`", "*", "[", "]", "<", "|", "~": true
        // Liquid and Jinja, which some sites run over their pages, would read `{{`, `{%` and `{#`.
        case "{" where before == "{", "%" where before == "{", "#" where before == "{": true
        // Inside a word it is no emphasis.
        case "_": !(before?.isASCIIAlphanumeric ?? false) || !(after?.isASCIIAlphanumeric ?? false)
        case "&": after?.isASCIIAlphanumeric ?? false || after == "#"
        // At the end of a heading, too, it would be taken for markup.
        case "#": !(before?.isASCIIAlphanumeric ?? false)
        // The colon, since `:--` is a table's second line.
        case ">", "=", ":": isFirst
        // A list's mark stands alone, and a line below a heading has nothing else; a negative number stays readable.
        case "+", "-": isFirst && !(after?.isASCIIAlphanumeric ?? false)
        default: false
        }
    }

    /// `1.` and `1)` at the start begin a list, `1.5` does not.
    private static func isListMark(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard index > 0, index + 1 == scalars.count else { return false }
        guard scalars[index] == "." || scalars[index] == ")" else { return false }
        return scalars[..<index].allSatisfy { ("0"..."9").contains($0) }
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIIAlphanumeric: Bool {
        switch self {
        case "0"..."9", "A"..."Z", "a"..."z": true
        default: false
        }
    }
}

extension Substring {
    /// Something in the word could make GitHub set a link: a web address or an e-mail address.
    fileprivate var isLinkLike: Bool {
        var last: (UInt8, UInt8, UInt8) = (0, 0, 0)
        for byte in utf8 {
            switch (last.0, last.1, last.2, byte) {
            case (_, _, _, UInt8(ascii: "@")), (_, UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "/")),
                (UInt8(ascii: "w"), UInt8(ascii: "w"), UInt8(ascii: "w"), UInt8(ascii: ".")):
                return true
            default:
                // Lower case by the bit that ASCII has for it.
                last = (last.1, last.2, byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
            }
        }
        return false
    }

    fileprivate var hasTemplateMark: Bool { splitAtTemplateMarks().contains(where: \.isTemplateMark) }

    /// `{{`, `{%` or `{#`.
    fileprivate var isTemplateMark: Bool { self == "{{" || self == "{%" || self == "{#" }

    /// The pieces between the marks that begin a part of a template, with these.
    fileprivate func splitAtTemplateMarks() -> [Substring] {
        var pieces: [Substring] = []
        var start = startIndex
        var index = startIndex
        while index < endIndex {
            let next = unicodeScalars.index(after: index)
            if unicodeScalars[index] == "{", next < endIndex, "{%#".unicodeScalars.contains(unicodeScalars[next]) {
                let end = unicodeScalars.index(after: next)
                if start < index { pieces.append(self[start..<index]) }
                pieces.append(self[index..<end])
                start = end
                index = end
            } else {
                index = next
            }
        }
        if start < endIndex || pieces.isEmpty { pieces.append(self[start...]) }
        return pieces
    }

    /// The pieces between occurrences of `\|`.
    fileprivate func splitAtBackslashPipes() -> [Substring] {
        var pieces: [Substring] = []
        var start = startIndex
        var index = startIndex
        while index < endIndex {
            let next = unicodeScalars.index(after: index)
            if unicodeScalars[index] == "\\", next < endIndex, unicodeScalars[next] == "|" {
                pieces.append(self[start..<index])
                start = unicodeScalars.index(after: next)
                index = start
            } else {
                index = next
            }
        }
        pieces.append(self[start...])
        return pieces
    }
}
