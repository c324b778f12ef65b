import AuditModel
import SuiteFiles
import Testing

/// Repairs and short forms that would do more, or less, than their author thinks.
struct RepairFormTests {
    private static func fixing(_ keys: String) -> String {
        SuiteText.check(
            fences:
                "```sql find\nSELECT n FROM t\n```\n```sql fix\nDELETE FROM t USING violations AS v WHERE t.n = v.n\n```\n",
            keys: "key: n\nrepairs: t\n\(keys)"
        )
    }

    private static func limits(_ keys: String) throws -> RepairLimits? {
        let files = ["suite.yml": SuiteText.suite, "a.md": fixing(keys)]
        guard case .violations(let work) = try SuiteLoader.load(files: files, named: "s").checks[0].work else {
            return nil
        }
        return work.repair?.limits
    }

    @Test("A5: a fix without limits has the default ones, which is told")
    func defaults() throws {
        let limits = try #require(try Self.limits(""))
        #expect(limits == .default && limits.rows == 10_000 && limits.share == 0.1 && limits.isDefault)
        let told = SuiteText.messages(Self.fixing(""))
        #expect(told.contains("s/a.md:11:1: note: there is no 'fix_limits', so that the fix refuses more than 10,000"))
        #expect(
            told.contains("violations or 10 % of the rows, and repairs up to 20 in any case; 'fix_limits: none' lifts")
        )
    }

    @Test("A5: only the word none lifts the limits")
    func none() throws {
        #expect(try Self.limits("fix_limits: none\n") == RepairLimits.none)
        #expect(SuiteText.messages(Self.fixing("fix_limits: none\n")) == "")
        #expect(try Self.limits("fix_limits: { rows: 5 }\n") == RepairLimits(rows: 5))
        #expect(SuiteText.messages(Self.fixing("fix_limits: {}\n")).contains("'fix_limits' is empty"))
        #expect(SuiteText.messages(Self.fixing("fix_limits:\n")).contains("'fix_limits' takes 'rows' and 'share'"))
        #expect(SuiteText.messages(Self.fixing("fix_limits: no\n")).contains("or none"))
    }

    @Test(
        "A19: two columns of one name are refused",
        arguments: [
            ("SELECT o.id, o.n, o.id FROM o", "s/a.md:7:19: the fence 'sql find' returns two columns of the name 'id'"),
            (
                "SELECT 1 AS x, count(*) AS x FROM o",
                "s/a.md:7:16: the fence 'sql find' returns two columns of the name 'x'"
            ),
            (
                "SELECT id, * , a AS id FROM o",
                "two columns of the name 'id'; give one of them another: … AS other_name"
            ),
        ]
    )
    func doubles(sql: String, says: String) {
        let message = SuiteText.messages(SuiteText.check("key: id", sql: sql).replacing("key: id\n", with: ""))
        #expect(message.contains(says), "\(message)")
    }

    @Test("A19: two columns of one name are refused in a statistic, too")
    func doubleFigures() {
        let text = "---\nid: a\nkind: statistic\n---\n# A\n```sql measure\nSELECT 1 AS n, 2 AS n\n```\n"
        #expect(SuiteText.messages(text).contains("the fence 'sql measure' returns two columns of the name 'n'"))
    }

    @Test("F27: with a fix, of equal rows the one with the smallest key stays")
    func survivor() throws {
        func file(_ key: String) -> String {
            "---\nid: a\nkind: integrity\nexpect: unique\ntable: t\ncolumns: email\n\(key)repairs: t\nfix_limits: none\n---\n# A\n"
                + "```sql fix\nDELETE FROM t USING violations AS v WHERE t.id = v.id\n```\n"
        }
        let files = ["suite.yml": SuiteText.suite, "a.md": file("key: id\n")]
        guard case .violations(let work) = try SuiteLoader.load(files: files, named: "s").checks[0].work else {
            Issue.record("wrong kind of work")
            return
        }
        #expect(work.find.text.contains("row_number() OVER (PARTITION BY email ORDER BY id) AS place_among_copies"))
        #expect(work.find.text.hasSuffix("WHERE place_among_copies > 1"))
        for key in ["", "key: email\n"] {
            let message = SuiteText.messages(file(key))
            #expect(message.contains("a fix of 'expect: unique' needs 'key', the columns that tell the rows apart"))
        }
    }
}
