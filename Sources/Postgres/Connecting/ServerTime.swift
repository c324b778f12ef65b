/// A time as PostgreSQL's settings write it.
enum ServerTime {
    private static let units: [String: Double] = [
        "us": 0.001, "ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]

    /// Milliseconds, such as 60000 for `60s`, `1min` or `60000`; nil for no limit, and for what is no time.
    static func milliseconds(_ text: String?) -> Int? {
        let text = (text ?? "").filter { $0 != " " }
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let unit = text.dropFirst(digits.count)
        guard let number = Double(digits), number > 0, number < 1e12,
            let factor = unit.isEmpty ? 1 : units[String(unit)]
        else { return nil }
        return max(1, Int((number * factor).rounded()))
    }
}
