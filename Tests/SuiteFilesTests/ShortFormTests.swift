import AuditModel
import SuiteFiles
import Testing

struct ShortFormTests {
    @Test(arguments: [
        (
            "expect: not_null\ntable: public.t\ncolumns: [a, B c]\nuser: client_id\nkey: id",
            """
            SELECT client_id, id, a, "B c"
            FROM public.t
            WHERE a IS NULL OR "B c" IS NULL
            """
        ),
        (
            "expect: unique\ntable: t\ncolumns: [a, order]",
            """
            SELECT a, "order", count(*) AS copies
            FROM t
            WHERE a IS NOT NULL AND "order" IS NOT NULL
            GROUP BY a, "order"
            HAVING count(*) > 1
            """
        ),
        (
            "expect: unique\ntable: t\ncolumns: copies\nuser: client_id",
            """
            SELECT client_id, copies, number_of_copies
            FROM (
                SELECT client_id, copies, count(*) OVER (PARTITION BY copies) AS number_of_copies
                FROM t
                WHERE copies IS NOT NULL
            ) AS counted
            WHERE number_of_copies > 1
            """
        ),
        (
            "expect: accepted_values\ntable: t\ncolumns: state\nvalues: [pending, it's, 'a\\b', 7]\nkey: [id, state]",
            #"""
            SELECT id, state
            FROM t
            WHERE state NOT IN ('pending', 'it''s',  E'a\\b', '7')
            """#
        ),
        (
            "expect: references\ntable: t\ncolumns: [a, b]\nreferences: {table: s.u, columns: [x, y]}\nuser: client_id",
            """
            SELECT child.client_id, child.a, child.b
            FROM t AS child
            WHERE child.a IS NOT NULL AND child.b IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM s.u AS parent WHERE parent.x = child.a AND parent.y = child.b)
            """
        ),
    ])
    func becomesAQuery(keys: String, query: String) throws {
        let file = "---\nid: a\nkind: integrity\n\(keys)\n---\n# A\n\nProse.\n"
        let suite = try SuiteLoader.load(files: ["suite.yml": SuiteText.suite, "a.md": file], named: "s")
        guard case .violations(let work) = suite.checks[0].work else {
            Issue.record("wrong kind of work")
            return
        }
        #expect(work.find == Statement(query, at: .init(path: "s/a.md", line: 4, column: 1), isGenerated: true))
        #expect(work.scope?.text.hasPrefix("SELECT count(*) FROM ") == true)
        #expect(suite.checks[0].documentation == "Prose.\n")
        // What the loader writes, it would also accept from an author.
        let written = SuiteText.check("", sql: query)
        #expect(SuiteText.messages(written) == "")
    }
}
