extension Int {
    /// With thousands separators, such as `12,418`.
    package var grouped: String {
        let digits = String(magnitude)
        var result = self < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return result
    }

    /// A number and its noun, such as `1 user` and `12,418 users`.
    package func of(_ one: String, _ many: String? = nil) -> String {
        "\(grouped) \(self == 1 ? one : many ?? one + "s")"
    }
}

extension Double {
    /// With thousands separators and at most three decimals, such as `12,418` and `0.75`.
    package var grouped: String {
        guard isFinite, magnitude < 1e15 else { return "\(self)" }
        if magnitude < 0.001, self != 0 { return "\(self)" }
        return fixed(decimals: 3, keepsZeros: false)
    }

    /// A share as percent with one decimal; with more where one would say 0 or 100 and it is neither.
    package var percent: String {
        var decimals = 1
        while decimals < 4, self > 0, self < 1, ["0", "100"].contains(rounded(percentDecimals: decimals)) {
            decimals += 1
        }
        return (self * 100).fixed(decimals: decimals, keepsZeros: true) + " %"
    }

    /// Two shares as percent, with as many decimals as it takes to tell them apart.
    package static func percents(_ one: Double, _ other: Double) -> (String, String) {
        var decimals = 1
        // A number of this size has no room for nine decimals, and is told apart before.
        while decimals < 9, max(one, other) < 1000, one.percent(decimals: decimals) == other.percent(decimals: decimals)
        { decimals += 1 }
        return (one.percent(decimals: decimals), other.percent(decimals: decimals))
    }

    private func percent(decimals: Int) -> String { (self * 100).fixed(decimals: decimals, keepsZeros: true) + " %" }

    private func rounded(percentDecimals: Int) -> String {
        (self * 100).fixed(decimals: percentDecimals, keepsZeros: false)
    }

    package func fixed(decimals: Int, keepsZeros: Bool) -> String {
        let unit = (0..<decimals).reduce(1) { unit, _ in unit * 10 }
        let scaled = Int((magnitude * Double(unit)).rounded())
        let fraction = String(scaled % unit)
        var text = String(repeating: "0", count: Swift.max(0, decimals - fraction.count)) + fraction
        if !keepsZeros { while text.last == "0" { text.removeLast() } }
        let sign = self < 0 && scaled != 0 ? "-" : ""
        return sign + (scaled / unit).grouped + (text.isEmpty || decimals == 0 ? "" : "." + text)
    }
}
