import AuditEngine
import AuditModel
import TestSupport
import Testing

/// A row comes back as it was to the last digit, or it is listed as left.
@Suite(.timeLimit(.minutes(20)))
struct UndoExactnessTests {
    /// A column, its value before the fix, and the one that the fix gives it.
    private static let changes: [(type: String, before: String, after: String)] = [
        ("numeric", "1.500", "1.50"), ("float8", "'-0'", "0"), ("float4", "'-0'", "0"), ("jsonb", "'1.500'", "'1.50'"),
        ("json", #"'{"b": 1,  "a": 2}'"#, #"'{"a": 2, "b": 1}'"#), ("numeric[]", "'{1.500}'", "'{1.5}'"),
        ("float8[]", "'{-0}'", "'{0}'"), ("bpchar", "'a  '", "'a'"), ("numrange", "'[1.50,2.0)'", "'[1.5,2.00)'"),
        ("interval", "'1 mon'", "'30 days'"), ("timetz", "'12:00+02'", "'11:00+01'"),
        ("pair", "'(1.50,-0)'", "'(1.5,0)'"),
        ("money_like", "1.500", "1.50"), ("text", "'a '", "'a'"), ("bytea", #"'\x00'"#, "''"),
    ]

    @Test("F06: what is equal and not the same is found as changed and comes back", arguments: changes.indices)
    func sameAndEqual(index: Int) async throws {
        let change = Self.changes[index]
        let schema = """
            CREATE TYPE pair AS (a numeric, f float8); CREATE DOMAIN money_like AS numeric;
            CREATE TABLE t (id int PRIMARY KEY, state text, v \(change.type));
            INSERT INTO t SELECT i, CASE WHEN i < 3 THEN 'bad' END, \(change.before) FROM generate_series(1, 3) AS i
            """
        let rows = "SELECT string_agg(t::text, ' ' ORDER BY id) FROM t"
        try await withDatabase(loading: [schema]) { conninfo in
            let before = try await value(rows, at: conninfo)
            // One row changes otherwise as well, the other in nothing else.
            let check = repairable(
                "t",
                "SELECT id FROM t WHERE state = 'bad' AND v::text = (\(change.before)::\(change.type))::text",
                key: ["id"],
                fix: """
                    UPDATE t SET v = \(change.after), state = CASE WHEN t.id = 1 THEN 'bad' ELSE 'good' END
                    FROM violations AS v WHERE t.id = v.id
                    """,
                repairs: "t"
            )
            let isSeen = !["bpchar", "text"].contains(change.type) || change.type == "text"
            let find =
                isSeen
                ? check
                : repairable(
                    "t",
                    "SELECT id FROM t WHERE state = 'bad' AND octet_length(v) > 1",
                    key: ["id"],
                    fix: "UPDATE t SET v = 'a' FROM violations AS v WHERE t.id = v.id",
                    repairs: "t"
                )
            let run = try await fix([find], at: conninfo)
            #expect(run.checks[0].repaired == 2, "\(run.checks[0].error ?? "")")
            #expect(try await value(rows, at: conninfo) != before)
            let undone = try await undo("\(run.id)", [find], at: conninfo)
            #expect(undone.run.checks[0].repaired == -2, "\(undone.left)")
            #expect(undone.run.checks[0].notes == [])
            #expect(try await value(rows, at: conninfo) == before)
        }
    }

    @Test("F06: a row that a trigger gives another scale as it comes back is told")
    func anotherScaleByATrigger() async throws {
        let schema = """
            CREATE TABLE t (id int PRIMARY KEY, state text, v numeric); INSERT INTO t VALUES (1, 'bad', 1.500);
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN NEW.v := trim_scale(NEW.v); RETURN NEW; END $$
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let check = repairable(
                "t",
                "SELECT id FROM t WHERE state = 'bad'",
                key: ["id"],
                fix: "UPDATE t SET v = 2, state = 'good' FROM violations AS v WHERE t.id = v.id",
                repairs: "t"
            )
            let run = try await fix([check], at: conninfo)
            let trigger = "CREATE TRIGGER f BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()"
            try await TestDatabase.load([trigger], into: conninfo)
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(try await value("SELECT t::text FROM t", at: conninfo) == "(1,bad,1.5)")
            #expect(undone.run.checks[0].notes.first?.hasPrefix("1 row came back with another value in v,") == true)
        }
    }

    @Test("F06: a row that was given another scale since is a changed row")
    func anotherScale() async throws {
        let schema = "CREATE TABLE t (id int PRIMARY KEY, state text, v numeric); INSERT INTO t VALUES (1, 'bad', 1.5)"
        try await withDatabase(loading: [schema]) { conninfo in
            let check = Self.mending
            let run = try await fix([check], at: conninfo)
            try await TestDatabase.load(["UPDATE t SET v = 1.500"], into: conninfo)
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(undone.left["t"]?.contains("changed since: v\n") == true, "\(undone.left)")
        }
    }

    private static let removal = repairable(
        "t",
        "SELECT id FROM t WHERE state = 'bad'",
        key: ["id"],
        fix: "DELETE FROM t USING violations AS v WHERE t.id = v.id",
        repairs: "t"
    )
    private static let mending = repairable(
        "t",
        "SELECT id FROM t WHERE state = 'bad'",
        key: ["id"],
        fix: "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id",
        repairs: "t"
    )

    @Test(
        "F17: a value is never cut or rounded to a column that became smaller",
        arguments: [
            ("varchar(50)", "'a name that is long'", "varchar(8)", "value too long for type character varying(8): v"),
            ("char(9)", "'123456789'", "char(8)", "value too long for type character(8): v"),
            (
                "varchar(50)[]", "'{a name that is long}'", "varchar(8)[]",
                "value too long for type character varying(8)[]: v"
            ),
            ("bit(4)", "b'1010'", "bit(2)", "value too long for type bit(2): v"),
            ("numeric", "1.2345", "numeric(6,2)", "value would be changed by type numeric(6,2): v"),
            ("numeric", "123456", "numeric(4,2)", "refused by the database: numeric field overflow"),
            ("timestamptz", "'2024-01-01 12:00:00.5'", "timestamptz(0)", "value would be changed by type timestamp(0)"),
            (
                "interval", "'1 mon 2 days'", "interval year to month",
                "value would be changed by type interval year to month"
            ),
            ("float8", "0.1::float8 + 0.2", "float4", "value would be changed by type real: v"),
            ("timestamp", "'2024-01-01 12:00'", "date", "value would be changed by type date: v"),
            ("varchar(50)", "'a name that is long'", "short", "value too long for type short: v"),
        ]
    )
    func smallerColumns(type: String, before: String, smaller: String, reason: String) async throws {
        let schema = """
            CREATE DOMAIN short AS varchar(8);
            CREATE TABLE t (id int PRIMARY KEY, state text, v \(type)); INSERT INTO t VALUES (1, 'bad', \(before)), (2, 'bad', NULL)
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let run = try await fix([Self.removal], at: conninfo)
            try await TestDatabase.load(["ALTER TABLE t ALTER v TYPE \(smaller)"], into: conninfo)
            let undone = try await undo("\(run.id)", [Self.removal], at: conninfo)
            #expect(undone.run.checks[0].repaired == -1 && undone.run.checks[0].left == 1)
            #expect(undone.left["t"]?.contains(reason) == true, "\(undone.left)")
            #expect(try await value("SELECT string_agg(id::text, ',') FROM t", at: conninfo) == "2")
        }
    }

    @Test("F06: a row whose value its column rounded since is a changed row", arguments: ["numeric(6,2)", "real"])
    func roundedSince(type: String) async throws {
        let schema =
            "CREATE TABLE t (id int PRIMARY KEY, state text, v numeric); INSERT INTO t VALUES (1, 'bad', 1.23456789)"
        try await withDatabase(loading: [schema]) { conninfo in
            let run = try await fix([Self.mending], at: conninfo)
            try await TestDatabase.load(["ALTER TABLE t ALTER v TYPE \(type)"], into: conninfo)
            let undone = try await undo("\(run.id)", [Self.mending], at: conninfo)
            #expect(undone.left["t"]?.contains("changed since: v") == true, "\(undone.left)")
            #expect(try await value("SELECT state FROM t", at: conninfo) == "good")
        }
    }

    @Test(
        "F17: a type that became wider takes all values back",
        arguments: [
            ("varchar(20)", "'abc'", "text"), ("int", "5", "bigint"), ("numeric(6,2)", "1.50", "numeric(9,4)"),
            ("char(5)", "'ab'", "char(8)"), ("real", "0.5", "float8"),
            ("timestamptz(3)", "'2024-01-01'", "timestamptz"),
        ]
    )
    func widerColumns(type: String, before: String, wider: String) async throws {
        let schema =
            "CREATE TABLE t (id int PRIMARY KEY, state text, v \(type)); INSERT INTO t VALUES (1, 'bad', \(before))"
        for check in [Self.removal, Self.mending] {
            try await withDatabase(loading: [schema]) { conninfo in
                let run = try await fix([check], at: conninfo)
                try await TestDatabase.load(["ALTER TABLE t ALTER v TYPE \(wider)"], into: conninfo)
                let undone = try await undo("\(run.id)", [check], at: conninfo)
                #expect(undone.run.checks[0].repaired == -1 && undone.run.checks[0].notes == [], "\(undone.left)")
                #expect(try await value("SELECT state FROM t WHERE v = \(before)", at: conninfo) == "bad")
            }
        }
    }

    @Test("F17: a key is not cut when its row is looked for")
    func shorterKeys() async throws {
        let schema = """
            CREATE TABLE t (id varchar(20) PRIMARY KEY, state text);
            INSERT INTO t VALUES ('ABCDEFGHIJ', 'bad'), ('ABCDE', 'ok')
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let run = try await fix([Self.removal], at: conninfo)
            try await TestDatabase.load(["ALTER TABLE t ALTER id TYPE varchar(5)"], into: conninfo)
            let undone = try await undo("\(run.id)", [Self.removal], at: conninfo)
            #expect(
                undone.left["t"]?.contains("value too long for type character varying(5): id") == true,
                "\(undone.left)"
            )
            #expect(try await value("SELECT string_agg(t::text, ' ') FROM t", at: conninfo) == "(ABCDE,ok)")
        }
    }
}
