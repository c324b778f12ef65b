import TestSupport
import Testing

/// Slips in SQL that show without a server.
@Suite(.timeLimit(.minutes(20)))
struct QuerySlipTests {
    static let marks: [Slip] = [
        .query(
            "single smart quotes",
            "SELECT 1 AS x FROM t WHERE s = ‘open’",
            says: "10:32",
            "typographic quotation mark",
            "straight ones"
        ),
        .query("double smart quotes", "SELECT “id” FROM t", says: "10:8", #"a name in "…""#),
        .query("a blank that is none", "SELECT\u{A0}id FROM t", says: "10:7", "U+00A0"),
        .query("a dash", "SELECT a – b AS c FROM t", says: "10:10", "'–' is a dash"),
        .query(
            "backticks",
            "SELECT `id` FROM `t`",
            says: "10:8",
            #"backticks are MySQL's; PostgreSQL puts a name in double quotes: "id""#
        ),
        .query("brackets", "SELECT [id] FROM t", says: "10:8", "square brackets are SQL Server's"),
        .query("TOP", "SELECT TOP 10 id FROM t", says: "10:8", "write LIMIT 10 at the query's end"),
        .query("LIMIT a, b", "SELECT id FROM t LIMIT 5, 10", says: "10:18", "write LIMIT 10 OFFSET 5"),
        .query("a hash", "SELECT id FROM t # all", says: "10:18", "'#' begins no comment in SQL"),
        .query("a comma too many", "SELECT id, FROM t", says: "10:10", "nothing stands behind the comma before FROM"),
        .query("an open bracket", "SELECT id FROM t WHERE (a = 1", says: "10:24", "this bracket is never closed"),
        .query(
            "a table called Order",
            "SELECT id FROM Order WHERE a = 1",
            says: "10:16",
            #"it stands in double quotes: "Order""#
        ),
        .query("a column called order", "SELECT id, order FROM t", says: "10:12", #"in double quotes: "order""#),
        .query("SELCT", "SELCT id FROM t", says: "10:1", "did you mean SELECT?"),
        .query("WERE", "SELECT id FROM t WERE a = 1", says: "10:18", "did you mean WHERE?"),
        .query(
            "a missing comma",
            "SELECT id a b FROM t",
            says: "10:13",
            "is a comma or an operator missing before it?"
        ),
        .query(
            "a missing comma and a key",
            "key: [id, total]\n",
            "SELECT id total, s FROM t",
            says: "4:7",
            "'id' is called 'total' there: is a comma missing"
        ),
        .query(
            "a column twice",
            "SELECT o.id, p.id FROM o JOIN p USING (id)",
            says: "10:14",
            "two columns of the name 'id'"
        ),
    ]

    @Test("D, A19: SQL of another kind, and unfinished SQL", arguments: marks)
    func tellsOfMarks(slip: Slip) async throws { try await slip.verify() }

    static let parameters: [Slip] = [
        .query(
            "as a table",
            "parameters: { p: t }\n",
            "SELECT 1 FROM :p",
            says: "11:15",
            "a parameter stands for a value, not for the name of a table"
        ),
        .query(
            "%(p)s",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a = %(p)s",
            says: "11:27",
            "parameters are written ':p' here",
            "1 mistake"
        ),
        .query(
            "{{ p }}",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a = {{ p }}",
            says: "11:27",
            "written ':p' here"
        ),
        .query(
            "{p}",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a = {p}",
            says: "11:27",
            "written ':p' here",
            "1 mistake"
        ),
        .query("?", "SELECT 1 FROM t WHERE a = ?", says: "10:27", "parameters have names here, such as :days"),
        .query("%s", "SELECT 1 FROM t WHERE a = %s", says: "10:27", "parameters have names here"),
        .query("$1", "SELECT 1 FROM t WHERE a = $1", says: "10:27", "give parameters names, such as :days"),
        .query(
            "@p",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a = @p",
            says: "11:27: '@p' is not the parameter 'p': write :p"
        ),
        .query(
            "unknown",
            "SELECT 1 FROM t WHERE a > :day",
            says: "10:27: unknown parameter ':day'",
            "parameters: { day: … }"
        ),
    ]

    @Test("D: parameters of another tool", arguments: parameters)
    func tellsOfParameters(slip: Slip) async throws { try await slip.verify() }

    static let quoted: [Slip] = [
        .query(
            "':p'",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a = ':p'",
            says: "11:28: ':p' stands in quotes",
            "write :p"
        ),
        .query(
            "':P'",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a = ':P'",
            says: "11:28: ':P' stands in quotes"
        ),
        .query(
            "'{{ p }}'",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a = '{{ p }}'",
            says: "11:28",
            "stands in quotes"
        ),
        .query(
            "'%(p)s'",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a = '%(p)s'",
            says: "11:28",
            "stands in quotes"
        ),
        .query(
            "'<p>'",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a = '<p>'",
            says: "11:28: '<p>' is not the parameter 'p'"
        ),
        .query(
            "in a pattern",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t WHERE a LIKE '%:p%'",
            says: "11:32",
            "write '%' || :p || '%'"
        ),
        .query(
            "in an interval",
            "parameters: { p: 3 }\n",
            "SELECT 1 FROM t WHERE a < now() - interval ':p days'",
            says: "write (:p || ' days')::interval"
        ),
        .query(
            "unused",
            "parameters: { p: t }\n",
            "SELECT 1 FROM t",
            says: "4:15: no statement of the check uses the parameter ':p'"
        ),
    ]

    @Test("A4: a parameter in quotes, or without a use", arguments: quoted)
    func tellsOfQuoted(slip: Slip) async throws { try await slip.verify() }

    static let lists: [Slip] = [
        .query(
            "IN",
            "parameters: { p: [b, c] }\n",
            "SELECT 1 FROM t WHERE a IN (:p)",
            says: "11:29",
            "write = ANY(:p)"
        ),
        .query(
            "NOT IN",
            "parameters: { p: [b, c] }\n",
            "SELECT 1 FROM t WHERE a NOT IN (:p)",
            says: "11:33",
            "write <> ALL(:p)"
        ),
        .query(
            "IN with a cast",
            "parameters: { p: [b, c] }\n",
            "SELECT 1 FROM t WHERE a IN (:p::text)",
            says: "write = ANY(:p)"
        ),
        .query(
            "IN with others",
            "parameters: { p: [b, c] }\n",
            "SELECT 1 FROM t WHERE a IN ('d', :p)",
            says: "write = ANY(:p)"
        ),
        .query("LIKE", "parameters: { p: [b, c] }\n", "SELECT 1 FROM t WHERE a LIKE :p", says: "write LIKE ANY(:p)"),
        .query(
            "ANY of one value",
            "parameters: { p: b }\n",
            "SELECT 1 FROM t WHERE a = ANY(:p)",
            says: "takes a list",
            "p: [b]"
        ),
    ]

    @Test("A3: a list where one value stands", arguments: lists)
    func tellsOfLists(slip: Slip) async throws { try await slip.verify() }

    static let reserved: [Slip] = [
        .query(
            "in the check",
            "parameters: { assay_limit: 3 }\n",
            "SELECT 1 FROM t WHERE a > :assay_limit",
            says: "4:15: ':assay_limit' is reserved"
        ),
        .query("without a value", "SELECT 1 FROM t WHERE a > :assay_rows", says: "10:27: ':assay_rows' is reserved"),
        Slip.query("in suite.yml", "SELECT 1 AS x", says: "suite.yml:3:15: ':Assay_x' is reserved")
            .with(suite: "id: s\ntitle: S\nparameters: { Assay_x: 1 }\n"),
    ]

    @Test("B5: names that are assay's own", arguments: reserved)
    func tellsOfReserved(slip: Slip) async throws { try await slip.verify() }

    @Test("B5: names that are assay's own in assay.yml")
    func reservedInConfiguration() async throws {
        var slip = Slip.query("assay.yml", "SELECT 1 AS x", says: "assay.yml:2:15: ':assay_x' is reserved")
        slip.files["assay.yml"] = "suite: suite\nparameters: { assay_x: 1 }\n"
        slip.arguments = ["lint"]
        slip.status = 78
        try await slip.verify()
    }

    static let fixes: [Slip] = [
        .fix(
            "RETURNING",
            "repairs: t\n",
            "SELECT id FROM t",
            "DELETE FROM t USING violations AS v WHERE t.id = v.id RETURNING t.id",
            says: "16:65",
            "has RETURNING; leave it out"
        ),
        .fix(
            "RETURNING OLD",
            "repairs: t\n",
            "SELECT id FROM t",
            "DELETE FROM t USING violations AS v WHERE t.id = v.id RETURNING OLD.id",
            says: "has RETURNING; leave it out"
        ),
        .fix(
            "without violations",
            "repairs: t\n",
            "SELECT id FROM t",
            "DELETE FROM t",
            says: "16:1",
            "does not read from 'violations'"
        ),
        .fix(
            "another table",
            "repairs: u\n",
            "SELECT id FROM t",
            "DELETE FROM t USING violations AS v WHERE t.id = v.id",
            says: "16:13",
            "writes 't', but 'repairs' names 'u'"
        ),
        .check(
            "a scope of two columns",
            "",
            "```sql find\nSELECT 1 AS x\n```\n\n```sql scope\nSELECT 1, 2\n```\n",
            says: "15:11",
            "returns one number, and this returns 2 columns"
        ),
    ]

    @Test("D: what a fix and a scope may not do is told without a server", arguments: fixes)
    func tellsOfFixes(slip: Slip) async throws { try await slip.verify() }

    static let effects = [
        "pg_terminate_backend(1)", "pg_import_system_collations('x')", "lo_export(1, '/x')", "pg_reload_conf()",
        "dblink_exec('x', 'y')", "pg_stat_reset()", "pg_promote()", "pg_switch_wal()", "pg_create_restore_point('x')",
        "pg_logical_emit_message(true, 'a', 'b')", "pg_drop_replication_slot('x')", "\"pg_cancel_backend\"(1)",
        "pg_catalog.pg_rotate_logfile()", "pg_stat_kcache_reset()", "pg_file_write('a', 'b', true)",
        "pg_buffercache_mark_dirty(1)", "aws_s3.query_export_to_s3('x', 'y')",
    ]

    @Test("B3: functions that act under READ ONLY", arguments: effects)
    func tellsOfEffects(call: String) async throws {
        let find = "SELECT \(call) AS x"
        try await Slip.query(call, find, says: "suite/a.md:10:8: ", "a check must not call it").verify()
    }

    @Test("B3: functions that reach other servers are warned of", arguments: ["dblink('x', 'y')", "http_get('x')"])
    func tellsOfConnections(call: String) async throws {
        var slip = Slip.query(call, "SELECT \(call) AS x", says: "warning: ", "over a connection of its own")
        slip.status = 0
        try await slip.verify()
    }

    @Test("B4: SQL that is newer than the parser is told as what it may be")
    func newer() async throws {
        let find = "SELECT x FROM JSON_TABLE('[1]'::jsonb, '$[*]' COLUMNS (x int PATH '$')) AS t"
        try await Slip.query("JSON_TABLE", find, says: "10:47", "if the SQL is newer, 'assay lint --database").verify()
    }
}
