import AuditEngine
import AuditModel
import TestSupport
import Testing

struct ViolationTests {
    @Test func rowsAreWrittenCountedAndSampled() async throws {
        try await withDatabase(loading: [
            """
            CREATE TABLE item (id int, owner text, note text);
            INSERT INTO item VALUES (1, 'ada', NULL), (2, 'ada', ''), (3, NULL, 'a,"b"' || chr(10) || 'c'), (4, 'eve', 'x')
            """
        ]) { conninfo in
            let find = "SELECT id, owner, note FROM item ORDER BY id"
            let audited = try await audit([check("items", find, user: "owner", scope: "SELECT 7")], at: conninfo)
            let result = try #require(audited.check("items"))
            #expect(result.status == .failing)
            #expect(result.before == 4 && result.after == 4 && result.repaired == nil)
            #expect(result.scopeBefore == 7)
            #expect(result.usersBefore == 2, "no owner is nobody")
            #expect(result.sample.columns == ["id", "owner", "note"])
            #expect(result.sample.rows[0] == ["1", "ada", nil])
            #expect(result.sample.rows[1] == ["2", "ada", ""])
            #expect(result.sample.rows[2] == ["3", nil, "a,\"b\"\nc"])
            #expect(audited.findings["items"] == "id,owner,note\n1,ada,\n2,ada,\"\"\n3,,\"a,\"\"b\"\"\nc\"\n4,eve,x\n")
            let users = audited.run.users
            #expect(users.index(of: "ada").map { users.tally(check: 0, user: $0).before } == 2)
            #expect(users.index(of: "").map { users.tally(check: 0, user: $0).before } == 1)
            #expect(audited.run.totals == Totals(before: 4, repaired: nil, after: 4, usersBefore: 2, usersAfter: 2))
        }
    }

    @Test func aStatementWithParametersFindsTheSameBytes() async throws {
        try await withDatabase { conninfo in
            let note = "CASE g % 4 WHEN 0 THEN '' WHEN 1 THEN 'a,b' WHEN 2 THEN '\"' ELSE NULL END"
            let rows =
                "SELECT g AS id, nullif(g % 3, 0)::text AS owner, \(note) AS note, clock.t FROM generate_series(1, "
            let clock = ") AS g, (SELECT timestamptz '2026-11-23 03:15+00' AS t) AS clock ORDER BY g -- the end"
            let audited = try await audit(
                [
                    check("plain", rows + "1000" + clock, user: "owner"),
                    check("bound", rows + ":n::int" + clock, user: "owner", parameters: ["n": .text("1000")]),
                ],
                at: conninfo
            )
            let plain = try #require(audited.findings["plain"])
            #expect(plain == audited.findings["bound"])
            #expect(plain.split(separator: "\n").count == 1001)
            #expect(audited.check("plain")?.sample == audited.check("bound")?.sample)
            #expect(audited.check("plain")?.sample.rows.count == 50)
            let users = audited.run.users
            for user in 0..<users.count {
                #expect(users.tally(check: 0, user: user) == users.tally(check: 1, user: user))
            }
        }
    }

    @Test func nothingFoundIsClearAndHasAFileWithItsHeader() async throws {
        try await withDatabase { conninfo in
            let audited = try await audit([check("none", "SELECT 1 AS id WHERE false")], at: conninfo)
            #expect(audited.check("none")?.status == .clear)
            #expect(audited.findings["none"] == "id\n")
            #expect(audited.run.outcome == .clear)
        }
    }

    @Test(arguments: [(Severity.error, Status.failing), (.warning, .warning), (.info, .info)])
    func severityMakesTheStatus(severity: Severity, status: Status) async throws {
        try await withDatabase { conninfo in
            let audited = try await audit([check("one", "SELECT 1 AS id", severity: severity)], at: conninfo)
            #expect(audited.check("one")?.status == status)
        }
    }

    @Test func aLongValueIsWholeInTheFileAndCutInTheSample() async throws {
        try await withDatabase { conninfo in
            let audited = try await audit([check("long", "SELECT repeat('é', 5242880) AS text")], at: conninfo)
            #expect(audited.findings["long"]?.utf8.count == 5 + 10_485_760 + 1)
            let sample = try #require(audited.check("long")?.sample.rows[0][0])
            #expect(sample == String(repeating: "é", count: 500) + "… (10485760 bytes)")
        }
    }

    @Test func bytesThatAreNoUTF8PassThroughAndAreReplacedForPeople() async throws {
        try await TestDatabase.with(options: "TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'") {
            conninfo in
            let audited = try await audit([check("raw", #"SELECT E'a\xffb' AS owner"#, user: "owner")], at: conninfo)
            #expect(audited.check("raw")?.error == nil)
            #expect(audited.check("raw")?.sample.rows == [["a\u{FFFD}b"]])
            #expect(audited.run.users.withID(0) { Array($0) } == [0x61, 0xFF, 0x62])
        }
    }

    @Test func onlyOneUserIsLookedAtWhenOneIsSelected() async throws {
        try await withDatabase { conninfo in
            let id = "7e1018e4-5644-4031-a05c-4166cc877264"
            let audited = try await audit(
                [
                    check("mine", "SELECT gen_random_uuid() AS u UNION ALL SELECT uuid '\(id)'", user: "u"),
                    check("nobodys", "SELECT 1 AS n"),
                ],
                at: conninfo
            ) { $0.selection.user = id }
            #expect(audited.check("mine")?.before == 1)
            #expect(audited.findings["mine"] == "u\n\(id)\n")
            #expect(audited.check("nobodys")?.status == .skipped)
            #expect(
                audited.run.coverage
                    == Coverage(
                        measured: 1,
                        notMeasured: [.init(id: "nobodys", reason: "it names no user, and --user selects one")]
                    )
            )
        }
    }

    @Test func checksAreSelectedByIDAndByTag() async throws {
        try await withDatabase { conninfo in
            let checks = [
                check("a", "SELECT 1 AS n", tags: ["nightly"]), check("b", "SELECT 1 AS n"),
                check("c", "SELECT 1 AS n", tags: ["hourly"]),
            ]
            let byID = try await audit(checks, at: conninfo) { $0.selection.checks = ["b", "c"] }
            #expect(byID.run.checks.map(\.status) == [.skipped, .failing, .failing])
            let byTag = try await audit(checks, at: conninfo) { $0.selection.tags = ["nightly"] }
            #expect(byTag.run.checks.map(\.status) == [.failing, .skipped, .skipped])
            let error = await #expect(throws: AuditError.self) {
                try await audit(checks, at: conninfo) { $0.selection.checks = ["d"] }
            }
            #expect(error?.description == "the suite has no check 'd'; it has a, b, c")
        }
    }
}
