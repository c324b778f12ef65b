import Wording

extension Double {
    /// Two shares as percent, with as many decimals as it takes to tell them apart.
    static func percents(_ one: Double, _ other: Double) -> (String, String) {
        var decimals = 1
        // A number of this size has no room for nine decimals, and is told apart before.
        while decimals < 9, max(one, other) < 1000, one.percent(decimals) == other.percent(decimals) { decimals += 1 }
        return (one.percent(decimals), other.percent(decimals))
    }

    private func percent(_ decimals: Int) -> String {
        let unit = (0..<decimals).reduce(1) { unit, _ in unit * 10 }
        // A share is at most the number of rows, which leaves room for one decimal.
        let scaled = Int(Swift.min(self * 100 * Double(unit), 1e18).rounded())
        let fraction = String(scaled % unit)
        return "\((scaled / unit).grouped).\(String(repeating: "0", count: decimals - fraction.count))\(fraction) %"
    }
}
