import AuditEngine
import AuditModel
import TestSupport
import Testing

/// Tables of all shapes: what an undo restores is what was there.
@Suite(.timeLimit(.minutes(20)))
struct UndoShapeTests {
    /// Tables `t` with a column `bad`; a fix removes or changes the bad rows.
    private static let shapes: [String] = [
        "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, bad bool, n int)",
        "CREATE TABLE t (id serial, bad bool, n int, twice int GENERATED ALWAYS AS (n * 2) STORED, PRIMARY KEY (id))",
        "CREATE TABLE t (id serial, bad bool, n int, PRIMARY KEY (n, id))",
        """
        CREATE TABLE t (id serial, bad bool, n int, PRIMARY KEY (id, n)) PARTITION BY RANGE (n);
        CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (5);
        CREATE TABLE t_high PARTITION OF t FOR VALUES FROM (5) TO (1000000)
        """,
        """
        CREATE TYPE mood AS ENUM ('fine', 'so "so"');
        CREATE TYPE pair AS (a int, b text);
        CREATE DOMAIN short AS text CHECK (length(value) < 40);
        CREATE TABLE t (
            id serial PRIMARY KEY, bad bool, n int, m mood DEFAULT 'so "so"', p pair DEFAULT (1, E'it''s, "b" \\\\'),
            s short DEFAULT E'a\\n b', at timestamptz DEFAULT '2024-02-29 12:00:00.123456+05', d date DEFAULT 'infinity',
            num numeric DEFAULT 1.5000, f float8 DEFAULT 0.1::float8 + 0.2::float8, nan float8 DEFAULT 'NaN',
            raw bytea DEFAULT '\\x00ff27', arr text[] DEFAULT ARRAY['a,b', NULL, '"', '{}'], j jsonb DEFAULT '{"a": [1, null]}',
            span int4range DEFAULT '[1,5)', pause interval DEFAULT '1 mon 2 days 03:00:00.5', ip inet DEFAULT '10.0.0.1/8',
            u uuid DEFAULT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', c char(5) DEFAULT 'ab', nothing text
        )
        """,
    ]

    private static let rows = "INSERT INTO t (bad, n) SELECT g % 2 = 0, g FROM generate_series(1, 10) AS g"

    private static func check(_ fix: String) -> Check {
        repairable("bad", "SELECT id, n FROM t WHERE bad", key: ["id"], fix: fix, repairs: "t")
    }

    @Test(
        arguments: shapes,
        [
            "DELETE FROM t USING violations AS v WHERE t.id = v.id",
            "UPDATE t SET bad = false FROM violations AS v WHERE t.id = v.id",
        ]
    )
    func rowsOfAnyShapeComeBack(shape: String, fix text: String) async throws {
        try await withDatabase(loading: [shape, Self.rows]) { conninfo in
            let before = try await contents(at: conninfo)
            let fixed = try await fix([Self.check(text)], at: conninfo)
            #expect(fixed.checks[0].repaired == 5, "\(fixed.checks[0].error ?? "")")
            let undone = try await undo("\(fixed.id)", [Self.check(text)], at: conninfo)
            #expect(undone.run.checks[0].repaired == -5, "\(undone.left)")
            #expect(undone.run.checks[0].notes.isEmpty)
            #expect(try await contents(at: conninfo) == before)
        }
    }

