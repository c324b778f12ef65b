extension Int {
    /// With thousands separators, such as `12,418`.
    package var grouped: String { (self < 0 ? "-" : "") + String(magnitude).groupedByThousands }

    /// A number and its noun, such as `1 row` and `12,418 rows`.
    package func of(_ one: String, _ many: String? = nil) -> String {
        "\(grouped) \(magnitude == 1 ? one : many ?? one + "s")"
    }
}

extension StringProtocol {
    /// Digits with a comma before each three of them.
    package var groupedByThousands: String {
        var result = ""
        for (index, digit) in enumerated() {
            if index > 0, (count - index).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return result
    }
}
