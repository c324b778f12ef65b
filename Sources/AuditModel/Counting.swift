extension Int {
    /// With commas between thousands.
    private var withCommas: String {
        let digits = String(magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return self < 0 ? "-" + result : result
    }

    /// A number with the noun that fits it, such as `1 row` and `12,418 rows`.
    package func counted(_ one: String, _ many: String? = nil) -> String {
        "\(withCommas) \(magnitude == 1 ? one : many ?? one + "s")"
    }
}
