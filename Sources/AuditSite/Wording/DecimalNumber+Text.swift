import AuditModel
import Wording

extension DecimalNumber {
    /// With thousands separators and at most three decimals, such as `12,418` and `0.75`.
    var grouped: String {
        // What would be rounded to nothing is shown as it is.
        let rounded = magnitude < 0.001 ? self : rounded(decimals: 3)
        return rounded.allDigits
    }

    /// With thousands separators and all decimals.
    var allDigits: String {
        let text = description
        guard !text.contains("e") else { return text }
        let whole = text.prefix { $0 != "." }
        let sign = whole.hasPrefix("-") ? "-" : ""
        return sign + whole.dropFirst(sign.count).groupedByThousands + text.dropFirst(whole.count)
    }

    /// A share as percent with one decimal; with more where one would say 0 or 100 and it is neither.
    var percent: String {
        let whole = shifted(by: 2)
        var decimals = 1
        while decimals < 4, self > 0, self < 1, [0, 100].contains(whole.rounded(decimals: decimals)) { decimals += 1 }
        let text = whole.rounded(decimals: decimals).allDigits
        guard !text.contains("e") else { return text + Self.percentSign }
        let shown = text.contains(".") ? text.utf8.count - text.prefix { $0 != "." }.utf8.count - 1 : 0
        let zeros = String(repeating: "0", count: max(0, decimals - shown))
        return text + (shown == 0 ? "." : "") + zeros + Self.percentSign
    }

    /// No line ends before it.
    static let percentSign = "\u{A0}%"

    /// Of seconds, such as `4.2 s` and `2 h 5 min`.
    var duration: String {
        // So many seconds no clock counts.
        guard magnitude < 1_000_000_000 else { return grouped + " s" }
        return (self < 0 ? "-" : "") + DurationText.of(seconds: magnitude.double)
    }

    /// Of bytes, in the units of `pg_size_pretty`.
    var size: String {
        let units = ["bytes", "kB", "MB", "GB", "TB", "PB"]
        var rest = magnitude.double
        var unit = 0
        while rest >= 1024, unit < units.count - 1 {
            rest /= 1024
            unit += 1
        }
        let number = unit == 0 ? self : DecimalNumber(floatLiteral: self < 0 ? -rest : rest).rounded(decimals: 1)
        return "\(number.grouped)\u{A0}\(units[unit])"
    }
}
