import Testing

/// What the suite finds in the data that comes with it.
@Suite(.timeLimit(.minutes(20)))
struct SampleTests {
    /// The ids of the checks that find violations, and the column that says best which ones.
    private static let checks = [
        "channel-without-broadcast": "open_channel_title", "broadcast-without-channel": "open_channel_id",
        "user-missing-broadcasts": "username", "broadcast-owner-mismatch": "open_channel_title",
        "duplicate-channel-pair": "open_channel_title", "channel-incomplete": "problem",
        "counters-disagree": "open_channel_title", "broadcast-stuck": "open_channel_title",
        "broadcast-overdue": "open_channel_title", "broadcast-switched-off": "open_channel_title",
        "too-many-channels": "username", "constraint-missing": "missing", "cascade-gap": "missing",
    ]

    private static let northwind = [
        "Daily Brief", "Earnings Live", "Energy Desk", "Freight Watch", "Macro Notes", "Metals", "Nordic Stocks",
        "Options Lab", "Signals", "Weekend Read",
    ].map { "Northwind \($0)" }

    private static let planted = [
        "channel-without-broadcast": northwind + [
            "Vela Lens Talk", "Vela Studio Diary", "Vela Client Room", "Vela Presets", "Vela Night Shoots",
            "Aurora | Alpha | `Beta`", "<script>alert(\"kestrel\")</script>", "Wren Parents\nnow on two lines",
            "\u{200F}מנדרינית\u{200E} Jade Mandarin", "Pixel Foundry 🎨🚀 & \"Friends\"",
            "=HYPERLINK(\"https://example.com\";\"O'Brien\")", "Harbor News Weekly", "Casa Dorada Signals",
        ],
        "broadcast-without-channel": [
            "-1001400000117", "-1001400001321", "-1001400001533", "-1001400001745", "-1001400002967",
            "-1001400003189", "-1001400003301", "-1001400003523",
        ],
        "user-missing-broadcasts": [
            "northwind_media", "vela.studio", "tomas_k", "cobalt_crypto", "aurora_analytics", "harbor_news",
            "jade_mandarin", "kestrel_fx", "pixel_foundry", "wren_parenting", "o'brien \"the desk\"",
        ],
        "broadcast-owner-mismatch": ["Vela Showreel", "Vela Motion Class", "Tomas Blitz Club"],
        "duplicate-channel-pair": ["Tenfold Politics", "Harbor News Weekly", "Lyra Music Live"],
        "channel-incomplete": ["no owner", "no open channel id", "no closed channel id", "no closed channel id"],
        "counters-disagree": ["Fjord Radio Live", "Dune Travel Live", "Umbra Games Daily"],
        "broadcast-stuck": ["Megaphone One", "Megaphone Two", "Delta Chess Weekly", "Echo Fitness Signals"],
        "broadcast-overdue": [
            "Alba Weekly", "Brio Languages Daily", "Dune Travel Daily", "Elm Street Law Live", "Fable Theatre Live",
        ],
        "broadcast-switched-off": ["Gilded Kitchen Daily", "Indigo Yoga Weekly", "Quarry Climbing Live"],
        "too-many-channels": ["megaphone_network"],
        "constraint-missing": ["status check"],
        "cascade-gap": ["removal of an entry with its channel"],
    ]

    @Test(arguments: checks.keys.sorted())
    func findsWhatIsPlanted(check: String) async throws {
        try await BroadcastDatabase.with(loading: [shippedFile("sample/sample.sql")]) { database in
            let violations = try await database.violations(of: check)
            let column = try #require(Self.checks[check])
            let named = try await database.names(column, of: violations)
            #expect(named == Self.planted[check]?.sorted())
            #expect(try Self.expectations()[check] == "\(violations.count)")
        }
    }

    @Test(arguments: checks.keys.sorted())
    func findsNothingInSoundData(check: String) async throws {
        try await BroadcastDatabase.with(loading: [shippedFile("sample/sound.sql")]) { database in
            let violations = try await database.violations(of: check)
            #expect(violations.isEmpty)
        }
    }

    @Test func everyChannelOfTheFirstReporterLacksItsEntry() async throws {
        try await BroadcastDatabase.with(loading: [shippedFile("sample/sample.sql")]) { database in
            let reporter = "7e1018e4-5644-4031-a05c-4166cc877264"
            let row = try await database.violations(of: "user-missing-broadcasts").first { $0["client_id"] == reporter }
            #expect(row == ["client_id": reporter, "channels": "10", "entries": "0"])
        }
    }

    @Test(arguments: ["broadcast-totals", "success-rate"])
    func measuresWhatIsPlanted(check: String) async throws {
        try await BroadcastDatabase.with(loading: [shippedFile("sample/sample.sql")]) { database in
            let figures = try await database.figures(of: check)
            let expected = try #require(Self.expectations()[check])
            for figure in expected.split(separator: " ") {
                let parts = figure.split(separator: "=").map(String.init)
                #expect(figures[parts[0]] == parts[1], "\(parts[0])")
            }
        }
    }

    @Test func soundDataIsHealthy() async throws {
        try await BroadcastDatabase.with(loading: [shippedFile("sample/sound.sql")]) { database in
            #expect(try await database.figures(of: "success-rate")["success_rate"] == "0.98")
            let totals = try await database.figures(of: "broadcast-totals")
            #expect(totals["missing"] == "0" && totals["stray"] == "0" && totals["channels"] == totals["entries"])
        }
    }

    /// The lines `-- expect: CHECK FIGURES` at the end of the sample.
    private static func expectations() throws -> [String: String] {
        let lines = try shippedFile("sample/sample.sql").split(separator: "\n").filter { $0.hasPrefix("-- expect: ") }
        return Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let words = line.dropFirst("-- expect: ".count).split(separator: " ", maxSplits: 1)
                return (String(words[0]), String(words[1]))
            }
        )
    }
}

extension BroadcastDatabase {
    /// What tells violations apart to a reader, sorted: a column of theirs, or what one of their ids stands for.
    fileprivate func names(_ column: String, of violations: [[String: String]]) async throws -> [String] {
        let (known, query) =
            switch column {
            case "username": ("client_id", "SELECT user_id AS id, username AS name FROM registered_users")
            case "open_channel_title":
                (
                    "open_channel_id",
                    "SELECT DISTINCT open_channel_id AS id, open_channel_title AS name FROM main_clients_database"
                )
            default: (column, "")
            }
        guard !query.isEmpty else { return violations.map { $0[column] ?? "-" }.sorted() }
        let pairs = try await rows(query).compactMap { row in row["id"].map { ($0, row["name"] ?? "-") } }
        let names = Dictionary(pairs) { first, _ in first }
        return violations.map { names[$0[known] ?? ""] ?? "-" }.sorted()
    }
}
