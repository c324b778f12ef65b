import Foundation
import SuiteFiles
import Testing

/// Wrong files and the messages about them; `Snapshots/mistakes.txt` shows both, as a reader of the manual would.
struct MistakeTests {
    private static let find = "```sql find\nSELECT client_id, n FROM t\n```\n"

    private static let checks: [(name: String, file: String)] = [
        ("empty file", ""),
        ("no front matter", "# A\n"),
        ("unclosed front matter", "---\nid: a\n"),
        ("empty front matter", "---\n---\n"),
        ("front matter that is a list", "---\n- a\n---\n# A\n"),
        ("front matter that is no YAML", "---\nid: a\nkind: [integrity\n---\n# A\n"),
        ("unclosed list, opened on an earlier line", SuiteText.check("tags: [\n a")),
        ("tab as indentation", SuiteText.check("\tseverity: error")),
        ("unknown key", SuiteText.check("sevrity: error")),
        ("unknown key in CRLF", SuiteText.check("sevrity: error").replacingOccurrences(of: "\n", with: "\r\n")),
        ("unknown key after a byte order mark", "\u{FEFF}" + SuiteText.check("sevrity: error")),
        ("unknown key, nothing near", SuiteText.check("colour: red")),
        ("key given twice", SuiteText.check("id: b")),
        ("missing id and kind", "---\nseverity: error\n---\n# A\n" + find),
        ("invalid id", "---\nid: A b\nkind: integrity\n---\n# A\n" + find),
        ("unknown kind", "---\nid: a\nkind: integritty\n---\n# A\n"),
        ("unknown severity", SuiteText.check("severity: eror")),
        ("severity of a wrong type", SuiteText.check("severity: [error]")),
        ("severity without a value", SuiteText.check("severity:")),
        ("empty user", SuiteText.check("user: ''")),
        ("user that find does not return", SuiteText.check("user: clientid")),
        ("key that find does not return", SuiteText.check("key: [n, clent_id]")),
        ("empty key", SuiteText.check("key: []")),
        ("key with a double", SuiteText.check("key: [n, n]")),
        ("tags of a wrong type", SuiteText.check("tags: {a: b}")),
        ("parameters", SuiteText.check("parameters: {b-c: 1, users: 3, z: {a: 1}, l: [[1]]}")),
        ("limits of an integrity check", SuiteText.check("limits: {n: {error: '> 1'}}")),
        ("no title", "---\nid: a\nkind: integrity\n---\n## A\n" + find),
        ("title underlined", "---\nid: a\nkind: integrity\n---\nA\n=\n" + find),
        ("empty title", "---\nid: a\nkind: integrity\n---\n#\n" + find),
        ("no find", SuiteText.check(fences: "```sql\nSELECT 1\n```")),
        ("empty find", SuiteText.check("", sql: "")),
        ("two finds", SuiteText.check(fences: find + find)),
        ("unknown fence", SuiteText.check(fences: find + "```sql fnd\n```")),
        ("word after a fence's word", SuiteText.check(fences: "```sql find me\nSELECT 1 AS n\n```")),
        ("unclosed fence", SuiteText.check(fences: "~~~sql find\nSELECT 1 AS n")),
        ("fence in a quote", SuiteText.check(fences: find + "> ```sql fix\n> x\n> ```\n")),
        ("fence of another kind", SuiteText.check(fences: find + "```sql measure\nSELECT 1\n```")),
        ("syntax error", SuiteText.check("", sql: "SELECT 1 FORM t")),
        ("syntax error after tabs", SuiteText.check("", sql: "SELECT\n\t1,\tx y z")),
        ("syntax error after wide characters", SuiteText.check("", sql: "SELECT '日本👩‍👩‍👧é' x y")),
        ("syntax error at the end", SuiteText.check("", sql: "SELECT 1 FROM\n  -- nothing\n")),
        (
            "syntax error in an indented fence",
            SuiteText.check(fences: "  ```sql find\n  SELECT 1,\n    x FORM t t\n  ```")
        ),
        ("syntax error at a parameter", SuiteText.check("parameters: {d: 1}", sql: "SELECT 1 FROM :d")),
        (
            "syntax error far to the right",
            SuiteText.check("", sql: "SELECT " + String(repeating: "n, ", count: 60) + "x y z")
        ),
        (
            "unknown parameter",
            SuiteText.check("parameters: {days: 2}", sql: "SELECT n FROM t WHERE a = ':x' AND é > :day")
        ),
        ("positional parameter", SuiteText.check("", sql: "SELECT $1")),
        ("find that deletes", SuiteText.check("", sql: "-- all\nDELETE FROM t")),
        (
            "find that deletes in a WITH clause",
            SuiteText.check("", sql: "WITH x AS (\n DELETE FROM t RETURNING *)\nSELECT * FROM x")
        ),
        ("find of two statements", SuiteText.check("", sql: "SELECT 1 AS n;\nSELECT 2;")),
        ("find that locks", SuiteText.check("", sql: "SELECT n FROM t FOR UPDATE")),
        ("find without a statement", SuiteText.check("", sql: "-- later")),
        ("find with a side effect", SuiteText.check("", sql: "SELECT n FROM t\nWHERE pg_terminate_backend(n)")),
        ("repairs without a fix", SuiteText.check("repairs: t\nfix_limits: {rows: 1}")),
        ("fix without repairs", SuiteText.check(fences: find + "```sql fix\nDELETE FROM u USING violations\n```")),
        ("fix that is a SELECT", SuiteText.check(fences: find + "```sql fix\nSELECT 1\n```", keys: "repairs: t\n")),
        (
            "fix of two statements",
            SuiteText.check(fences: find + "```sql fix\nDELETE FROM t;\nDELETE FROM u\n```", keys: "repairs: t\n")
        ),
        (
            "fix of another table, without violations",
            SuiteText.check(fences: find + "```sql fix\nDELETE FROM s.u\n```", keys: "repairs: s.t\n")
        ),
        (
            "fix that writes twice",
            SuiteText.check(
                fences: find + "```sql fix\nWITH x AS (DELETE FROM t)\nUPDATE t SET a = 1 FROM violations\n```",
                keys: "repairs: t\n"
            )
        ),
        (
            "fix that writes violations",
            SuiteText.check(fences: find + "```sql fix\nDELETE FROM violations\n```", keys: "repairs: t\n")
        ),
        (
            "limits and guard of a fix",
            SuiteText.check(
                fences: find + "```sql fix\nDELETE FROM t USING violations\n```",
                keys:
                    "repairs: a.b.c\nfix_limits: {rows: -1, share: 120%, x: 1}\nguard: {table: t, on: [update, insrt]}\n"
            )
        ),
        (
            "share without a scope",
            SuiteText.check(
                fences: find + "```sql fix\nDELETE FROM t USING violations\n```",
                keys: "repairs: t\nfix_limits: {share: 20%}\n"
            )
        ),
        ("unknown expectation", SuiteText.check(fences: "", keys: "expect: notnull\ntable: t\ncolumns: a\n")),
        ("short form with find", SuiteText.check(fences: find, keys: "expect: not_null\ntable: a.b.c\n")),
        ("short form's keys without expect", SuiteText.check("table: t\ncolumns: [a]")),
        (
            "accepted values",
            SuiteText.check(fences: "", keys: "expect: accepted_values\ntable: t\ncolumns: [a, b]\nvalues: []\n")
        ),
        (
            "references",
            SuiteText.check(
                fences: "",
                keys:
                    "expect: references\ntable: t\ncolumns: [a, b]\nvalues: [1]\nreferences: {table: u, columns: c, x: 1}\n"
            )
        ),
        (
            "limits of a statistic",
            "---\nid: a\nkind: statistic\nlimits:\n  rat: {error: 1}\n  n: {warning: < x, foo: '> 1'}\n  m: {}\nkey: n\n---\n# A\n"
                + "```sql measure\nSELECT r AS rate, n FROM t\n```\n"
        ),
        (
            "users without user",
            "---\nid: a\nkind: statistic\n---\n# A\n```sql measure\nSELECT n FROM t WHERE u = ANY(:users)\n```\n"
        ),
        ("no measure", "---\nid: a\nkind: statistic\n---\n# A\n"),
        ("probe", "---\nid: a\nkind: probe\n---\n# A\n```sql act\nINSERT INTO t VALUES (1); COMMIT\n```\n"),
        ("NUL character", "---\nid: a\0\n---\n"),
        ("control characters", SuiteText.check("colour: \"\u{202E}\u{9B}\"")),
    ]

