import AuditModel

extension String {
    /// At most so many characters; data can have megabytes.
    func shortened(to limit: Int) -> String {
        unicodeScalars.count > limit ? String(String.UnicodeScalarView(unicodeScalars.prefix(limit))) + "…" : self
    }
}

extension Timestamp {
    /// To the minute, such as `2026-11-23 03:15 UTC`.
    var minuteText: String {
        let text = rfc3339
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
    }
}
