import AuditEngine
import AuditModel
import TestSupport
import Testing

/// What the database refuses stays, and nothing else: whatever code refuses it, and however the rows hang together.
@Suite(.timeLimit(.minutes(20)))
struct UndoRefusalTests {
    private static func removal(_ table: String, alsoWrites: [String] = []) -> Check {
        writing(table, "DELETE FROM \(table) USING violations AS v WHERE \(table).id = v.id", alsoWrites: alsoWrites)
    }

    private static func writing(_ table: String, _ fix: String, alsoWrites: [String] = []) -> Check {
        var repair = Repair(fix: Statement(fix, at: .init(path: "\(table).md", line: 20, column: 1)), table: table)
        repair.alsoWrites = alsoWrites
        var check = check(table, "")
        check.work = .violations(
            ViolationWork(
                find: Statement(
                    "SELECT id FROM \(table) WHERE state = 'bad'",
                    at: .init(path: "\(table).md", line: 10, column: 1)
                ),
                key: ["id"],
                repair: repair
            )
        )
        return check
    }

    private static let state = "SELECT string_agg(id::text, ',' ORDER BY id) FROM"

    @Test(
        "F01: rows come back to a table with a deferrable unique constraint, but for the one whose place is taken",
        arguments: [
            "pos int UNIQUE DEFERRABLE INITIALLY DEFERRED", "pos int UNIQUE DEFERRABLE", "pos int UNIQUE",
            "pos int, EXCLUDE (pos WITH =) DEFERRABLE INITIALLY DEFERRED",
        ]
    )
    func deferrableConstraints(column: String) async throws {
        let schema = """
            CREATE TABLE playlist (id int PRIMARY KEY, state text, \(column));
            INSERT INTO playlist (id, pos, state) SELECT i, i, CASE WHEN i < 9 THEN 'bad' ELSE 'ok' END
            FROM generate_series(1, 9) AS i
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let check = Self.removal("playlist")
            let run = try await fix([check], at: conninfo)
            try await TestDatabase.load(["INSERT INTO playlist (id, pos, state) VALUES (100, 5, 'ok')"], into: conninfo)
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(try await value("\(Self.state) playlist", at: conninfo) == "1,2,3,4,6,7,8,9,100")
            #expect(undone.left["playlist"]?.contains("another row has its unique values\n") == true, "\(undone.left)")
            #expect(undone.run.checks[0].repaired == -7 && undone.run.checks[0].left == 1)
        }
    }

    @Test("F01: positions that moved up go back, but for the first, which is frozen, and those behind it")
    func shiftedPositions() async throws {
        // Nobody knows which row of an exclusion constraint waits for which: they are tried until none comes back.
        for (column, frozen) in [
            ("pos int UNIQUE DEFERRABLE INITIALLY DEFERRED", 30), ("pos int UNIQUE DEFERRABLE", 1),
            ("pos int, EXCLUDE (pos WITH =) DEFERRABLE", 30),
        ] {
            let schema = """
                CREATE TABLE item (id int PRIMARY KEY, \(column), state text);
                INSERT INTO item SELECT i, i, 'bad' FROM generate_series(1, 30) AS i ORDER BY md5(i::text)
                """
            try await withDatabase(loading: [schema, Self.frozen("item", frozen, "UPDATE")]) { conninfo in
                let move = "UPDATE item SET pos = pos + 1, state = 'good' FROM violations AS v WHERE item.id = v.id"
                let check = Self.writing("item", move)
                let run = try await fix([check], at: conninfo)
                try await freeze(at: conninfo)
                let undone = try await undo("\(run.id)", [check], at: conninfo)
                let back = frozen == 30 ? 29 : 0
                #expect(undone.run.checks[0].repaired == -back, "\(undone.left)")
                #expect(try await value("SELECT count(*) FROM item WHERE pos = id", at: conninfo) == "\(back)")
            }
        }
    }

    @Test("F01: rows that exchanged their positions come back together, and a pair of which one is frozen stays")
    func exchangedPositions() async throws {
        let schema = """
            CREATE TABLE item (id int PRIMARY KEY, pos int UNIQUE DEFERRABLE, state text);
            INSERT INTO item SELECT i, i, 'bad' FROM generate_series(1, 12) AS i ORDER BY md5(i::text)
            """
        try await withDatabase(loading: [schema, Self.frozen("item", 8, "UPDATE")]) { conninfo in
            let check = Self.writing(
                "item",
                """
                UPDATE item SET pos = item.id + CASE WHEN item.id % 2 = 0 THEN -1 ELSE 1 END, state = 'good'
                FROM violations AS v WHERE item.id = v.id
                """
            )
            let run = try await fix([check], at: conninfo)
            try await freeze(at: conninfo)
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(undone.run.checks[0].repaired == -10, "\(undone.left)")
            #expect(try await value("\(Self.state) item WHERE pos <> id", at: conninfo) == "7,8")
        }
    }

    private static func frozen(_ table: String, _ id: Int, _ event: String = "INSERT", code: String = "P0001") -> String
    {
        """
        CREATE FUNCTION frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF \(event == "DELETE" ? "old" : "new").id = \(id) AND current_setting('app.frozen', true) = 'on' THEN
                RAISE 'it is frozen' USING ERRCODE = '\(code)';
            END IF;
            RETURN \(event == "DELETE" ? "old" : "new");
        END $$;
        CREATE TRIGGER f BEFORE \(event) ON \(table) FOR EACH ROW EXECUTE FUNCTION frozen()
        """
    }

    private func freeze(at conninfo: String) async throws {
        let name = try await value("SELECT current_database()", at: conninfo) ?? ""
        try await TestDatabase.load(["ALTER DATABASE \(name) SET app.frozen = 'on'"], into: conninfo)
    }

    /// A chain, a tree, and pairs that refer to each other, in an order that has nothing to do with their parents.
    @Test(
        "F08: of a table that refers to itself exactly the refused row stays, and what hangs on it",
        arguments: [
            ("nullif(i - 1, 0)", 60, 59), ("nullif(i - 1, 0)", 40, 39), ("nullif(i / 2, 0)", 59, 59),
            ("CASE WHEN i % 2 = 0 THEN i - 1 ELSE i + 1 END", 60, 58), ("i", 7, 59),
        ]
    )
    func rowsThatReferToEachOther(parent: String, refused: Int, back: Int) async throws {
        let schema = """
            CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node, state text);
            INSERT INTO node SELECT i, \(parent), 'bad' FROM generate_series(1, 60) AS i ORDER BY md5(i::text)
            """
        try await withDatabase(loading: [schema, Self.frozen("node", refused)]) { conninfo in
            let check = Self.removal("node")
            let before = try await contents(at: conninfo)
            let run = try await fix([check], at: conninfo)
            try await freeze(at: conninfo)
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(undone.run.checks[0].repaired == -back, "\(undone.left)")
            #expect(undone.run.checks[0].left == 60 - back)
            #expect(undone.left["node"]?.contains("refused by the database: it is frozen\n") == true)
            let name = try await value("SELECT current_database()", at: conninfo) ?? ""
            try await TestDatabase.load(["ALTER DATABASE \(name) RESET app.frozen"], into: conninfo)
            _ = try await undo("\(run.id)", [check], at: conninfo)
            #expect(try await contents(at: conninfo) == before)
        }
    }

    @Test("F08: rows that were inserted go, the children first, but for the refused one and its parents")
    func insertedRowsGo() async throws {
        let schema = """
            CREATE TABLE wish (id int, parent int, state text);
            INSERT INTO wish SELECT i, nullif(i - 1, 0), 'bad' FROM generate_series(1, 30) AS i ORDER BY md5(i::text);
            CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node, state text)
            """
        try await withDatabase(loading: [schema, Self.frozen("node", 10, "DELETE")]) { conninfo in
            let check = repairable(
                "node",
                "SELECT id, parent FROM wish EXCEPT SELECT id, parent FROM node",
                key: ["id"],
                fix: "INSERT INTO node SELECT id, parent, 'new' FROM violations",
                repairs: "node"
            )
            let run = try await fix([check], at: conninfo)
            try await freeze(at: conninfo)
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(undone.run.checks[0].repaired == -20, "\(undone.left)")
            #expect(try await value("SELECT max(id) || ' ' || count(*) FROM node", at: conninfo) == "10 10")
        }
    }

    @Test(
        "F09: whatever code a trigger raises, one row stays, and the others and the other checks come back",
        arguments: [
            "ZZ001", "55000", "42501", "55P03", "57014", "08006", "25006", "42P01", "0A000", "XX000", "40001", "P0004",
        ]
    )
    func codesOfTriggers(code: String) async throws {
        let schema = """
            CREATE TABLE a (id int PRIMARY KEY, state text); INSERT INTO a SELECT i, 'bad' FROM generate_series(1, 3) AS i;
            CREATE TABLE b (id int PRIMARY KEY, state text); INSERT INTO b SELECT i, 'bad' FROM generate_series(1, 20) AS i
            """
        try await withDatabase(loading: [schema, Self.frozen("b", 13, code: code)]) { conninfo in
            let checks = [Self.removal("a"), Self.removal("b")]
            let run = try await fix(checks, at: conninfo)
            try await freeze(at: conninfo)
            let undone = try await undo("\(run.id)", checks, at: conninfo)
            #expect(undone.run.checks.map(\.repaired) == [-3, -19])
            #expect(undone.left["b"]?.contains(",refused by the database: it is frozen\n") == true, "\(undone.left)")
            #expect(undone.left["b"]?.split(separator: "\n").count == 2)
        }
    }

    @Test(
        "F09: what stands against every row leaves the rows of its table, and those of other checks come back",
        arguments: [
            ("REVOKE ALL ON b FROM ROLE", "permission denied for table b"),
            ("REVOKE INSERT ON b FROM ROLE", "permission denied for table b"),
            ("REVOKE USAGE ON SCHEMA s FROM ROLE", "permission denied for schema s"),
            (
                """
                CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'closed' USING ERRCODE = '42501'; END $$;
                CREATE TRIGGER f BEFORE INSERT ON s.b FOR EACH STATEMENT EXECUTE FUNCTION f()
                """, "closed"
            ),
        ]
    )
    func whatStandsAgainstAll(change: String, reason: String) async throws {
        let schema = """
            CREATE SCHEMA s;
            CREATE TABLE a (id int PRIMARY KEY, state text); INSERT INTO a VALUES (1, 'bad'), (2, 'bad');
            CREATE TABLE s.b (id int PRIMARY KEY, state text); INSERT INTO s.b VALUES (1, 'bad'), (2, 'bad')
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let role = (try await value("SELECT current_database()", at: conninfo) ?? "") + "_fixer"
            try await TestDatabase.load(
                [
                    """
                    CREATE ROLE \(role) LOGIN; GRANT USAGE ON SCHEMA s TO \(role); GRANT ALL ON a, s.b TO \(role);
                    \(JournalSchema.sql)
                    GRANT USAGE ON SCHEMA assay TO \(role); GRANT ALL ON ALL TABLES IN SCHEMA assay TO \(role);
                    SET search_path = s
                    """
                ],
                into: conninfo
            )
            let checks = [
                Self.removal("a"),
                repairable(
                    "b",
                    "SELECT id FROM s.b WHERE state = 'bad'",
                    key: ["id"],
                    fix: "DELETE FROM s.b USING violations AS v WHERE b.id = v.id",
                    repairs: "s.b"
                ),
            ]
            let run = try await fix(checks, at: "\(conninfo) user=\(role)")
            let text = change.replacing("ROLE", with: role).replacing(" b ", with: " s.b ")
            try await TestDatabase.load([text], into: conninfo)
            let undone = try await undo("\(run.id)", checks, at: "\(conninfo) user=\(role)")
            #expect(undone.run.checks.first { $0.id == "a" }?.repaired == -2)
            #expect(undone.run.checks.first { $0.id == "b" }?.left == 2)
            #expect(undone.left["b"]?.contains(",refused by the database: \(reason)\n") == true, "\(undone.left)")
            try await TestDatabase.load(["DROP OWNED BY \(role); DROP ROLE \(role)"], into: conninfo)
        }
    }

    @Test("F09: a time limit ends the undo, and is no row's fault")
    func aTimeLimitEndsTheUndo() async throws {
        let schema = """
            CREATE TABLE b (id int PRIMARY KEY, state text); INSERT INTO b VALUES (1, 'bad'), (2, 'bad');
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(100); RETURN NEW; END $$
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let check = Self.removal("b")
            let run = try await fix([check], at: conninfo)
            let trigger = "CREATE TRIGGER f BEFORE INSERT ON b FOR EACH ROW EXECUTE FUNCTION f()"
            try await TestDatabase.load([trigger], into: conninfo)
            await #expect {
                _ = try await undo("\(run.id)", [check], at: conninfo, settings: { $0.statementTimeout = "2s" })
            } throws: { "\($0)".contains("was rolled back: took longer than 2s") }
        }
    }

    @Test("F25: a trigger that returns NULL is what kept a row", arguments: ["UPDATE", "DELETE", "INSERT"])
    func triggersThatReturnNull(undoing: String) async throws {
        let fixes = [
            "UPDATE": "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id",
            "INSERT": "DELETE FROM t USING violations AS v WHERE t.id = v.id",
        ]
        let schema = "CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad'), (2, 'bad')"
        try await withDatabase(loading: [schema]) { conninfo in
            var check = Self.writing("t", fixes[undoing] ?? "")
            if undoing == "DELETE" {
                try await TestDatabase.load(["TRUNCATE t"], into: conninfo)
                check = repairable(
                    "t",
                    "SELECT i AS id FROM generate_series(1, 2) AS i WHERE i NOT IN (SELECT id FROM t)",
                    key: ["id"],
                    fix: "INSERT INTO t SELECT id, 'new' FROM violations",
                    repairs: "t"
                )
            }
            let run = try await fix([check], at: conninfo)
            try await TestDatabase.load(
                [
                    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                    "CREATE TRIGGER f BEFORE \(undoing) ON t FOR EACH ROW EXECUTE FUNCTION f()",
                ],
                into: conninfo
            )
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(undone.run.checks[0].repaired == 0 && undone.run.checks[0].left == 2)
            #expect(
                undone.left["t"]?.contains(",a trigger or rule of the table kept it as it is\n") == true,
                "\(undone.left)"
            )
        }
    }

    @Test("F35: the tables of also_writes may be written, which is told; others may not", arguments: [true, false])
    func auditLog(isAllowed: Bool) async throws {
        let schema = """
            CREATE TABLE log (id bigint GENERATED ALWAYS AS IDENTITY, row jsonb);
            CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad'), (2, 'bad'), (3, 'ok');
            CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO log (row) VALUES (to_jsonb(old)); RETURN NULL; END $$;
            CREATE TRIGGER a AFTER UPDATE OR DELETE ON t FOR EACH ROW EXECUTE FUNCTION log()
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let mending = "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id"
            let run = try await fix([Self.writing("t", mending, alsoWrites: ["log"])], at: conninfo)
            let undoing = Self.writing("t", mending, alsoWrites: isAllowed ? ["log"] : [])
            let undone = try await undo("\(run.id)", [undoing], at: conninfo)
            #expect(undone.run.checks[0].repaired == (isAllowed ? -2 : 0), "\(undone.left)")
            #expect(try await value("SELECT count(*) FROM log", at: conninfo) == (isAllowed ? "4" : "2"))
            if isAllowed {
                let note = "triggers wrote public.log as `also_writes` allows, and that stays: 2 rows inserted"
                #expect(undone.run.checks[0].notes == [note])
            } else {
                #expect(undone.left["t"]?.contains("it would also change public.log") == true)
            }
        }
    }

    @Test("F35: a partitioned log may be written, whichever of its tables is named", arguments: ["log", "log_1"])
    func partitionedLog(name: String) async throws {
        let schema = """
            CREATE TABLE log (n int, row jsonb) PARTITION BY LIST (n);
            CREATE TABLE log_1 PARTITION OF log FOR VALUES IN (1);
            CREATE TABLE t (id int PRIMARY KEY, state text); INSERT INTO t VALUES (1, 'bad'), (2, 'bad');
            CREATE FUNCTION log() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN INSERT INTO log VALUES (1, to_jsonb(old)); RETURN NULL; END $$;
            CREATE TRIGGER a AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION log()
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let mending = "UPDATE t SET state = 'good' FROM violations AS v WHERE t.id = v.id"
            let check = Self.writing("t", mending, alsoWrites: [name])
            let run = try await fix([check], at: conninfo)
            #expect(run.checks[0].repaired == 2, "\(run.checks[0].error ?? "")")
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(undone.run.checks[0].repaired == -2, "\(undone.left)")
        }
    }

    @Test("F15: a row whose key is NULL is told as one that cannot be told from others")
    func nullKeys() async throws {
        let schema = """
            CREATE TABLE customer (email text NOT NULL UNIQUE, id text, state text);
            INSERT INTO customer VALUES ('a', 'a', 'bad'), ('b', 'b', 'bad')
            """
        try await withDatabase(loading: [schema]) { conninfo in
            let check = Self.removal("customer")
            let run = try await fix([check], at: conninfo)
            try await TestDatabase.load(
                [
                    "ALTER TABLE customer ALTER email DROP NOT NULL",
                    "UPDATE assay.repairs SET key = '{\"email\": null}'",
                ],
                into: conninfo
            )
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            #expect(undone.run.checks[0].left == 2)
            #expect(
                undone.left["customer"]?.contains("its key has no value, so that it cannot be told from others")
                    == true,
                "\(undone.left)"
            )
        }
    }
}
