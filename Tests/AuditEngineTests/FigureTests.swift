import AuditEngine
import AuditModel
import TestSupport
import Testing

/// What is a figure, and what can be compared with a limit.
@Suite(.serialized)
struct FigureTests {
    private static func limit(_ name: String, _ comparison: FigureLimits.Limit.Comparison, _ bound: DecimalNumber)
        -> [String: FigureLimits]
    {
        [name: FigureLimits(error: .init(comparison, bound, description: "\(comparison.rawValue) \(bound)"))]
    }

    @Test(
        arguments: [
            ("'Infinity'::float8", FigureValue.text("Infinity")), ("'-Infinity'::float4", .text("-Infinity")),
            ("'NaN'::numeric", .text("NaN")), ("1e308::float8", .number(DecimalNumber("1e308") ?? 0)),
            ("true", .text("t")), ("interval '10 days'", .text("10 days")), ("time '03:15'", .text("03:15:00")),
            ("5::money", .text("$5.00")),
            ("2^62::numeric * 1000", .number(DecimalNumber("4611686018427387904000") ?? 0)),
            ("9007199254740993::bigint", .number(9_007_199_254_740_993)), ("NULL::int", nil),
            ("(0.1 + 0.2)::float8", .number(0.3)),
        ] as [(String, FigureValue?)]
    )
    func `A1, F20: figures are shown as they are`(sql: String, value: FigureValue?) async throws {
        try await withDatabase { conninfo in
            let audited = try await audit([statistic("s", "SELECT \(sql) AS n")], at: conninfo)
            #expect(audited.statistic("s")?.figures.map(\.after) == [value])
            #expect(audited.run.outcome == .clear)
        }
    }

    @Test(arguments: [
        ("now() - now()", "interval", "extract(epoch FROM …) AS n"), ("5::money", "money", "(…)::numeric AS n"),
        ("true", "boolean", "(…)::int AS n"), ("now()", "timestamp with time zone", "extract(epoch FROM now() - …)"),
        ("'NaN'::numeric", "is NaN", ""), ("'Infinity'::float8", "is Infinity", ""),
        ("NULL::int", "is NULL", "coalesce("),
        ("'12'::text", "text", "::numeric"), ("'12'", "text", "::numeric"),
        ("'12'::varchar(3)", "character varying(3)", ""),
        ("'[1]'::json", "json", ""), ("ARRAY[1]", "integer[]", ""), ("'x'::name", "name", ""),
    ])
    func `F03: what cannot be compared is not measured`(sql: String, reason: String, advice: String) async throws {
        try await withDatabase { conninfo in
            let limits = Self.limit("n", .greater, 3600)
            let audited = try await audit([statistic("s", "SELECT \(sql) AS n", limits: limits)], at: conninfo)
            let result = try #require(audited.statistic("s"))
            #expect(result.status == .error && result.figures.isEmpty)
            #expect(audited.run.outcome == .incomplete)
            let error = try #require(result.error)
            #expect(error.hasPrefix("s.md:10:1: ") && error.contains("'n'") && error.contains(reason), "\(error)")
            #expect(error.contains(advice), "\(error)")
        }
    }

    @Test(arguments: [
        ("SELECT 'x' AS which, 1 AS n", "the figure 'which' is of the type text"),
        ("SELECT gen_random_uuid() AS id", "the figure 'id' is of the type uuid"),
        ("SELECT 1 AS n, 2 AS n", "returns several columns 'n'"),
        ("SELECT 1, 2", "returns several columns without a name"),
        ("SELECT", "returns no figure"), ("SELECT 1 AS m", "`format:` names the figure 'n', and the query returns m"),
        ("SELECT now() AS n", "`format:` names the figure 'n', which is no number"),
    ])
    func `C10, A19: columns that are no figures are refused`(sql: String, reason: String) async throws {
        try await withDatabase { conninfo in
            let check = statistic("s", sql, formats: reason.contains("format") ? ["n": .percent] : [:])
            let audited = try await audit([check], at: conninfo)
            #expect(audited.statistic("s")?.error?.hasPrefix("s.md:10:1: ") == true)
            #expect(audited.statistic("s")?.error?.contains(reason) == true, "\(audited.statistic("s")?.error ?? "")")
        }
    }