    private static let suites: [(name: String, files: [String: String])] = [
        ("nothing", [:]),
        ("no suite.yml", ["a.md": SuiteText.check]),
        ("no check", ["suite.yml": SuiteText.suite, "README.md": "", "sub/a.md": "", "notes.txt": ""]),
        ("empty suite.yml", ["suite.yml": "", "a.md": SuiteText.check]),
        ("two checks with one id", ["suite.yml": SuiteText.suite, "a.md": SuiteText.check, "b.md": SuiteText.check]),
        (
            "mistakes in several files",
            ["suite.yml": "id: x\nnmae: y\n", "b.md": "", "a.md": SuiteText.check("severity: eror")]
        ),
        (
            "order",
            [
                "suite.yml": SuiteText.suite + "checks: [a, ab-c]\n", "ab.md": SuiteText.check,
                "b.md": SuiteText.check.replacingOccurrences(of: "id: a", with: "id: ab-d"),
            ]
        ),
        ("parameters", ["suite.yml": SuiteText.suite + "parameters: 3\n", "a.md": SuiteText.check]),
        (
            "label",
            [
                "suite.yml": SuiteText.suite + "users: {label: \"SELECT a, b, c FROM t WHERE a = ANY(:user)\"}\n",
                "a.md": SuiteText.check,
            ]
        ),
        (
            "label in a block",
            [
                "suite.yml": SuiteText.suite + "users:\n  label: |\n    SELECT a, b\n    FORM t x\n",
                "a.md": SuiteText.check,
            ]
        ),
        (
            "label folded",
            ["suite.yml": SuiteText.suite + "users:\n  label: SELECT a, b\n    FORM t x\n", "a.md": SuiteText.check]
        ),
        ("no label", ["suite.yml": SuiteText.suite + "users: {lable: x}\n", "a.md": SuiteText.check]),
    ]

