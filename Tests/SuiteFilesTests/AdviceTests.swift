import AuditModel
import SuiteFiles
import Testing

/// Mistakes of the first hour: what is wrong, where, and what to write.
struct AdviceTests {
    private static let find = "```sql find\nSELECT n FROM t\n```\n"

    private static func fixing(_ fix: String) -> String {
        SuiteText.check(
            fences: find + "```sql fix\n\(fix)\n```\n",
            keys: "key: n\nrepairs: t\nfix_limits: none\n"
        )
    }

    private static func statistic(_ keys: String, _ measure: String) -> String {
        "---\nid: a\nkind: statistic\n\(keys)---\n# A\n```sql measure\n\(measure)\n```\n"
    }

    static let mistakes: [(file: String, says: String)] = [
        (
            fixing("DELETE FROM t USING violations AS v WHERE t.n = v.n\nRETURNING t.n"),
            "s/a.md:14:11: the fence 'sql fix' has RETURNING; leave it out"
        ),
        (
            fixing("INSERT INTO t SELECT n FROM violations\nON CONFLICT (n) DO UPDATE SET n = 1"),
            "s/a.md:14:1: ON CONFLICT DO UPDATE changes rows that were no violations"
        ),
        (
            fixing("MERGE INTO t USING violations AS v ON t.n = v.n WHEN MATCHED THEN DELETE"),
            "s/a.md:13:1: the fence 'sql fix' takes one INSERT, UPDATE or DELETE; this is a MERGE"
        ),
        (
            fixing("DELETE FROM t USING violations AS v WHERE t.n = v.n RETURNING OLD.n, WITH (x)"),
            "is run only when the parser here, of PostgreSQL 15, can read it"
        ),
        (
            SuiteText.check(fences: find + "```sql scope\nSELECT count(*), 1 FROM t\n```\n"),
            "the fence 'sql scope' returns one number, and this returns 2 columns"
        ),
        (
            SuiteText.check("key: id", sql: "SELECT id name FROM t"),
            "'id' is called 'name' there: is a comma missing between the two?"
        ),
        (
            SuiteText.check("parameters: {x: 1}", sql: "SELECT n FROM t WHERE n = %(x)s"),
            "parameters are written ':x' here"
        ),
        (
            SuiteText.check("parameters: {x: 1}", sql: "SELECT n FROM t WHERE n = {{ x }}"),
            "parameters are written ':x' here"
        ),
        (SuiteText.check("parameters: {x: t}", sql: "SELECT n FROM :x"), "not for the name of a table or column"),
        (SuiteText.check("", sql: "SELECT n FROM t WHERE s = ‘x’"), "s/a.md:8:27: '‘' is a typographic quotation mark"),
        (
            SuiteText.check("parameters: {x: [a, null]}", sql: "SELECT n FROM t WHERE s = ANY(:x)"),
            "a list holds no null"
        ),
        (
            "---\nid: a\nkind: integrity\n---\n#A\n" + find,
            "there is no title: a blank belongs between '#' and the title"
        ),
        ("---\nid: a\nkind: integrity\n---\n## A\n" + find, "and this one has '##'"),
        (
            SuiteText.check(fences: "```postgres\nSELECT 1 AS n\n```\n"),
            "s/a.md:6:1: there is no fence 'sql find', which an integrity check without 'expect' needs"
        ),
        (
            "---\nid: a\nkind: integrity\nexpect: not_null\ntable: t\ncolumns: a\nwhere: b > 1\n---\n# A\n",
            "s/a.md:7:1: a short form has no condition"
        ),
        (
            "---\nid: a\nkind: integrity\nexpect: not_null\ntable: core.\"Tenant\"\ncolumns: a\n---\n# A\n",
            "s/a.md:5:8: names stand here without SQL's double quotes"
        ),
        (statistic("format: {n: procent}\n", "SELECT 1 AS n"), "'procent' is no format of a figure"),
        (statistic("limits: {m: {error: '> 1'}}\n", "SELECT 1 AS n"), "returns no column 'm', which 'limits' names"),
        (statistic("format: {m: percent}\n", "SELECT 1 AS n"), "returns no column 'm', which 'format' names"),
        (
            SuiteText.check("", sql: "SELECT set_config('a.b', 'c', false) AS n"),
            "set_config changes a setting of the session"
        ),
        (SuiteText.check("", sql: "SELECT lo_export(1, '/x') AS n"), "lo_export acts at once"),
        (
            SuiteText.check("", sql: "SELECT query_to_xml('x', true, true, '') AS n"),
            "runs a statement that is a text here"
        ),
    ]

    @Test("D: it is said what is wrong, where, and what to write", arguments: mistakes)
    func mistake(file: String, says: String) {
        let message = SuiteText.messages(file)
        #expect(message.contains(says), "\(message)")
    }

    @Test(
        "D: users of a suite",
        arguments: [
            ("users: SELECT a, b FROM t", "'users' takes 'label'"),
            ("users: {label: SELECT a, b FROM t}", "'label' does not use ':users'"),
            ("users: {label: \"SELECT a FROM t WHERE a = ANY(:users)\"}", "returns 1 column instead of two"),
        ]
    )
    func users(line: String, says: String) {
        let files = ["suite.yml": SuiteText.suite + line + "\n", "a.md": SuiteText.check]
        #expect(SuiteText.messages(files: files).contains(says), "\(SuiteText.messages(files: files))")
    }

    @Test("B3: every function that acts at once is a mistake, and one that only returns a value is none")
    func functions() {
        for name in ["pg_import_system_collations", "dblink_exec", "pg_terminate_backend", "pg_stat_reset_shared"] {
            let message = SuiteText.messages(SuiteText.check("", sql: "SELECT \(name)('x') AS n"))
            #expect(message.contains("\(name) acts at once") && !message.contains("warning: \(name)"), "\(message)")
        }
        for name in ["dblink", "nextval", "pg_advisory_lock", "pg_sleep", "pg_read_file", "currval"] {
            let message = SuiteText.messages(SuiteText.check("", sql: "SELECT \(name)('x') AS n"))
            #expect(message.contains("warning: \(name)"), "\(message)")
        }
        #expect(SuiteText.messages(SuiteText.check("", sql: "SELECT upper('x') AS n")) == "")
    }
}
