import AuditEngine
import AuditModel
import Logging
import TestSupport
import Testing

struct ServerLintTests {
    private func lint(_ checks: [Check], at conninfo: String, labels: String? = nil) async throws -> [String] {
        let suite = Suite(
            id: "tests",
            title: "Tests",
            path: "tests",
            digest: "",
            checks: checks,
            userLabels: labels.map { Statement($0, at: .init(path: "suite.yml", line: 3, column: 5)) }
        )
        let lint = ServerLint(
            suite: suite,
            settings: AuditSettings(conninfo: conninfo),
            logger: Logger(label: "tests") { _ in CollectedLog() }
        )
        return try await lint.run().map { finding in
            "\(finding.place.path):\(finding.place.line):\(finding.place.column): "
                + (finding.isWarning ? "warning: " : "") + finding.message
        }
    }

    private func repairing(_ fix: String) -> Check {
        var repairing = check("fixes", "SELECT id FROM item")
        let place = Statement.Place(path: "fixes.md", line: 20, column: 1)
        repairing.work = .violations(
            ViolationWork(
                find: Statement("SELECT id FROM item -- all of them", at: .init(path: "fixes.md", line: 10, column: 1)),
                repair: Repair(fix: Statement(fix, at: place), table: "item")
            )
        )
        return repairing
    }

