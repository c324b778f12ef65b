/// A character that an office program or a web page puts in place of one that SQL knows.
package struct TypographicMark: Sendable, Equatable {
    package var character: Character
    /// In bytes of the text.
    package var offset: Int
    /// What the character is, and what SQL has in its place.
    package var advice: String

    /// The first one outside of strings, quoted names and comments, where PostgreSQL takes it for a part of a name.
    package static func first(in text: String) -> TypographicMark? {
        let bytes = Array(text.utf8)
        for token in SQLLexer.tokens(text) where token.kind == .word {
            var offset = token.range.lowerBound
            for scalar in String(decoding: bytes[token.range], as: UTF8.self).unicodeScalars {
                if let advice = advice(scalar) {
                    return TypographicMark(character: Character(scalar), offset: offset, advice: advice)
                }
                offset += UTF8.width(scalar)
            }
        }
        return nil
    }

    private static func advice(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x2018...0x201B, 0x2032, 0x00B4, 0xFF07, 0x2039, 0x203A:
            "'\(Character(scalar))' is a typographic quotation mark; SQL puts a text in straight ones: '…'"
        case 0x201C...0x201F, 0x2033, 0x00AB, 0x00BB, 0xFF02:
            "'\(Character(scalar))' is a typographic quotation mark; SQL puts a text in straight ones, '…', and a name "
                + "in \"…\""
        case 0x00A0, 0x2000...0x200B, 0x202F, 0x205F, 0x3000, 0xFEFF, 0x2060:
            "a blank stands here that is none for SQL (U+\(hex(scalar))); type it anew"
        case 0x2010...0x2015, 0x2212: "'\(Character(scalar))' is a dash; SQL's minus and comment sign is '-'"
        case 0xFF0C, 0x3001: "'\(Character(scalar))' is no comma for SQL; write ','"
        case 0xFF1B: "'\(Character(scalar))' is no semicolon for SQL; write ';'"
        case 0xFF08, 0xFF09: "'\(Character(scalar))' is no bracket for SQL; write '(' and ')'"
        default: nil
        }
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
