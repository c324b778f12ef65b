import AuditModel
import Wording

extension Timestamp {
    /// For people, such as `23 November 2026, 03:15 UTC`.
    var text: String {
        let c = components
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ]
        return "\(c.day) \(months[c.month - 1]) \(c.year), \(c.hour.twoDigits):\(c.minute.twoDigits) UTC"
    }

    /// To the millisecond, such as `2026-11-23 03:15:00.118 UTC`.
    var exactText: String {
        "\(rfc3339.prefix(10)) \(rfc3339.dropFirst(11).dropLast()) UTC"
    }
}

extension Int {
    fileprivate var twoDigits: String { self < 10 ? "0\(self)" : "\(self)" }
}

/// A length of time for people: `118 ms`, `4.2 s`, `1 min 5 s`, `2 h 5 min`.
enum DurationText {
    static func of(milliseconds: Int) -> String {
        let milliseconds = max(0, milliseconds)
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        // To the tenth first, so that 59.96 s does not become 60.0 s.
        let tenths = (milliseconds + 50) / 100
        if tenths < 600 { return "\(tenths / 10).\(tenths % 10) s" }
        let seconds = (milliseconds + 500) / 1000
        if seconds < 3600 { return "\(seconds / 60) min \(seconds % 60) s" }
        let minutes = (seconds + 30) / 60
        return "\((minutes / 60).grouped) h \(minutes % 60) min"
    }

    static func of(seconds: Double) -> String {
        of(milliseconds: Int((min(max(seconds, 0), 1e9) * 1000).rounded()))
    }
}
