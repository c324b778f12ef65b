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
                    "table.md:11:6: relation \"itm\" does not exist (SQLSTATE 42P01)",
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
                    "closed.md:10:1: permission denied for table other (SQLSTATE 42501)",
                    "fixes.md:20:1: warning: permission denied for table item (SQLSTATE 42501); an audit does not need it",
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
}
