import SQLSyntax
import Testing

struct PlaceholderTests {
    @Test(
        "A4: a known parameter in quotes is found in every notation",
        arguments: [
            ("a = ':state'", ":state", ":state"),
            ("a = '{{ state }}'", "{{ state }}", ":state"),
            ("a = '{{state}}'", "{{state}}", ":state"),
            ("a = '%(state)s'", "%(state)s", ":state"),
            ("a = '$state'", "$state", ":state"),
            ("a = '${state}'", "${state}", ":state"),
            ("a = '#{state}'", "#{state}", ":state"),
            ("a = '@state'", "@state", ":state"),
            ("a LIKE '%:state%'", ":state", "'%' || :state || '%'"),
            ("a > now() - interval ':state days'", ":state", "(:state || ' days')::interval"),
            ("a > date ':state'", ":state", ":state::date"),
            ("a = E':state'", ":state", ":state"),
            ("a = $$:state$$", ":state", ":state"),
            ("\":state\" = 1", ":state", ":state"),
        ]
    )
    func quoted(text: String, written: String, replacement: String) throws {
        let found = ForeignPlaceholder.quoted(in: text, named: ["state"])
        try #require(found.count == 1)
        #expect(String(decoding: Array(text.utf8)[found[0].range], as: UTF8.self) == written)
        #expect(found[0].replacement == replacement)
    }

    @Test(
        "A4: what only looks like one is left alone",
        arguments: [
            "a = ':other'", "a = 'x::state'", "a = 'user:state'", "a LIKE '%state%'", "a = 'state'", "a = '{state}'",
            "a @? '$.items ? (@.state == $state)'", "-- ':state'\na = :state", "a = 'mail@state'", "a = :state::text",
        ]
    )
    func left(text: String) {
        #expect(ForeignPlaceholder.quoted(in: text, named: ["state"]).isEmpty)
    }

    @Test(
        "D: another tool's notation outside of quotes is found",
        arguments: ["a = %(x)s", "a = {{ x }}", "a = ${x}", "a = :'x'", "a = $x"]
    )
    func bare(text: String) {
        #expect(ForeignPlaceholder.bare(in: text)?.name == "x")
    }

    @Test(
        "D: a parameter, a cast and an operator are no other tool's notation",
        arguments: ["a = :x", "a::int % b", "@ a"]
    )
    func notBare(text: String) {
        #expect(ForeignPlaceholder.bare(in: text) == nil)
    }

    @Test("D: typographic marks are found outside of strings only")
    func marks() {
        #expect(TypographicMark.first(in: "SELECT ‘x’")?.offset == 7)
        #expect(TypographicMark.first(in: "SELECT\u{A0}1")?.offset == 6)
        #expect(TypographicMark.first(in: "SELECT '‘x’', \"“\" -- ‘\n, größe") == nil)
    }

    @Test("B4: what a text that cannot be parsed may do besides reading")
    func shapes() {
        #expect(
            SelectShape.obstacle("SELECT * FROM JSON_TABLE(x, '$' COLUMNS (a int)) -- DELETE\n WHERE b = 'INSERT'")
                == nil
        )
        #expect(SelectShape.obstacle("WITH x AS (DELETE FROM t RETURNING OLD.*) SELECT * FROM x")?.reason == "'DELETE'")
        #expect(SelectShape.obstacle("SELECT 1; SELECT 2")?.reason == "a semicolon")
        #expect(SelectShape.obstacle("WAIT FOR LSN '0/0'")?.reason == "'WAIT'")
    }

    @Test("A3: where a parameter stands")
    func positions() throws {
        let text =
            "SELECT 1 WHERE a IN ($1::text, 'x') AND b NOT IN ($2) AND c = ANY($3::int[]) AND d LIKE $4 AND e = $5 AND f <> ALL($6)"
        let uses = try ParsedSQL(text).statements.flatMap(\.parameterUses)
        #expect(
            uses.map(\.position) == [
                .inList(isNegated: false), .inList(isNegated: true), .array(isAny: true), .pattern("LIKE"), .other,
                .array(isAny: false),
            ]
        )
        #expect(uses.map(\.number) == [1, 2, 3, 4, 5, 6])
    }

    @Test("D: the name at a place, as PostgreSQL reads it")
    func names() {
        #expect(SQLText.name(at: 14, in: "SELECT 1 FROM Core . \"Te\"\"n\" x") == ["core", "Te\"n"])
        #expect(SQLText.name(at: 7, in: "SELECT 1 FROM t") == [])
    }
}