    /// Each case as a section of the snapshot.
    private static func sections() -> [String] {
        checks.map { "==== \($0.name)\n\($0.file.visible)\n----\n\(SuiteText.messages($0.file))\n" }
            + suites.map { suite in
                let files = suite.files.sorted { $0.key < $1.key }.map { "[\($0.key)]\n\($0.value.visible)" }
                return
                    "==== suite: \(suite.name)\n\(files.joined(separator: "\n"))\n----\n\(SuiteText.messages(files: suite.files))\n"
            }
    }

    @Test func messages() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/mistakes.txt")
        let actual = Self.sections()
        if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
            try Data(actual.joined(separator: "\n").utf8).write(to: path)
            Issue.record("recorded \(path.lastPathComponent)")
        }
        let expected = try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n==== ")
        #expect(expected.count == actual.count)
        for (index, pair) in zip(expected, actual).enumerated() {
            let section = index == 0 ? pair.0 : "==== " + pair.0
            #expect(section.trimmed == pair.1.trimmed)
        }
    }

    /// Every case of the table is one: nothing that should be refused is accepted in silence.
    @Test func everyCaseHasAMessage() {
        for (name, file) in Self.checks { #expect(!SuiteText.messages(file).isEmpty, "\(name)") }
        for (name, files) in Self.suites { #expect(!SuiteText.messages(files: files).isEmpty, "\(name)") }
    }
}

extension String {
    /// With signs for what an editor would change or hide.
    fileprivate var visible: String {
        replacingOccurrences(of: "\r", with: "␍").replacingOccurrences(of: "\0", with: "␀")
            .replacingOccurrences(of: "\u{FEFF}", with: "⟨BOM⟩").replacingOccurrences(of: "\u{202E}", with: "⟨RLO⟩")
            .replacingOccurrences(of: "\u{9B}", with: "⟨CSI⟩")
    }

    fileprivate var trimmed: String {
        trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
