import Testing

/// The checks that look at registered channels.
@Suite(.timeLimit(.minutes(20)))
struct ChannelScenarioTests {
    @Test(arguments: [
        Scenario("nothing at all"),
        Scenario(
            "an entry for the pair",
            Platform.users("a"),
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: "a")
        ),
        Scenario("no entry", Platform.users("a"), Platform.channel(1, of: "a"), finds: ["open 1"]),
        Scenario(
            "someone else's entry is an entry",
            Platform.users("a", "b"),
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: "b")
        ),
        Scenario(
            "an entry of half the pair",
            Platform.users("a"),
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: "a", ["closed_channel_id": "'closed 2'"]),
            finds: ["open 1"]
        ),
        Scenario(
            "an entry of the pair turned round",
            Platform.users("a"),
            Platform.channel(open: "'x'", closed: "'y'", of: "a"),
            Platform.entry(1, of: "a", ["open_channel_id": "'y'", "closed_channel_id": "'x'"]),
            finds: ["x"]
        ),
        Scenario(
            "an entry with NULL ids hides nothing",
            Platform.users("a"),
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: "a", ["closed_channel_id": "NULL"]),
            finds: ["open 1"]
        ),
        Scenario("no owner", Platform.channel(1, of: nil)),
        Scenario("an owner who is not registered", Platform.channel(1, of: "a")),
        Scenario("a NULL id", Platform.users("a"), Platform.channel(open: "'x'", closed: "NULL", of: "a")),
        Scenario("a blank id", Platform.users("a"), Platform.channel(open: "'  '", closed: "'y'", of: "a")),
        Scenario(
            "registered three times, once without an owner",
            Platform.users("a", "b"),
            Platform.channel(1, of: nil),
            Platform.channel(1, of: "b"),
            Platform.channel(1, of: "a"),
            finds: ["open 1"]
        ),
    ])
    func channelWithoutBroadcast(_ scenario: Scenario) async throws {
        try await scenario.expect(of: "channel-without-broadcast", "open_channel_id")
    }

    @Test(arguments: [
        Scenario(
            "as many",
            Platform.users("a"),
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: "a")
        ),
        Scenario(
            "one of two",
            Platform.users("a"),
            Platform.channel(1, of: "a"),
            Platform.channel(2, of: "a"),
            Platform.entry(1, of: "a"),
            finds: ["2 and 1"]
        ),
        Scenario(
            "a pair registered twice is one channel",
            Platform.users("a"),
            Platform.channel(1, of: "a"),
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: "a")
        ),
        Scenario(
            "an entry under another id does not count",
            Platform.users("a", "b"),
            Platform.channel(1, of: "a"),
            Platform.entry(1, of: "b"),
            finds: ["1 and 0"]
        ),
        Scenario(
            "a leftover makes up for a missing one",
            Platform.users("a"),
            Platform.channel(1, of: "a"),
            Platform.entry(2, of: "a")
        ),
        Scenario(
            "incomplete channels and unknown owners",
            Platform.users("a"),
            Platform.channel(1, of: nil),
            Platform.channel(2, of: "b"),
            Platform.channel(open: "''", closed: "NULL", of: "a")
        ),
    ])
    func userMissingBroadcasts(_ scenario: Scenario) async throws {
        try await BroadcastDatabase.with(loading: [Platform.unguarded] + scenario.sql) { database in
            let violations = try await database.violations(of: "user-missing-broadcasts")
            #expect(violations.map { "\($0["channels"] ?? "-") and \($0["entries"] ?? "-")" } == scenario.found)
            #expect(violations.allSatisfy { $0["client_id"] == Platform.id("a") })
        }
    }

    @Test(arguments: [
        Scenario("two channels with one half in common", Platform.channel(1, of: "a"), half),
        Scenario("one owner", Platform.channel(1, of: "a"), Platform.channel(1, of: "a"), finds: ["2 times, 1 owners"]),
        Scenario(
            "two owners and none",
            Platform.channel(1, of: "b"),
            Platform.channel(1, of: nil),
            Platform.channel(1, of: "a"),
            finds: ["3 times, 2 owners"]
        ),
        Scenario("empty ids are no pair", empty, empty),
        Scenario("NULL ids are no pair", null, null),
    ])
    func duplicateChannelPair(_ scenario: Scenario) async throws {
        try await BroadcastDatabase.with(loading: [Platform.unguarded] + scenario.sql) { database in
            let violations = try await database.violations(of: "duplicate-channel-pair")
            let found = violations.map { "\($0["registrations"] ?? "-") times, \($0["owners"] ?? "-") owners" }
            #expect(found == scenario.found)
            #expect(violations.allSatisfy { $0["client_id"] == Platform.id("a") })
        }
    }

    private static let half = Platform.channel(open: "'open 1'", closed: "'another'", of: "a")
    private static let empty = Platform.channel(open: "''", closed: "''", of: "a")
    private static let null = Platform.channel(open: "NULL", closed: "NULL", of: "a")

    @Test(arguments: [
        Scenario("complete", Platform.users("a"), Platform.channel(1, of: "a")),
        Scenario("no owner", Platform.channel(1, of: nil), finds: ["no owner"]),
        Scenario("unknown owner", Platform.channel(1, of: "a"), finds: ["its owner is not a registered user"]),
        Scenario("no open id", Platform.users("a"), null, finds: ["no open channel id"]),
        Scenario("blank open id", Platform.users("a"), empty, finds: ["no open channel id"]),
        Scenario(
            "no closed id",
            Platform.users("a"),
            Platform.channel(open: "'x'", closed: "NULL", of: "a"),
            finds: ["no closed channel id"]
        ),
    ])
    func channelIncomplete(_ scenario: Scenario) async throws {
        try await scenario.expect(of: "channel-incomplete", "problem")
    }

    @Test(arguments: [
        Scenario("ten", channels(10, of: "a")),
        Scenario("ten, one of them twice", channels(10, of: "a"), Platform.channel(1, of: "a")),
        Scenario("ten and an incomplete one", channels(10, of: "a"), null),
        Scenario("eleven", channels(11, of: "a"), channels(3, of: "b"), finds: ["11"]),
        Scenario("eleven of nobody", channels(11, of: nil)),
    ])
    func tooManyChannels(_ scenario: Scenario) async throws {
        try await scenario.expect(of: "too-many-channels", "channels")
    }

    private static func channels(_ count: Int, of user: String?) -> String {
        (1...count).map { Platform.channel($0, of: user) }.joined()
    }
}
