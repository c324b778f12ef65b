import TestSupport
import Testing

/// Slips in YAML and Markdown.
@Suite(.timeLimit(.minutes(20)))
struct FileSlipTests {
    private static let measure = "```sql measure\nSELECT 1 AS x\n```\n"
    private static let fixing = "```sql find\nSELECT 1 AS x\n```\n\n```sql fix\nDELETE FROM t USING violations\n```\n"

    static let yaml: [Slip] = [
        .check("a tab", "parameters:\n\tage: 3\n", says: "suite/a.md:5:1: a tab stands here", "⇥age: 3", "put blanks"),
        .check("a tab in a list", "tags:\n\t- b\n", says: "suite/a.md:5:1: a tab stands here"),
        .check(
            "> in braces",
            "limits:\n  x: { error: > 1 }\n",
            kind: "statistic",
            measure,
            says: "5:15",
            #"needs quotes: "> 1""#
        ),
        .check(
            "> below",
            "limits:\n  x:\n    error: > 1\n",
            kind: "statistic",
            measure,
            says: "6:12",
            #"needs quotes: "> 1""#
        ),
        .check("!=", "limits: { x: { error: != 0 } }\n", kind: "statistic", measure, says: "4:23", "'!' needs quotes"),
        .check(
            "a percentage",
            "limits: { x: { error: < 95% } }\n",
            kind: "statistic",
            measure,
            says: "4:23",
            "such as 0.95"
        ),
        .check("@", "tags: @nightly\n", says: "4:7", #"a value that begins with '@' needs quotes: "@nightly""#),
        .check("*", "key: *\n", says: "4:6", "a value that begins with '*' needs quotes"),
        .check("an open bracket", "tags: [b, c\n", says: "4:7", "a bracket is never closed"),
        .check("a comment in brackets", "tags: [b, #c]\n", says: "4:7", "'#' behind a blank begins a comment"),
        .check("a list without blanks", "tags:\n  -b\n  -c\n", says: "4:1", "a list's lines begin with '- '"),
        .check("two tags in one", "tags: b c\n", says: "4:7", "a tag is one word; several stand in brackets: [b, c]"),
        .check("no value", "user:\n", says: "4:1: 'user' has no value"),
        .check(
            "an unknown key",
            "params: { age: 3 }\n",
            says: "4:1: unknown key 'params'; the keys here are id,",
            "did you mean 'parameters'?"
        ),
        .check("a condition", "where: a = 1\n", says: "4:1: a condition stands in the query"),
        .check(
            "limits as text",
            "limits: x < 1\n",
            kind: "statistic",
            measure,
            says: "4:9: 'limits' takes keys and values, such as limits: {"
        ),
    ]

    @Test("D: YAML that means something else", arguments: yaml)
    func tellsOfYaml(slip: Slip) async throws { try await slip.verify() }

    static let names: [Slip] = [
        .check(
            "columns without brackets",
            "expect: not_null\ntable: t\ncolumns: a, b\n",
            "",
            says: "6:10",
            "in brackets: [a, b]"
        ),
        .check(
            "a table in quotes",
            "expect: not_null\ntable: core.\"Tenant\"\ncolumns: a\n",
            "",
            says: "5:8",
            "without SQL's double quotes",
            "core.Tenant"
        ),
        .check(
            "a database's name",
            "expect: not_null\ntable: shop.core.t\ncolumns: a\n",
            "",
            says: "5:8",
            "leave the database's name out: core.t"
        ),
        .check(
            "a condition",
            "expect: not_null\ntable: t\ncolumns: a\nwhere: b IS NULL\n",
            "",
            says: "7:1: a short form has no condition",
            "sql find"
        ),
        .check(
            "a filter",
            "expect: not_null\ntable: t\ncolumns: a\nfilter: b IS NULL\n",
            "",
            says: "7:1: a short form has no condition"
        ),
        .check(
            "an expression",
            "expect: unique\ntable: t\ncolumns: [lower(email)]\n",
            "",
            says: "6:11: 'lower(email)' is an expression"
        ),
        .check(
            "a cast",
            "expect: unique\ntable: t\ncolumns: [\"email::text\"]\n",
            "",
            says: "6:11: 'email::text' is an expression"
        ),
        .check(
            "references as in SQL",
            "expect: references\ntable: t\ncolumns: a\nreferences: users(id)\n",
            "",
            says: "7:13",
            "references: { table: users, columns: id }"
        ),
        .check(
            "unique with a fix and no key",
            "expect: unique\ntable: t\ncolumns: a\nrepairs: t\nfix_limits: none\n",
            "```sql fix\nDELETE FROM t USING violations\n```\n",
            says: "4:9",
            "needs 'key'",
            "the smallest key stays"
        ),
    ]

    @Test("D, F27: names and short forms", arguments: names)
    func tellsOfNames(slip: Slip) async throws { try await slip.verify() }

    static let markdown: [Slip] = [
        .check(
            "a lower title",
            title: "## A",
            says: "6:1",
            "a heading of the first level, '# …', and this one has '##'"
        ),
        .check("a title without a blank", title: "#A", says: "6:1", "a blank belongs between '#' and the title"),
        .check("no title", title: "", says: "write a line '# …' below the front matter"),
        .check(
            "a fence without its word",
            "",
            "```sql\nSELECT 1\n```\n",
            says: "10:1",
            "write '```sql find' where '```sql' stands"
        ),
        .check(
            "a fence of no language",
            "",
            "```\nSELECT 1\n```\n",
            says: "10:1",
            "write '```sql find' where '```' stands"
        ),
        .check("code without a fence", "", "    SELECT 1\n", says: "10:5", "put a line '```sql find' above this code"),
        .check(
            "another word",
            "",
            "```sql query\nSELECT 1\n```\n",
            says: "10:1: unknown fence 'sql query'",
            "1 mistake"
        ),
        .check(
            "a fix without its word",
            "repairs: t\nfix_limits: none\n",
            "```sql find\nSELECT 1\n```\n\n```sql\nDELETE FROM t\n```\n",
            says: "16:1",
            "write '```sql fix' where '```sql' stands",
            "1 mistake"
        ),
    ]

    @Test("D: Markdown", arguments: markdown)
    func tellsOfMarkdown(slip: Slip) async throws { try await slip.verify() }

    static let suites: [Slip] = [
        Slip.check("users as text", says: "suite/suite.yml:3:8", #"users: { label: "SELECT …" }"#)
            .with(suite: "id: s\ntitle: S\nusers: SELECT id, name FROM u\n"),
        Slip.check("a comma in braces", says: "suite.yml:3:28: in braces a comma ends a value", "in quotes")
            .with(suite: "id: s\ntitle: S\nusers: { label: SELECT id, name FROM u }\n"),
        Slip.check("a check that is not there", says: "suite.yml:3:10: no check has the id 'zzz'; there are a")
            .with(suite: "id: s\ntitle: S\nchecks: [zzz]\n"),
        Slip.check("a colon in a title", says: "suite.yml:2:12", "put a value with ': ' in quotes")
            .with(suite: "id: s\ntitle: Shop: orders\n"),
    ]

    @Test("D: suite.yml", arguments: suites)
    func tellsOfSuites(slip: Slip) async throws { try await slip.verify() }

    static let notes: [Slip] = [
        .check(
            "no fix_limits",
            "repairs: t\n",
            fixing,
            says: "note: there is no 'fix_limits'",
            "10,000 violations or 10 % of the rows",
            "'fix_limits: none' lifts this"
        ),
        .check(
            "a guard",
            "repairs: t\nfix_limits: none\nguard: { table: t, on: [insert], match: [x] }\n",
            fixing,
            says: "6:1: note: 'guard' does nothing yet"
        ),
        .check(
            "a probe",
            kind: "probe",
            "```sql act\nSELECT 1\n```\n\n```sql expect\nSELECT true AS ok\n```\n",
            says: "3:7: note: this version cannot run probes"
        ),
    ]

    @Test("A5, E: what a check says and does not do", arguments: notes)
    func tellsOfNotes(slip: Slip) async throws {
        var slip = slip
        slip.status = 0
        try await slip.verify()
    }
}
