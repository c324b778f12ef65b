import Testing

/// The checks that look at broadcast entries.
@Suite(.timeLimit(.minutes(20)))
struct EntryScenarioTests {
    @Test(arguments: [
        Scenario("its channel is there", Platform.channel(1, of: "a"), Platform.entry(1, of: "a")),
        Scenario("a channel without an owner is there", Platform.channel(1, of: nil), Platform.entry(1, of: "a")),
        Scenario("its channel is gone", Platform.entry(1, of: "a"), finds: ["closed 1"]),
        Scenario(
            "half the pair is there",
            Platform.channel(open: "'open 1'", closed: "'other'", of: "a"),
            Platform.entry(1, of: "a"),
            finds: ["closed 1"]
        ),
        Scenario(
            "NULL is nobody's id",
            Platform.channel(open: "NULL", closed: "'closed 1'", of: "a"),
            Platform.entry(1, of: "a", ["open_channel_id": "NULL"]),
            finds: ["closed 1"]
        ),
    ])
    func broadcastWithoutChannel(_ scenario: Scenario) async throws {
        try await scenario.expect(of: "broadcast-without-channel", "closed_channel_id")
    }

    @Test(arguments: [
        Scenario("the same owner", Platform.channel(1, of: "a"), Platform.entry(1, of: "a")),
        Scenario("another owner", Platform.channel(1, of: "a"), Platform.entry(1, of: "b"), finds: [Platform.id("a")]),
        Scenario(
            "an entry of nobody",
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: nil),
            finds: [Platform.id("a")]
        ),
        Scenario("a channel of nobody", Platform.channel(1, of: nil), Platform.entry(1, of: "a")),
        Scenario(
            "one of two owners",
            Platform.channel(1, of: "a"),
            Platform.channel(1, of: "b"),
            Platform.entry(1, of: "b")
        ),
        Scenario(
            "neither of two owners: one violation, under the lowest id",
            Platform.channel(1, of: "b"),
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: "c"),
            finds: [Platform.id("a")]
        ),
        Scenario("a channel that is gone", Platform.entry(1, of: "a")),
    ])
    func broadcastOwnerMismatch(_ scenario: Scenario) async throws {
        try await scenario.expect(of: "broadcast-owner-mismatch", "client_id")
    }

    @Test(arguments: [
        Scenario("new", Platform.entry(1, of: "a")),
        Scenario("adds up", counters("7", "4", "3")),
        Scenario("does not add up", counters("8", "4", "3"), finds: ["open 1"]),
        Scenario("negative", counters("3", "4", "-1"), finds: ["open 1"]),
        Scenario("empty total", counters("NULL", "4", "3"), finds: ["open 1"]),
        Scenario("all empty", counters("NULL", "NULL", "NULL"), finds: ["open 1"]),
        Scenario("past what an integer holds", counters("0", "2147483647", "2147483647"), finds: ["open 1"]),
        Scenario("negative triggers", Platform.entry(1, of: "a", ["manual_trigger_count": "-1"]), finds: ["open 1"]),
        Scenario("negative failures", Platform.entry(1, of: "a", ["consecutive_failures": "-1"]), finds: ["open 1"]),
    ])
    func countersDisagree(_ scenario: Scenario) async throws {
        try await scenario.expect(of: "counters-disagree", "open_channel_id")
    }

    private static func counters(_ total: String, _ successful: String, _ failed: String) -> String {
        let columns: KeyValuePairs = [
            "total_broadcasts": total, "successful_broadcasts": successful, "failed_broadcasts": failed,
        ]
        return Platform.entry(1, of: "a", columns)
    }

    @Test(arguments: [
        Scenario("just taken", inProgress("now()")),
        Scenario("for 59 minutes", inProgress("now() - interval '59 minutes'")),
        Scenario("for 61 minutes", inProgress("now() - interval '61 minutes'"), finds: ["open 1"]),
        Scenario("never updated, created now", inProgress("NULL")),
        Scenario("no time at all", inProgress("NULL", created: "NULL"), finds: ["open 1"]),
        Scenario("pending for long", Platform.entry(1, of: "a", ["updated_at": "now() - interval '2 days'"])),
        Scenario("no status", Platform.entry(1, of: "a", ["broadcast_status": "NULL", "updated_at": "NULL"])),
    ])
    func broadcastStuck(_ scenario: Scenario) async throws {
        try await scenario.expect(of: "broadcast-stuck", "open_channel_id")
    }

    private static func inProgress(_ updated: String, created: String = "now()") -> String {
        let columns: KeyValuePairs = [
            "broadcast_status": "'in_progress'", "updated_at": updated, "created_at": created,
        ]
        return Platform.entry(1, of: "a", columns)
    }

    @Test(arguments: [
        Scenario("due for 47 hours", due("47 hours")),
        Scenario("due for 49 hours", due("49 hours"), finds: ["open 1"]),
        Scenario("switched off", due("49 hours", active: "false")),
        Scenario("active is unknown", due("49 hours", active: "NULL")),
        Scenario("failed", due("49 hours", status: "'failed'")),
        Scenario("never due", Platform.entry(1, of: "a", ["next_send_time": "NULL"])),
    ])
    func broadcastOverdue(_ scenario: Scenario) async throws {
        try await scenario.expect(of: "broadcast-overdue", "open_channel_id")
    }

    private static func due(_ ago: String, active: String = "true", status: String = "'pending'") -> String {
        let columns: KeyValuePairs = [
            "next_send_time": "now() - interval '\(ago)'", "is_active": active, "broadcast_status": status,
        ]
        return Platform.entry(1, of: "a", columns)
    }

    @Test(arguments: [
        Scenario("active and failing", Platform.entry(1, of: "a", ["consecutive_failures": "3"])),
        Scenario("by its owner", Platform.entry(1, of: "a", ["is_active": "false"])),
        Scenario("after failures", switchedOff("false", "1"), finds: ["open 1"]),
        Scenario("unknown is not active", switchedOff("NULL", "1"), finds: ["open 1"]),
        Scenario("unknown failures", switchedOff("false", "NULL")),
    ])
    func broadcastSwitchedOff(_ scenario: Scenario) async throws {
        try await scenario.expect(of: "broadcast-switched-off", "open_channel_id")
    }

    private static func switchedOff(_ active: String, _ failures: String) -> String {
        Platform.entry(1, of: "a", ["is_active": active, "consecutive_failures": failures])
    }
}