    @Test(arguments: [
        ("9007199254740993::bigint", "9007199254740992", true), ("9007199254740992::bigint", "9007199254740992", false),
        ("0.30000000000000000001", "0.3", true), ("0.3::float4", "0.3", false),
        ("2^70::numeric", "1180591620717411303424", false),
        ("2::numeric ^ 70 + 1", "1180591620717411303424", true),
    ])
    func `F20: limits are compared exactly`(sql: String, bound: String, isPast: Bool) async throws {
        try await withDatabase { conninfo in
            let limits = Self.limit("n", .greater, try #require(DecimalNumber(bound)))
            let audited = try await audit([statistic("s", "SELECT \(sql) AS n", limits: limits)], at: conninfo)
            #expect(audited.statistic("s")?.status == (isPast ? .failing : .clear))
        }
    }
}

/// The figures of the affected users.
@Suite(.serialized)
struct UserFigureTests {
    private static let jobs = """
        CREATE TABLE job (id int PRIMARY KEY, owner text, ok boolean);
        INSERT INTO job SELECT i, 'u' || i % 3, i % 2 = 0 FROM generate_series(1, 9) AS i;
        INSERT INTO job VALUES (10, 'good', true)
        """
    private static let rate = "SELECT owner, avg(ok::int) AS success_rate, count(*) AS jobs FROM job GROUP BY owner"
    private static func limit(_ bound: DecimalNumber, _ comparison: FigureLimits.Limit.Comparison = .less)
        -> [String: FigureLimits]
    {
        ["success_rate": FigureLimits(error: .init(comparison, bound, description: "\(comparison.rawValue) \(bound)"))]
    }

    @Test func `F14: each user is compared, and not the sum`() async throws {
        try await withDatabase(loading: [Self.jobs]) { conninfo in
            let found = check("o", "SELECT DISTINCT owner FROM job", user: "owner")
            let checks = [
                found, statistic("rate", Self.rate, limits: Self.limit(0.8), user: "owner"),
                statistic("high", Self.rate, limits: Self.limit(0.99, .greater), user: "owner"),
                statistic("kept", Self.rate, limits: Self.limit(0.1), user: "owner"),
            ]
            let audited = try await audit(checks, at: conninfo)
            let result = try #require(audited.statistic("rate"))
            #expect(result.status == .failing)
            #expect(result.figures[0].after == .number(DecimalNumber("0.33333333333333333333") ?? 0))
            #expect(result.figures[0].limit?.users == LimitedUsers(measured: 4, past: 3, worst: "u0"))
            #expect(result.figures[1].after == .number(10), "a figure without a limit is a sum")
            #expect(
                audited.statistic("high")?.figures[0].limit?.users == LimitedUsers(measured: 4, past: 1, worst: "good")
            )
            #expect(audited.statistic("kept")?.status == .clear)
            #expect(audited.statistic("kept")?.figures[0].limit?.users?.past == 0)
            let unlimited = try await audit([found, statistic("rate", Self.rate, user: "owner")], at: conninfo)
            #expect(unlimited.statistic("rate")?.figures[0].after == nil, "a share has no sum")
        }
    }

