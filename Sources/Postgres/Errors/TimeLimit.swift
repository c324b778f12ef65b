/// A server's time limit, as its settings write it.
enum TimeLimit {
    /// Reads `60s` or `500 ms`, a bare number being milliseconds; nil for no limit, or what is no time.
    static func duration(_ text: String) -> Duration? {
        guard let match = text.wholeMatch(of: /([0-9]{1,10}) ?(us|ms|s|min|h|d)?/), let number = Int(match.1),
            number > 0
        else { return nil }
        return switch match.2 {
        case "us": .microseconds(number)
        case "s": .seconds(number)
        case "min": .seconds(number * 60)
        case "h": .seconds(number * 3600)
        case "d": .seconds(number * 86_400)
        default: .milliseconds(number)
        }
    }
}
