/// Gives signs to characters that a reader could not see, or that would change how others are seen.
enum VisibleText {
    static func of(_ data: String) -> String {
        // Most values have nothing of the kind.
        if data.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return data }
        let scalars = Array(data.unicodeScalars)
        let firstInner = scalars.firstIndex { $0 != " " } ?? scalars.count
        let lastInner = scalars.lastIndex { $0 != " " } ?? -1
        var result = ""
        for (index, scalar) in scalars.enumerated() {
            switch scalar {
            case " ": result += index < firstInner || index > lastInner ? "␣" : " "
            case "\r" where index + 1 < scalars.count && scalars[index + 1] == "\n": continue
            case "\n": result += "↵"
            case "\t": result += "⇥"
            case "\u{00}"..."\u{1F}": result.unicodeScalars.append(picture(0x2400 + scalar.value))
            case "\u{7F}": result += "␡"
            case _ where isInvisible(scalar): result += "⟨U+\(hexadecimal(scalar.value))⟩"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func picture(_ value: UInt32) -> Unicode.Scalar {
        Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// C1 controls, line separators, direction marks, and characters without width.
    ///
    /// The joiners U+200C and U+200D stay: languages and emoji need them.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x80...0x9F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
