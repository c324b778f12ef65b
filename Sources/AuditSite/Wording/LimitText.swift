import AuditModel

/// The limits of a figure in words.
enum LimitText {
    /// Such as `fails below 80 %, warns below 95 %`.
    static func of(_ limit: AppliedLimit, isShare: Bool) -> String {
        var parts: [String] = []
        if let error = limit.error { parts.append("fails \(words(error, isShare: isShare))") }
        if let warning = limit.warning { parts.append("warns \(words(warning, isShare: isShare))") }
        return parts.joined(separator: ", ")
    }

    /// `< 0.80` as `below 80 %`; a limit that does not read so stays as its author wrote it.
    private static func words(_ limit: String, isShare: Bool) -> String {
        let comparison = limit.prefix { "<>=!".contains($0) }
        let number = limit.dropFirst(comparison.count).drop(while: \.isWhitespace)
        guard let bound = Double(number) else { return limit }
        let value = isShare ? (bound * 100).grouped + " %" : bound.grouped
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
