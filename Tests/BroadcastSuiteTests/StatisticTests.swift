import Testing

/// The checks that measure.
@Suite(.timeLimit(.minutes(20)))
struct StatisticTests {
    /// Channels and entries of all sorts; what they sum to is said in `sumsHold`.
    private static let platforms = [
        Scenario("nothing at all"),
        Scenario("one of each", Platform.users("a"), Platform.channel(1, of: "a"), Platform.entry(1, of: "a")),
        Scenario("missing and stray", Platform.users("a"), Platform.channel(1, of: "a"), Platform.entry(2, of: "a")),
        Scenario(
            "a pair twice, missing",
            Platform.users("a", "b"),
            Platform.channel(1, of: "a"),
            Platform.channel(1, of: "b")
        ),
        Scenario("an entry of a channel without an owner", Platform.channel(1, of: nil), Platform.entry(1, of: "a")),
        Scenario("an entry with NULL ids", Platform.entry(1, of: nil, ["open_channel_id": "NULL"])),
        Scenario(
            "two entries of one pair",
            Platform.users("a"),
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: "a"),
            Platform.entry(1, of: "a")
        ),
        Scenario("a strange status", Platform.users("a"), Platform.entry(1, of: "a", ["broadcast_status": "'paused'"])),
    ]

    @Test(arguments: platforms)
    func sumsHold(_ scenario: Scenario) async throws {
        try await BroadcastDatabase.with(loading: [Platform.unguarded] + scenario.sql) { database in
            let figures = try await database.figures(of: "broadcast-totals").compactMapValues { Int($0) }
            let channels = try #require(figures["channels"])
            let entries = try #require(figures["entries"])
            let missing = try #require(figures["missing"])
            let stray = try #require(figures["stray"])
            #expect(channels + stray == entries + missing)
            let violations = try await database.violations(of: "channel-without-broadcast")
            #expect(missing == violations.count)
            let left = try await database.violations(of: "broadcast-without-channel")
            #expect(stray >= left.count)
        }
    }

    @Test func totalsHaveTheirColumnsInOrder() async throws {
        try await BroadcastDatabase.with(loading: []) { database in
            let figures = try await database.figures(of: "broadcast-totals")
            let names = [
                "channels", "entries", "active", "pending", "in_progress", "completed", "failed", "skipped", "missing",
                "stray",
            ]
            #expect(figures.keys.sorted() == names.sorted())
            #expect(figures.values.allSatisfy { $0 == "0" })
        }
    }

    @Test(
        arguments: [
            ("", "1"),
            (Platform.entry(1, of: "a"), "1"),
            (sent(1, 80, of: 100) + sent(2, 0, of: 0), "0.8"),
            (sent(1, 94, of: 100) + sent(2, 98, of: 100), "0.96"),
            (sent(1, 2_147_483_647, of: 2_147_483_647) + sent(2, 1, of: 1), "1"),
        ]
    )
    func successRate(sql: String, rate: String) async throws {
        try await BroadcastDatabase.with(loading: [Platform.unguarded, sql]) { database in
            let figures = try await database.figures(of: "success-rate")
            #expect(figures["success_rate"] == rate)
        }
    }

    private static func sent(_ pair: Int, _ successful: Int, of total: Int) -> String {
        let columns: KeyValuePairs = ["total_broadcasts": "\(total)", "successful_broadcasts": "\(successful)"]
        return Platform.entry(pair, of: "a", columns)
    }

    @Test func userChannelsAreTheNumbersOfUserMissingBroadcasts() async throws {
        try await BroadcastDatabase.with(loading: [shippedFile("sample/sample.sql")]) { database in
            let measured = try await database.rows(ShippedCheck("user-channels").sql("measure"))
            let missing = try await database.violations(of: "user-missing-broadcasts")
            #expect(missing.allSatisfy(measured.contains))
            // just_looking has nothing to count.
            #expect(measured.count == 39)
        }
    }
}
