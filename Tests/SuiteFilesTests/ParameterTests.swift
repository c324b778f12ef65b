import AuditModel
import SuiteFiles
import Testing

/// Parameters that would be compared with in silence, and are refused where they stand.
struct ParameterTests {
    private static func messages(_ parameters: String, _ condition: String) -> String {
        SuiteText.messages(
            SuiteText.check("parameters: {\(parameters)}", sql: "SELECT n FROM t\nWHERE \(condition)")
        )
    }

    @Test(
        "A3: a list is refused where one value stands, with the right form",
        arguments: [
            ("n IN (:l)", "s/a.md:9:13: ':l' is a list, and IN (…) takes single values: write = ANY(:l)"),
            ("n IN (1, :l::int)", "s/a.md:9:16: ':l' is a list, and IN (…) takes single values: write = ANY(:l)"),
            ("n NOT IN (:l)", "s/a.md:9:17: ':l' is a list, and NOT IN (…) takes single values: write <> ALL(:l)"),
            ("s LIKE :l", "s/a.md:9:14: ':l' is a list, and LIKE takes one text: write LIKE ANY(:l)"),
            ("s NOT ILIKE :l", "s/a.md:9:19: ':l' is a list, and NOT ILIKE takes one text: write NOT ILIKE ALL(:l)"),
            ("n BETWEEN :l AND 5", "':l' is a list, and each end of BETWEEN is one value: give each end a parameter"),
            ("n NOT BETWEEN SYMMETRIC 1 AND :l::int", "each end of BETWEEN is one value"),
            ("s IN (SELECT s FROM u WHERE s IN (:l))", "takes single values: write = ANY(:l)"),
        ]
    )
    func lists(condition: String, says: String) {
        #expect(Self.messages("l: [a, b]", condition).contains(says), "\(Self.messages("l: [a, b]", condition))")
    }

    @Test("A3: one value is refused where a list stands, and an empty list is told")
    func single() {
        let one = Self.messages("l: paid", "s = ANY(:l)")
        #expect(one.contains("s/a.md:9:15: ':l' is one value, and ANY (…) takes a list: give it one in 'parameters'"))
        #expect(one.contains("(l: [paid]), or compare with :l itself"))
        #expect(Self.messages("l: paid", "s <> ALL(:l)").contains("':l' is one value, and ALL (…) takes a list"))
        #expect(Self.messages("l: []", "s = ANY(:l)").contains("warning: ':l' is an empty list"))
    }

    @Test(
        "A3: what is right is taken without a word",
        arguments: [
            ("l: [a, b]", "s = ANY(:l)"), ("l: [a, b]", "s <> ALL(:l)"), ("l: [a]", "s LIKE ANY(:l)"),
            ("l: paid", "s IN (:l)"), ("l: paid", "s LIKE :l"), ("l: '{a,b}'", "s = ANY(:l)"),
            ("l: []", "s <> ALL(:l)"),
        ]
    )
    func right(parameters: String, condition: String) {
        #expect(Self.messages(parameters, condition) == "")
    }

    @Test("A3: a list is looked at in a scope, a fix and a statistic, too")
    func everywhere() {
        let find = "```sql find\nSELECT n FROM t\n```\n"
        let keys = "parameters: {l: [1]}\nrepairs: t\nfix_limits: {rows: 1}\n"
        let fix = "```sql fix\nDELETE FROM t USING violations AS v WHERE t.n = v.n AND t.n NOT IN (:l)\n```\n"
        let scope = "```sql scope\nSELECT count(*) FROM t WHERE n IN (:l)\n```\n"
        let message = SuiteText.messages(SuiteText.check(fences: find + scope + fix, keys: keys))
        #expect(message.contains("NOT IN (…) takes") && message.contains(", and IN (…) takes"), "\(message)")
        let statistic =
            "---\nid: a\nkind: statistic\nparameters: {l: [1]}\n---\n# A\n"
            + "```sql measure\nSELECT count(*) AS n FROM t WHERE n IN (:l)\n```\n"
        #expect(SuiteText.messages(statistic).contains("IN (…) takes single values"))
    }

    @Test(
        "A4: a parameter in quotes is refused with its place",
        arguments: [
            (
                "s = ':state'",
                "s/a.md:9:12: ':state' stands in quotes, where it is a text and not the parameter 'state'"
            ),
            ("s = '{{ state }}'", "s/a.md:9:12: '{{ state }}' stands in quotes"),
            ("s = '%(state)s'", "s/a.md:9:12: '%(state)s' stands in quotes"),
            ("s LIKE ':state%'", "write :state || '%'"),
        ]
    )
    func quoted(condition: String, says: String) {
        let message = Self.messages("state: paid", condition)
        #expect(message.contains(says), "\(message)")
        // It was meant to be used: one mistake is enough.
        #expect(!message.contains("no statement"))
    }

    @Test("A4: a parameter of a check that no statement uses is a mistake, one of the suite a warning")
    func unused() {
        let message = Self.messages("state: paid, other: 1", "s = :state")
        #expect(message.hasPrefix("s/a.md:4:27: no statement of the check uses the parameter ':other'"), "\(message)")
        let suite = SuiteText.suite + "parameters: {state: paid}\n"
        let reading = SuiteLoader.lint(files: ["suite.yml": suite, "a.md": SuiteText.check], named: "s")
        #expect(reading.mistakes.map(\.kind) == [.warning])
        #expect(reading.mistakes.first?.message == "no check of the suite uses the parameter ':state'")
        // What cannot be parsed may use it all the same.
        #expect(!Self.messages("x: 1", "n = $1").contains("no statement"))
    }

    @Test("B5: names that begin with assay_ are reserved, in checks and suites", arguments: ["assay_limit", "Assay_x"])
    func reserved(name: String) {
        let says = "':\(name)' is reserved: names that begin with 'assay_' are assay's own"
        #expect(Self.messages("\(name): 1", "n = :\(name)").contains(says))
        let suite = SuiteText.suite + "parameters: {\(name): 1}\n"
        #expect(SuiteText.messages(files: ["suite.yml": suite, "a.md": SuiteText.check]).contains(says))
    }

    @Test("a refused value is one mistake, not another one where it is used", arguments: ["{a: 1}", "[1, [2]]"])
    func refusedValue(value: String) {
        let message = Self.messages("n: \(value)", "n = :n")
        #expect(message.contains("the parameter 'n'"), "\(message)")
        #expect(!message.contains("no value") && !message.contains("no statement"), "\(message)")
    }

    @Test(
        "a kind that is unknown or missing hides no other mistake",
        arguments: [
            ("kind: integrty", "expect: not_nul\ntable: t\ncolumns: [a]", "", "not_null"),
            ("kind: x", "expect: not_nul\ntable: t\ncolumns: [a]", "", "not_null"),
            ("severity: error", "expect: not_nul\ntable: t\ncolumns: [a]", "", "not_null"),
            ("kind: statistics", "", "```sql measure\nSELECT a FORM t x\n```\n", "syntax error"),
            ("kind: measure", "", "```sql measure\nSELECT a FORM t x\n```\n", "syntax error"),
            ("kind: test", "", "```sql act\nCOMMIT\n```\n", "to end"),
        ]
    )
    func unknownKind(kind: String, keys: String, fences: String, says: String) {
        let message = SuiteText.messages("---\nid: a\n\(kind)\n\(keys)\n---\n# A\n\(fences)")
        #expect(message.contains("kind") && message.contains(says), "\(message)")
    }
}
