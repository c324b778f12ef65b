import AuditEngine
import AuditModel
import TestSupport
import Testing

struct StatisticTests {
    private static let limits = [
        "rate": FigureLimits(
            error: .init(.less, 0.8, description: "< 0.80"),
            warning: .init(.less, 0.95, description: "< 0.95")
        )
    ]

    @Test(
        arguments: [
            ("0.97", Status.clear, nil), ("0.9", .warning, .warning), ("0.5", .failing, .error),
        ] as [(String, Status, Severity?)]
    )
    func limitsMakeTheStatus(value: String, status: Status, broken: Severity?) async throws {
        try await withDatabase { conninfo in
            let measure = "SELECT 12418 AS sent, \(value)::numeric AS rate, date '2026-11-23' AS day"
            let audited = try await audit([statistic("rates", measure, limits: Self.limits)], at: conninfo)
            let result = try #require(audited.statistic("rates"))
            #expect(result.status == status)
            #expect(result.figures[0] == Figure(name: "sent", before: .number(12418), after: .number(12418)))
            #expect(result.figures[1].limit == AppliedLimit(error: "< 0.80", warning: "< 0.95", broken: broken))
            #expect(result.figures[2].after == .text("2026-11-23"))
            #expect(audited.run.totals.before == 0, "statistics do not count")
        }
    }

    @Test(arguments: [
        ("SELECT 1 AS rate WHERE false", "returns none"),
        ("SELECT generate_series(1, 1000000000) AS rate", "returns several"),
        ("SELECT 1 AS other", "`limits:` names the figure 'rate', and the query returns other"),
    ])
    func anythingButOneRowIsAnError(measure: String, message: String) async throws {
        try await withDatabase { conninfo in
            let audited = try await audit([statistic("rates", measure, limits: Self.limits)], at: conninfo)
            #expect(audited.statistic("rates")?.error?.contains(message) == true)
            #expect(audited.run.outcome == .incomplete)
        }
    }

    @Test func figuresOfUsersAreMeasuredForTheAffectedOnly() async throws {
        let schema = """
            CREATE TABLE account (id uuid PRIMARY KEY, name text);
            INSERT INTO account SELECT md5(g::text)::uuid, 'user ' || g FROM generate_series(1, 25000) AS g
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let audited = try await audit(
                [
                    check("found", "SELECT id FROM account WHERE name < 'user 3'", user: "id"),
                    statistic(
                        "sizes",
                        "SELECT length(name) AS letters, id, NULL::int AS nothing FROM account",
                        user: "id"
                    ),
                ],
                at: conninfo,
                userLabels: "SELECT id, name FROM account WHERE id = ANY(:users)"
            )
            let users = audited.run.users
            let affected = try #require(audited.check("found")?.usersBefore)
            #expect(affected > 10_000, "more than one portion")
            #expect(users.count == affected)
            #expect((0..<affected).allSatisfy { users.label($0)?.hasPrefix("user ") == true })
            let figures = try #require(users.figures.first)
            #expect(figures.columns == ["letters", "nothing"].map { FigureColumn(name: $0) })
            #expect(
                (0..<affected).allSatisfy {
                    figures.text(column: 0, user: $0, phase: .after) == users.label($0).map { String($0.count) }
                }
            )
            #expect(audited.statistic("sizes")?.figures[1].after == nil)
        }
    }

    @Test func labelsThatCannotBeFetchedAreAWarning() async throws {
        try await withDatabase { conninfo in
            let log = CollectedLog()
            let audited = try await audit(
                [check("found", "SELECT 'x' AS owner", user: "owner")],
                at: conninfo,
                userLabels: "SELECT 1, 2 FROM nowhere WHERE 'a' = ANY(:users)",
                log: log
            )
            #expect(audited.check("found")?.before == 1)
            #expect(audited.run.outcome == .violations)
            #expect(
                log.messages.contains { $0.contains("users are shown without their labels: suite.yml:3:22: relation") }
            )
        }
    }
}
