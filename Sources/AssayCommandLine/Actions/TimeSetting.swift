/// A time limit as PostgreSQL reads it, with its unit, so that nobody mistakes 60 for seconds.
enum TimeSetting {
    /// The longest that PostgreSQL takes, in milliseconds.
    private static let limit = Int(Int32.max)

    /// What it must be; nil when it is that.
    static func mistake(_ text: String) -> String? {
        if text == "0" { return nil }
        guard let match = text.wholeMatch(of: /([0-9]{1,12}) ?(us|ms|s|min|h|d)/), let number = Int(match.1) else {
            return "a whole number with a unit: 500ms, 60s or 5min"
        }
        let longest =
            switch match.2 {
            case "us": limit * 1000
            case "ms": limit
            case "s": limit / 1000
            case "min": limit / 60_000
            case "h": limit / 3_600_000
            default: limit / 86_400_000
            }
        return number <= longest ? nil : "at most 24d (0 is no limit)"
    }
}
