import TestSupport

/// A table of random columns, types, names and rows; each row is a violation or not.
struct RandomTable {
    let name: String
    /// As SQL.
    let keys: [String]
    let columns: [(name: String, type: ColumnType)]
    private(set) var setup: [String] = []

    /// A type, and values of it as SQL; the last of a key's are made of a row's number.
    struct ColumnType {
        var name: String
        var values: [String]
    }

    private static let keyTypes = [
        ("int", "g"), ("bigint", "g * 4294967296"), ("text", "'k ''\"' || g"), ("uuid", "md5(g::text)::uuid"),
        ("numeric(12,2)", "g + 0.10"), ("date", "date '2024-02-27' + g"),
        ("bytea", "decode(lpad(to_hex(g), 4, '0'), 'hex')"),
        ("timestamptz", "timestamptz '2024-02-29 23:59:59.999999+05' + g * interval '1 day'"), ("char(9)", "'c' || g"),
        ("float8", "g / 3.0::float8"), ("boolean[]", "ARRAY[g % 2 = 0, g % 4 > 1, g % 8 > 3, g % 16 > 7, g > 15]"),
        ("int4range", "int4range(g, g + 3)"), ("inet", "'10.0.0.0'::inet + g"),
    ]
    private static let types = [
        ColumnType(
            name: "text",
            values: ["NULL", "''", "'a\\b'", "E'\\n\\t\"'", "repeat('x', 3000)", "'é 🌍'", "'null'"]
        ),
        ColumnType(name: "float8", values: ["'NaN'", "'-Infinity'", "'-0'", "0.1::float8 + 0.2::float8", "5e-324"]),
        ColumnType(name: "float4", values: ["0.1", "'Infinity'", "3.4028235e38"]),
        ColumnType(
            name: "numeric",
            values: ["'NaN'", "1.50", "1.5", "0.000", "1e30", "-12345678901234567890.1234567890"]
        ),
        ColumnType(name: "money", values: ["'-12.34'", "'0'"]),
        ColumnType(name: "interval", values: ["'1 mon 2 days 03:00:00.5'", "'30 days'", "'1 mon'", "'-1 day +24:00'"]),
        ColumnType(name: "date", values: ["'infinity'", "'0044-03-15 BC'", "'2024-02-29'"]),
        ColumnType(
            name: "timestamptz",
            values: ["'-infinity'", "'2024-02-29 12:00:00.123456+05:30'", "'1883-11-18 12:03:58-05'"]
        ),
        ColumnType(name: "timetz", values: ["'24:00:00+00'", "'04:05:06.789-08'"]),
        ColumnType(
            name: "json",
            values: ["'{\"a\": 1, \"a\": 2}'", "' {\"b\":1.0,  \"a\":null}'", "'null'", "'\"\\u00e9\"'"]
        ),
        ColumnType(name: "jsonb", values: ["'null'", "'[1, {\"a\": 1.10}]'", "'\"x\"'"]),
        ColumnType(name: "xml", values: ["'<a b=\"1\">é</a>'", "'<!-- x --><a/>'"]),
        ColumnType(name: "bytea", values: ["'\\x00ff27'", "''"]),
        ColumnType(
            name: "text[]",
            values: ["ARRAY['a,b', NULL, '\"', '{}', 'NULL']", "'[2:3]={x,y}'", "'{}'", "NULL"]
        ),
        ColumnType(name: "int[]", values: ["'{{1,2},{3,4}}'", "'[-1:1]={7,8,9}'"]),
        ColumnType(name: "bit varying", values: ["B'0101'", "B''"]),
        ColumnType(name: "char(5)", values: ["'ab'", "''"]),
        ColumnType(name: "tstzrange", values: ["'empty'", "'[2024-01-01,)'"]),
        ColumnType(name: "int4multirange", values: ["'{[1,3),[7,9)}'"]),
        ColumnType(name: "pair", values: ["ROW(1, E'it''s, \"b\" \\\\')::pair", "ROW(NULL, NULL)::pair", "NULL"]),
        ColumnType(name: "mood", values: ["'fine'", "'so \"so\"'"]),
        ColumnType(name: "short", values: ["E'a\\n b'", "NULL"]),
        ColumnType(name: "point", values: ["'(1.5,-0)'", "NULL"]),
        ColumnType(name: "tsvector", values: ["'a:1 b'::tsvector"]),
    ]
    private static let names = [
        #""two words""#, #""Quo""te""#, "\"user\"", "\"été\"", "\"Case\"", "plain", "\"%s\"", "\"a.b\"",
    ]

    init(_ random: inout SeededGenerator) {
        name = ["t", "\"Odd Name\"", "\"violations\""].randomElement(using: &random) ?? "t"
        var names = Self.names.shuffled(using: &random)
        let chosen = Self.keyTypes.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
        keys = chosen.map { _ in names.removeLast() }
        columns = Self.types.shuffled(using: &random).prefix(Int.random(in: 1...5, using: &random)).map {
            (names.removeLast(), $0)
        }
        let key = keys.joined(separator: ", ")
        var definitions = zip(keys, chosen).map { "\($0) \($1.0)" } + columns.map { "\($0.name) \($0.type.name)" }
        definitions += ["bad boolean", "touched int DEFAULT 0", "mirror int"]
        let isPartitioned = Int.random(in: 0..<3, using: &random) == 0
        definitions.append("PRIMARY KEY (\(key))")
        if !isPartitioned, Bool.random(using: &random) { definitions.append("UNIQUE (mirror) DEFERRABLE") }
        setup = [
            "CREATE TYPE mood AS ENUM ('fine', 'so \"so\"'); CREATE TYPE pair AS (a int, b text)",
            "CREATE DOMAIN short AS text CHECK (length(value) < 40)",
            "CREATE TABLE \(name) (\(definitions.joined(separator: ", ")))\(isPartitioned ? " PARTITION BY HASH (\(key))" : "")",
        ]
        if isPartitioned {
            setup += (0..<3).map {
                "CREATE TABLE part\($0) PARTITION OF \(name) FOR VALUES WITH (MODULUS 3, REMAINDER \($0))"
            }
        }
        for row in 1...Int.random(in: 3...16, using: &random) {
            let key = chosen.map { "(SELECT \($0.1) FROM (SELECT \(row) AS g) AS of)" }
            let values = columns.map { $0.type.values.randomElement(using: &random) ?? "NULL" }
            let bad = Int.random(in: 0..<3, using: &random) > 0
            setup.append("INSERT INTO \(name) VALUES (\((key + values).joined(separator: ", ")), \(bad), 0, \(row))")
        }
    }
}