    @Test func everyStatementIsPlannedAndEveryMistakePlaced() async throws {
        try await withDatabase(loading: ["CREATE TABLE item (id int)"]) { conninfo in
            var keyed = check("keyed", "SELECT id FROM item", user: "owner")
            keyed.work = .violations(
                ViolationWork(
                    find: Statement("SELECT id FROM item", at: .init(path: "keyed.md", line: 10, column: 1)),
                    key: ["name"]
                )
            )
            let found = try await lint(
                [
                    check("sound", "SELECT id FROM item WHERE id < :n::int", user: "id", parameters: ["n": .text("3")]),
                    check("table", "SELECT 1\nFROM itm"),
                    keyed,
                    repairing("UPDATE item SET nme = 1\nFROM violations AS v WHERE v.id = item.id"),
                    statistic("rates", "SELECT 1 AS a", limits: ["b": FigureLimits()]),
                ],
                at: conninfo,
                labels: "SELECT 1 FROM gone WHERE 1 = ANY(:users)"
            )
            #expect(
                found == [
                    "table.md:11:6: relation \"itm\" does not exist (SQLSTATE 42P01). Did you mean item?",
                    "keyed.md:10:1: the query returns no column 'name', which `key:` names; it returns id",
                    "keyed.md:10:1: the query returns no column 'owner', which `user:` names; it returns id",
                    "fixes.md:20:17: column \"nme\" of relation \"item\" does not exist (SQLSTATE 42703)",
                    "rates.md:10:1: the query returns no column 'b', which `limits:` names; it returns a",
                    "suite.yml:3:19: relation \"gone\" does not exist (SQLSTATE 42P01)",
                ]
            )
        }
    }

    @Test func `A19, C10, F03: figures that are none are told before a run`() async throws {
        try await withDatabase { conninfo in
            let limits = ["n": FigureLimits(error: .init(.greater, 1, description: "> 1"))]
            let found = try await lint(
                [
                    statistic("twice", "SELECT 1 AS n, 2 AS n"), statistic("words", "SELECT 'x' AS n"),
                    statistic("time", "SELECT now() - now() AS n", limits: limits),
                    statistic("shown", "SELECT 1 AS a", formats: ["n": .percent]), statistic("good", "SELECT 1 AS n"),
                ],
                at: conninfo
            )
            #expect(found.count == 4)
            let reasons = ["several columns 'n'", "of the type text", "of the type interval", "which `format:` names"]
            for (message, reason) in zip(found, reasons) { #expect(message.contains(reason), "\(message)") }
        }
    }

    @Test func aMissingPrivilegeIsNamedAndThatOfAFixOnlyWarnedOf() async throws {
        let schema = """
            CREATE TABLE item (id int); CREATE TABLE other (id int);
            CREATE ROLE reader_c LOGIN; GRANT SELECT ON item TO reader_c
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let found = try await lint(
                [
                    check("closed", "SELECT * FROM other"),
                    repairing("DELETE FROM item USING violations AS v WHERE v.id = item.id"),
                ],
                at: conninfo + " user=reader_c"
            )
            #expect(
                found == [
                    "closed.md:10:1: permission denied for table other (SQLSTATE 42501). Grant it to the role reader_c; `assay sql roles` prints what it needs",
                    "fixes.md:20:1: warning: permission denied for table item (SQLSTATE 42501). Grant it to the role reader_c; `assay sql roles` prints what it needs; an audit does not need it",
                ]
            )
            try await TestDatabase.load(["DROP OWNED BY reader_c; DROP ROLE reader_c"], into: conninfo)
        }
    }

    @Test func aTableWithoutAKeyCannotBeRepairedAndSaysSo() async throws {
        try await withDatabase(loading: ["CREATE TABLE item (id int)"]) { conninfo in
            let found = try await lint(
                [repairing("DELETE FROM item USING violations AS v WHERE v.id = item.id")],
                at: conninfo
            )
            #expect(found.first?.contains("public.item has neither a primary key") == true)
        }
    }

    @Test func nothingIsRun() async throws {
        try await withDatabase(loading: ["CREATE TABLE item (id int PRIMARY KEY); INSERT INTO item VALUES (1)"]) {
            conninfo in
            let found = try await lint(
                [repairing("DELETE FROM item USING violations AS v WHERE v.id = item.id")],
                at: conninfo
            )
            #expect(found.isEmpty)
            #expect(try await value("SELECT count(*) FROM item", at: conninfo) == "1")
        }
    }

    private static let shop = [
        """
        CREATE SCHEMA core; CREATE SCHEMA app; CREATE DOMAIN app.labels AS text[];
        CREATE TABLE core."Tenant" (id int PRIMARY KEY, "tenantName" text, status text);
        CREATE TABLE app.orders (id int PRIMARY KEY, "createdAt" timestamptz, status text, tags text[], email text);
        """
    ]

    @Test(
        "D: the catalog's spelling of a table or column is named",
        arguments: [
            ("SELECT id FROM core.Tenant", "There is core.\"Tenant\": write it so"),
            ("SELECT id FROM orders", "There is app.orders: write it so"),
            ("SELECT id FROM \"Orders\"", "There is app.orders: write it so"),
            ("SELECT id FROM app.order", "Did you mean app.orders?"),
            ("SELECT createdAt FROM app.orders", "There is a column \"createdAt\": write it so"),
            ("SELECT o.stat FROM app.orders AS o", "Did you mean status?"),
        ]
    )
    func spelling(find: String, advice: String) async throws {
        try await withDatabase(loading: Self.shop) { conninfo in
            let found = try await lint([check("a", find)], at: conninfo)
            #expect(found.count == 1 && found[0].hasSuffix(advice), "\(found)")
            // An audit says the same.
            let run = try await audit([check("a", find)], at: conninfo).run
            #expect(run.checks[0].status == .error)
            #expect(run.checks[0].error?.hasSuffix(advice) == true, "\(run.checks[0].error ?? "")")
        }
    }

    @Test("D: the table of `repairs` is looked for, too")
    func repairedTable() async throws {
        try await withDatabase(loading: Self.shop) { conninfo in
            var check = check("a", "SELECT id FROM core.\"Tenant\"")
            let place = Statement.Place(path: "a.md", line: 20, column: 1)
            let fix = Statement("DELETE FROM core.\"Tenant\" AS t USING violations AS v WHERE v.id = t.id", at: place)
            let find = Statement("SELECT id FROM core.\"Tenant\"", at: place)
            check.work = .violations(ViolationWork(find: find, repair: Repair(fix: fix, table: "core.tenant")))
            let found = try await lint([check], at: conninfo)
            #expect(found.count == 1 && found[0].hasSuffix("There is core.Tenant: write it so"), "\(found)")
        }
    }

    @Test(
        "A3: a list stands only where PostgreSQL takes an array, and one value only where it takes one",
        arguments: [
            ("status = :l", "':l' is a list, and one value of the type text stands here"),
            ("lower(:l) = status", "':l' is a list, and one value of the type text stands here"),
            ("status IN (SELECT :l::text)", "':l' is a list, and one value of the type text stands here"),
            ("status BETWEEN :l AND 'z'", "':l' is a list, and one value of the type text stands here"),
            ("status = ANY(ARRAY[:l])", "':l' is a list, and one value of the type text stands here"),
            ("status ~ :l", "':l' is a list, and one value of the type text stands here"),
            ("tags = :one", "':one' is one value, and an array of the type text[] stands here"),
            ("tags && :one", "':one' is one value, and an array of the type text[] stands here"),
            ("id = :one", "the value of ':one' is none of the type integer"),
            ("\"createdAt\" < now() - :one", "Say of which type the parameter is: write :one::interval"),
        ]
    )
    func lists(condition: String, message: String) async throws {
        try await withDatabase(loading: Self.shop) { conninfo in
            let values: [String: ParameterValue] = ["l": .list(["a", "b"]), "one": .text("a")]
            let wrong = check("a", "SELECT id FROM app.orders WHERE \(condition)", parameters: values)
            let found = try await lint([wrong], at: conninfo)
            #expect(found.count == 1 && found[0].contains(message) && found[0].hasPrefix("a.md:10:"), "\(found)")
            let run = try await audit([wrong], at: conninfo).run
            #expect(run.checks[0].status == .error)
            #expect(run.checks[0].error?.contains(message) == true, "\(run.checks[0].error ?? "")")
        }
    }

    @Test(
        "A3: a list where an array stands is taken",
        arguments: [
            "status = ANY(:l)", "status <> ALL(:l)", "tags = :l", "tags && :l", "status IN (SELECT unnest(:l::text[]))",
            "status LIKE ANY(:l)", "array_position(:l::text[], status) > 0",
            "tags @> :l OR tags <@ :l", "tags && :l::app.labels",
        ]
    )
    func rightLists(condition: String) async throws {
        try await withDatabase(loading: Self.shop) { conninfo in
            let values: [String: ParameterValue] = ["l": .list(["a", "b"])]
            let right = check("a", "SELECT id FROM app.orders WHERE \(condition)", parameters: values)
            let found = try await lint([right], at: conninfo)
            #expect(found == [])
            let run = try await audit([right], at: conninfo).run
            #expect(run.checks[0].status == .clear)
        }
    }

    @Test("A3: a list in a scope, a statistic and a fix is looked at, too")
    func listsElsewhere() async throws {
        try await withDatabase(loading: Self.shop + ["INSERT INTO app.orders VALUES (1)"]) { conninfo in
            let values: [String: ParameterValue] = ["l": .list(["a", "b"])]
            let scope = check(
                "scope",
                "SELECT id FROM app.orders",
                scope: "SELECT count(*) FROM app.orders WHERE status <> :l",
                parameters: values
            )
            var figures = statistic("figures", "SELECT count(*) AS n FROM app.orders WHERE status = :l")
            figures.parameters = values
            let found = try await lint([scope, figures], at: conninfo)
            #expect(found.count == 2 && found.allSatisfy { $0.contains("':l' is a list") }, "\(found)")
            let labels = "SELECT email, status FROM app.orders WHERE email = :users"
            let label = try await lint([], at: conninfo, labels: labels)
            #expect(label.count == 1 && label[0].hasPrefix("suite.yml:3:56: ':users' is a list"), "\(label)")
            let run = try await audit([scope, figures], at: conninfo).run
            #expect(run.checks[0].error?.contains("':l' is a list") == true)
            #expect(run.statistics[0].error?.contains("':l' is a list") == true)

            let place = Statement.Place(path: "fix.md", line: 20, column: 1)
            var fixing = check("fix", "SELECT id FROM app.orders", parameters: values)
            fixing.work = .violations(
                ViolationWork(
                    find: Statement("SELECT id FROM app.orders", at: place),
                    repair: Repair(
                        fix: Statement(
                            "DELETE FROM app.orders AS o USING violations AS v WHERE v.id = o.id AND o.email IS DISTINCT FROM :l",
                            at: place
                        ),
                        table: "app.orders"
                    )
                )
            )
            let refused = try await lint([fixing], at: conninfo)
            #expect(refused.first?.contains("':l' is a list") == true)
            let fixed = try await audit([fixing], at: conninfo) { settings in
                settings.repair = RepairSettings()
                settings.expectedDatabase = conninfo.database
            }.run
            #expect(fixed.checks[0].error?.contains("':l' is a list") == true, "\(fixed.checks[0].error ?? "")")
            let left = try await value("SELECT count(*) FROM app.orders", at: conninfo)
            #expect(left == "1")
        }
    }

    @Test("A19: two columns of one name", arguments: ["SELECT 1, 2", "SELECT o.*, o.id FROM app.orders AS o"])
    func doubles(find: String) async throws {
        try await withDatabase(loading: Self.shop) { conninfo in
            let found = try await lint([check("a", find)], at: conninfo)
            #expect(found.count == 1 && found[0].contains("returns two columns of the name"), "\(found)")
            let run = try await audit([check("a", find)], at: conninfo).run
            #expect(run.checks[0].error?.contains("returns two columns of the name") == true)
        }
    }

    @Test("D: a division by zero in the data is placed at the division")
    func division() async throws {
        try await withDatabase(loading: Self.shop + ["INSERT INTO app.orders VALUES (1)"]) { conninfo in
            let run = try await audit([check("a", "SELECT id\nFROM app.orders WHERE 1 / (id - 1) > 0")], at: conninfo)
                .run
            let error = run.checks[0].error ?? ""
            #expect(error.hasPrefix("a.md:11:25: division by zero") && error.contains("nullif"), "\(error)")
        }
    }

    @Test("D: a scope of text or of two columns, and labels of another type than the users")
    func scopeAndLabels() async throws {
        try await withDatabase(loading: Self.shop) { conninfo in
            let found = try await lint(
                [
                    check("text", "SELECT id, email FROM app.orders", user: "email", scope: "SELECT 'x'"),
                    check("two", "SELECT id FROM app.orders", scope: "SELECT id, id + 1 FROM app.orders"),
                ],
                at: conninfo,
                labels: "SELECT id, status FROM app.orders WHERE id = ANY(:users)"
            )
            let messages = found.map { $0.drop { $0 != " " }.dropFirst() }
            #expect(
                messages == [
                    "a scope is one row with one whole number, the rows that the check looked at; this one is of the type text",
                    "a scope is one row with one whole number, the rows that the check looked at; this returns 2 columns",
                    "warning: `users: label:` looks users up as integer, and those of the check 'text' are text: cast both to "
                        + "text, as in WHERE id::text = ANY(:users)",
                ]
            )
        }
    }
}

extension String {
    /// The name in a conninfo of a test's database.
    fileprivate var database: String? {
        firstMatch(of: /dbname='?(\w+)/).map { String($0.output.1) }
    }
}