    @Test func `F14: nothing was measured when no user is affected`() async throws {
        try await withDatabase(loading: [Self.jobs]) { conninfo in
            let nobody = check("o", "SELECT owner FROM job WHERE false", user: "owner")
            let limited = statistic("rate", Self.rate, limits: Self.limit(0.8), user: "owner")
            let audited = try await audit([nobody, limited, statistic("all", Self.rate, user: "owner")], at: conninfo)
            #expect(audited.statistic("rate")?.status == .skipped)
            #expect(audited.statistic("rate")?.error == "there is nothing to measure: no user is affected")
            #expect(audited.run.coverage.notMeasured.map(\.id) == ["rate"])
            #expect(audited.statistic("all")?.status == .clear)
            let others = check("o", "SELECT 'somebody' AS owner", user: "owner")
            let without = try await audit([others, limited], at: conninfo)
            #expect(
                without.statistic("rate")?.error
                    == "there is nothing to measure: the query has no row of an affected user"
            )
        }
    }

    @Test(arguments: [
        ("CASE owner WHEN 'u1' THEN NULL ELSE 1 END", "NULL"),
        ("CASE owner WHEN 'u1' THEN 'NaN'::float8 ELSE 1 END", "NaN"),
        ("CASE owner WHEN 'u1' THEN 'Infinity'::float8 ELSE 1 END", "Infinity"),
    ])
    func `F03: a user's figure that cannot be compared is told`(sql: String, what: String) async throws {
        try await withDatabase(loading: [Self.jobs]) { conninfo in
            let checks = [
                check("o", "SELECT DISTINCT owner FROM job", user: "owner"),
                statistic(
                    "rate",
                    "SELECT owner, \(sql) AS success_rate FROM job GROUP BY owner",
                    limits: Self.limit(0.8),
                    user: "owner"
                ),
            ]
            let audited = try await audit(checks, at: conninfo)
            #expect(
                audited.statistic("rate")?.error?.contains("the figure 'success_rate' of the user 'u1' is \(what)")
                    == true,
                "\(audited.statistic("rate")?.error ?? "")"
            )
        }
    }

    @Test func `A1: users' figures that no double holds`() async throws {
        try await withDatabase { conninfo in
            let users = "FROM (VALUES ('a', 1e308::float8), ('b', 1e308), ('c', 5)) AS v (owner, n)"
            let checks = [
                check("o", "SELECT owner \(users)", user: "owner"),
                statistic("large", "SELECT owner, n \(users)", user: "owner"),
                statistic(
                    "odd",
                    "SELECT owner, CASE owner WHEN 'a' THEN 'Infinity' ELSE n END AS n \(users)",
                    user: "owner"
                ),
                statistic("exact", "SELECT owner, 9007199254740993 AS n \(users)", user: "owner"),
                statistic("dates", "SELECT owner, date '2026-11-23' AS day \(users)", user: "owner"),
            ]
            let audited = try await audit(checks, at: conninfo)
            #expect(audited.run.outcome == .violations)
            #expect(audited.statistic("odd")?.figures[0].after == .text("Infinity"))
            #expect(audited.statistic("exact")?.figures[0].after == .number(27_021_597_764_222_979))
            #expect(audited.statistic("dates")?.figures[0].after == nil)
            #expect(audited.figures["large"]?.contains("a,,n,1e+308,1e+308\n") == true)
            #expect(audited.figures["odd"]?.contains("a,,n,Infinity,Infinity\n") == true)
            #expect(audited.figures["exact"]?.contains("c,,n,9007199254740993,9007199254740993\n") == true)
            #expect(audited.figures["dates"]?.contains("b,,day,2026-11-23,2026-11-23\n") == true)
        }
    }

    @Test func `A16: nothing of a statistic that fails late is published`() async throws {
        let schema = """
            CREATE TABLE account (id int PRIMARY KEY);
            INSERT INTO account SELECT generate_series(1, 12000)
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let checks = [
                check("o", "SELECT id FROM account ORDER BY id", user: "id"),
                statistic("late", "SELECT id, 1 / (11500 - id) AS n FROM account", user: "id"),
                statistic("well", "SELECT id, 1 AS n FROM account", user: "id"),
            ]
            let audited = try await audit(checks, at: conninfo)
            #expect(audited.statistic("late")?.status == .error && audited.statistic("late")?.figures.isEmpty == true)
            #expect(audited.figures.keys.sorted() == ["well"])
            #expect(audited.run.users.figures.map(\.statistic) == ["well"])
        }
    }

    @Test func `A16: figures of the beginning alone are not published`() async throws {
        let schema = "CREATE TABLE t (id int PRIMARY KEY, state int); INSERT INTO t VALUES (1, 1), (2, 1)"
        try await withDatabase(loading: [schema]) { conninfo in
            let checks = [
                repairable(
                    "t",
                    "SELECT id FROM t WHERE state = 1",
                    key: ["id"],
                    user: "id",
                    fix: "UPDATE t SET state = 0 FROM violations AS v WHERE t.id = v.id",
                    repairs: "t"
                ),
                statistic("late", "SELECT id, 1 / state AS n FROM t", user: "id"),
            ]
            let database = try await value("SELECT current_database()", at: conninfo)
            let audited = try await audit(checks, at: conninfo) { settings in
                settings.expectedDatabase = database
                settings.repair = RepairSettings()
            }
            #expect(audited.statistic("late")?.status == .error)
            #expect(audited.run.users.figures.isEmpty && audited.figures.isEmpty)
        }
    }

    @Test(arguments: [
        "SELECT owner, 1 AS n FROM job", "SELECT owner, n FROM job CROSS JOIN generate_series(1, 2) AS n WHERE id = 1",
    ])
    func `A19: several rows of a user are refused`(sql: String) async throws {
        try await withDatabase(loading: [Self.jobs]) { conninfo in
            let checks = [
                check("o", "SELECT DISTINCT owner FROM job", user: "owner"), statistic("s", sql, user: "owner"),
            ]
            let audited = try await audit(checks, at: conninfo)
            #expect(audited.statistic("s")?.error?.contains("this one returns several of the user 'u") == true)
            #expect(audited.statistic("s")?.error?.contains("GROUP BY owner") == true)
            #expect(audited.figures.isEmpty)
        }
    }

    @Test(arguments: [
        ("SELECT owner, 1 AS owner FROM job", "returns several columns 'owner'"),
        ("SELECT owner FROM job", "returns no figure beside the user"), ("SELECT 1 AS n", "returns no column 'owner'"),
        ("SELECT owner, 'a' AS which FROM job", "the figure 'which' is of the type text"),
    ])
    func `A19, C10: columns are looked at before anything is measured`(sql: String, reason: String) async throws {
        try await withDatabase(loading: [Self.jobs]) { conninfo in
            let audited = try await audit([statistic("s", sql, user: "owner")], at: conninfo)
            #expect(audited.statistic("s")?.error?.contains(reason) == true, "\(audited.statistic("s")?.error ?? "")")
        }
    }
}
