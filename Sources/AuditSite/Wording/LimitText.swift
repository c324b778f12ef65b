import AuditModel

/// The limits of a figure in words.
enum LimitText {
    /// Such as `fails below 80 %, warns below 95 %`.
    static func of(_ limit: AppliedLimit, format: FigureFormat) -> String {
        var parts: [String] = []
        if let error = limit.error { parts.append("fails \(words(error, format))") }
        if let warning = limit.warning { parts.append("warns \(words(warning, format))") }
        return parts.joined(separator: ", ")
    }

    /// `< 0.80` as `below 80 %`; a limit that does not read so stays as its author wrote it.
    private static func words(_ limit: String, _ format: FigureFormat) -> String {
        let comparison = limit.prefix { "<>=!".contains($0) }
        let number = limit.dropFirst(comparison.count).drop(while: \.isWhitespace)
        guard let bound = DecimalNumber(String(number)) else { return limit }
        // Of a limit all digits count, and none is added.
        let value = format == .percent ? bound.shifted(by: 2).allDigits + DecimalNumber.percentSign : format.text(bound)
        return switch comparison {
        case "<": "below \(value)"
        case "<=": "at \(value) or below"
        case ">": "above \(value)"
        case ">=": "at \(value) or above"
        case "=": "at \(value)"
        case "!=": "at anything but \(value)"
        default: limit
        }
    }
}
