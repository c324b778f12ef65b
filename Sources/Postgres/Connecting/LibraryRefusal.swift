/// Settings that libpq itself refuses, before it looks for a server.
///
/// It has no codes for them. Its words are English, since the program chooses no locale.
enum LibraryRefusal {
    static func isOne(_ message: String) -> Bool {
        message.contains(/^(.* failed: )?invalid \w+ value\b|\binvalid port number|could not match \d+ (port|host)/)
            || message.contains(
                /definition of service .* not found|service file .* not found|syntax error in service file/
            )
    }
}

extension PostgresError {
    /// A text without the lines that stand in it before.
    static func withoutDoubles(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(whereSeparator: \.isNewline) where !lines.contains(line) { lines.append(line) }
        return lines.joined(separator: "\n")
    }
}