    @Test func aRowThatMovedToAnotherPartitionComesBack() async throws {
        let text = "UPDATE t SET n = 10, bad = false FROM violations AS v WHERE t.id = v.id"
        let shape = """
            CREATE TABLE t (id int, bad bool, n int) PARTITION BY RANGE (n);
            CREATE TABLE t_low PARTITION OF t (PRIMARY KEY (id)) FOR VALUES FROM (0) TO (5);
            CREATE TABLE t_high PARTITION OF t (PRIMARY KEY (id)) FOR VALUES FROM (5) TO (100);
            INSERT INTO t VALUES (1, true, 1), (2, false, 2);
            """
        try await withDatabase(loading: [shape]) { conninfo in
            // Its root has no key, so that a fix would be refused: as if it had been repaired when there was one.
            try await TestDatabase.load(
                [
                    JournalSchema.sql,
                    """
                    INSERT INTO assay.runs (id, mode, suite, suite_digest) VALUES ('20260101T000000Z-000001', 'fix', 'tests', 'd');
                    INSERT INTO assay.repairs (run, check_id, batch, table_name, operation, key, before, after)
                    SELECT '20260101T000000Z-000001', 'bad', 1, 'public.t', 'update', '{"id": 1}', to_jsonb(t),
                        to_jsonb(t) || '{"n": 10, "bad": false}' FROM t WHERE bad;
                    UPDATE t SET n = 10, bad = false WHERE bad;
                    """,
                ],
                into: conninfo
            )
            let undone = try await undo("20260101T000000Z-000001", [Self.check(text)], at: conninfo)
            #expect(undone.run.checks[0].repaired == -1, "\(undone.left)")
            #expect(
                try await value("SELECT string_agg(t::text, ' ' ORDER BY id) FROM t_low AS t", at: conninfo)
                    == "(1,t,1) (2,f,2)"
            )
        }
    }

    @Test func namesThatNeedQuotesAreQuoted() async throws {
        let schema = """
            CREATE SCHEMA "My ""Schema";
            CREATE TABLE "My ""Schema"."Select" ("Id" int, "Order's" text, "target" text, "user" text, "x\\y" int,
                PRIMARY KEY ("Id", "Order's"));
            INSERT INTO "My ""Schema"."Select" VALUES (1, 'it''s', 't', 'u', 1), (2, 'b', 't', 'u', 2);
            SET search_path = "My ""Schema"
            """
        let find = #"SELECT "Id", "Order's", "user" FROM "My ""Schema"."Select""#
        let table = #"My "Schema.Select"#
        for fixText in [
            #"DELETE FROM "My ""Schema"."Select" AS s USING violations AS v WHERE s."Id" = v."Id""#,
            #"UPDATE "My ""Schema"."Select" AS s SET "x\y" = 9, "target" = 'z' FROM violations AS v WHERE s."Id" = v."Id""#,
        ] {
            try await withDatabase(loading: [schema]) { conninfo in
                let before = try await contents(at: conninfo)
                var check = repairable("quoted", find, key: ["Id"], user: "user", fix: fixText, repairs: table)
                if fixText.hasPrefix("UPDATE") {
                    check = repairable(
                        "quoted",
                        find + #" WHERE "x\y" < 9"#,
                        key: ["Id"],
                        user: "user",
                        fix: fixText,
                        repairs: table
                    )
                }
                let fixed = try await fix([check], at: conninfo)
                #expect(fixed.checks[0].repaired == 2, "\(fixed.checks[0].error ?? "")")
                let undone = try await undo("\(fixed.id)", [check], at: conninfo)
                #expect(undone.run.checks[0].repaired == -2, "\(undone.left)")
                #expect(try await contents(at: conninfo) == before)
            }
        }
    }

    @Test func aTableThatChangedItsColumnsIsStillRestored() async throws {
        let schema = "CREATE TABLE t (id int PRIMARY KEY, bad bool, old text, n int)"
        let rows = "INSERT INTO t SELECT g, g % 2 = 0, 'old', g FROM generate_series(1, 4) AS g"
        for text in [
            "DELETE FROM t USING violations AS v WHERE t.id = v.id",
            "UPDATE t SET bad = false FROM violations AS v WHERE t.id = v.id",
        ] {
            try await withDatabase(loading: [schema, rows]) { conninfo in
                let fixed = try await fix([Self.check(text)], at: conninfo)
                try await TestDatabase.load(
                    ["ALTER TABLE t DROP COLUMN old, ADD COLUMN young text NOT NULL DEFAULT 'new'"],
                    into: conninfo
                )
                let undone = try await undo("\(fixed.id)", [Self.check(text)], at: conninfo)
                #expect(undone.run.checks[0].repaired == -2, "\(undone.left)")
                let state = try await value("SELECT string_agg(t::text, ' ' ORDER BY id) FROM t", at: conninfo)
                #expect(state == "(1,f,1,new) (2,t,2,new) (3,f,3,new) (4,t,4,new)")
            }
        }
    }

    @Test(arguments: [
        ("DROP TABLE t", "the table public.t is not there any more"),
        ("ALTER TABLE t DROP COLUMN id", "the key column 'id' is not there any more"),
        ("ALTER TABLE t DROP COLUMN bad", "the columns that the fix changed are not there any more"),
    ])
    func whatHasGoneIsToldInWords(change: String, reason: String) async throws {
        let text = "UPDATE t SET bad = false FROM violations AS v WHERE t.id = v.id"
        try await withDatabase(loading: [Self.shapes[0], Self.rows]) { conninfo in
            let fixed = try await fix([Self.check(text)], at: conninfo)
            try await TestDatabase.load([change], into: conninfo)
            let undone = try await undo("\(fixed.id)", [Self.check(text)], at: conninfo)
            #expect(undone.left["bad"]?.split(separator: "\n").count == 6)
            #expect(undone.left["bad"]?.contains(",\(reason)\n") == true, "\(undone.left)")
        }
    }

    @Test func aTriggerThatStampsRowsIsTold() async throws {
        let schema = """
            CREATE TABLE t (id int PRIMARY KEY, bad bool, n int, updated_at timestamptz DEFAULT '2024-01-01');
            CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.updated_at = now(); RETURN NEW; END';
            CREATE TRIGGER stamp BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION stamp()
            """
        let text = "UPDATE t SET bad = false FROM violations AS v WHERE t.id = v.id"
        let rows = "INSERT INTO t (id, bad, n) SELECT g, g < 3, g FROM generate_series(1, 4) AS g"
        try await withDatabase(loading: [schema, rows]) { conninfo in
            let fixed = try await fix([Self.check(text)], at: conninfo)
            let undone = try await undo("\(fixed.id)", [Self.check(text)], at: conninfo)
            #expect(undone.run.checks[0].repaired == -2)
            #expect(
                undone.run.checks[0].notes
                    == [
                        "2 rows came back with another value in updated_at, by a trigger, a changed type, "
                            + "or a column that was renamed or dropped"
                    ]
            )
            #expect(try await value("SELECT count(*) FROM t WHERE bad", at: conninfo) == "2")
        }
    }
}
