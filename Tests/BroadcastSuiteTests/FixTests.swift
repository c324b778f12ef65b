import Testing

/// What the fixes of the suite do to the sample.
@Suite(.timeLimit(.minutes(20)))
struct FixTests {
    private static let fixes = ["channel-without-broadcast", "broadcast-without-channel", "broadcast-stuck"]

    @Test(arguments: fixes)
    func mendsAllAndTheSecondTimeNothing(check: String) async throws {
        let entries = "SELECT md5(string_agg(b::text, '' ORDER BY id)) AS digest FROM broadcast_manager AS b"
        try await BroadcastDatabase.with(loading: [shippedFile("sample/sample.sql")]) { database in
            try await database.fix(check)
            #expect(try await database.violations(of: check).isEmpty)
            let mended = try await database.rows(entries)
            try await database.fix(check)
            #expect(try await database.rows(entries) == mended)
        }
    }

    @Test func aNewEntryIsPendingActiveAndDueNow() async throws {
        let loaded = [Platform.users("a"), Platform.channel(1, of: "a")]
        try await BroadcastDatabase.with(loading: loaded) { database in
            try await database.fix("channel-without-broadcast")
            let entries = try await database.rows(
                """
                SELECT
                    client_id, open_channel_id, closed_channel_id, broadcast_status, is_active, last_sent_time,
                    last_manual_trigger_time, manual_trigger_count, total_broadcasts, successful_broadcasts,
                    failed_broadcasts, consecutive_failures, last_error_message, last_error_time,
                    next_send_time = created_at AND created_at = updated_at AND created_at <= now() AS is_due_now
                FROM broadcast_manager
                """
            )
            // NULL is left out: never sent, no manual trigger, no error.
            #expect(
                entries == [
                    [
                        "client_id": Platform.id("a"), "open_channel_id": "open 1", "closed_channel_id": "closed 1",
                        "broadcast_status": "pending", "is_active": "t", "manual_trigger_count": "0",
                        "total_broadcasts": "0", "successful_broadcasts": "0", "failed_broadcasts": "0",
                        "consecutive_failures": "0", "is_due_now": "t",
                    ]
                ]
            )
        }
    }

    @Test func anEntryCreatedMeanwhileIsLeftAsItIs() async throws {
        let loaded = [Platform.users("a"), Platform.channel(1, of: "a")]
        try await BroadcastDatabase.with(loading: loaded) { database in
            let other = Platform.entry(1, of: "a", ["broadcast_status": "'completed'"])
            try await database.fix("channel-without-broadcast", meanwhile: other)
            let statuses = try await database.rows("SELECT broadcast_status FROM broadcast_manager")
            #expect(statuses == [["broadcast_status": "completed"]])
        }
    }

    @Test func anEntryWhoseChannelCameBackStays() async throws {
        let loaded = [Platform.users("a"), Platform.entry(1, of: "a"), Platform.entry(2, of: "a")]
        try await BroadcastDatabase.with(loading: loaded) { database in
            try await database.fix("broadcast-without-channel", meanwhile: Platform.channel(1, of: "a"))
            let left = try await database.rows("SELECT open_channel_id FROM broadcast_manager")
            #expect(left == [["open_channel_id": "open 1"]])
        }
    }

    @Test(arguments: [
        "UPDATE broadcast_manager SET broadcast_status = 'completed'",
        "UPDATE broadcast_manager SET updated_at = now()",
    ])
    func anEntryThatItsSenderTouchedIsNotSetBack(meanwhile: String) async throws {
        let columns: KeyValuePairs = ["broadcast_status": "'in_progress'", "updated_at": "now() - interval '2 hours'"]
        let loaded = [Platform.users("a"), Platform.entry(1, of: "a", columns)]
        try await BroadcastDatabase.with(loading: loaded) { database in
            try await database.fix("broadcast-stuck", meanwhile: meanwhile)
            let pending = try await database.rows("SELECT FROM broadcast_manager WHERE broadcast_status = 'pending'")
            #expect(pending.isEmpty)
        }
    }

    @Test func aStuckEntryIsPendingAndDueNow() async throws {
        let columns: KeyValuePairs = [
            "broadcast_status": "'in_progress'", "updated_at": "now() - interval '2 hours'",
            "next_send_time": "now() + interval '1 day'", "total_broadcasts": "3", "successful_broadcasts": "3",
        ]
        let loaded = [Platform.users("a"), Platform.entry(1, of: "a", columns)]
        try await BroadcastDatabase.with(loading: loaded) { database in
            try await database.fix("broadcast-stuck")
            let entries = try await database.rows(
                """
                SELECT broadcast_status, next_send_time <= now() AS is_due, next_send_time = updated_at AS is_noted,
                    total_broadcasts
                FROM broadcast_manager
                """
            )
            #expect(
                entries == [["broadcast_status": "pending", "is_due": "t", "is_noted": "t", "total_broadcasts": "3"]]
            )
        }
    }
}
