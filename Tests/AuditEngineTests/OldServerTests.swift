import Testing

@testable import AuditEngine

/// Servers that are too old for what a repair sends.
struct OldServerTests {
    @Test(
        "F34: repairs are refused by a server before 12, with the reason",
        arguments: [(100_023, "10.23"), (110_022, "11.22")]
    )
    func refused(version: Int, text: String) throws {
        let words = try #require(WriteGuard.refusal(ofServer: version, text))
        #expect(words.contains("--fix and undo need PostgreSQL 12 or newer, and this server is \(text)"))
        #expect(words.contains("Nothing was changed"))
    }

    @Test("F34: newer ones repair", arguments: [120_000, 150_018, 180_000])
    func allowed(version: Int) {
        #expect(WriteGuard.refusal(ofServer: version, "") == nil)
    }
}
