import AuditEngine
import AuditModel
import Logging
import Postgres
import TestSupport
import Testing

/// Where the journal is made, and where it is not.
@Suite(.timeLimit(.minutes(20)))
struct RepairJournalTests {
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, ok bool NOT NULL); INSERT INTO t VALUES (1, false), (2, true)
        """
    private static let bad = repairable(
        "bad",
        "SELECT id FROM t WHERE NOT ok",
        key: ["id"],
        fix: "UPDATE t SET ok = true FROM violations AS v WHERE t.id = v.id",
        repairs: "t"
    )

    /// Everything in the schema `assay`, with its comment.
    private static let assay = """
        SELECT concat(obj_description(to_regnamespace('assay'), 'pg_namespace'), (
            SELECT string_agg(format('%s %s', c.relname, a.attname), ',' ORDER BY c.relname, a.attname)
            FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
            WHERE c.relnamespace = to_regnamespace('assay')))
        """

    private static let foreign: [(setup: String, reason: String)] = [
        (
            """
            CREATE SCHEMA assay; COMMENT ON SCHEMA assay IS 'Gold assays of the refinery, owner: lab';
            CREATE TABLE assay.runs (id serial PRIMARY KEY, furnace text, finished_at timestamptz)
            """, #"its table runs has no column "finished_at timestamp with time zone""#
        ),
        ("CREATE SCHEMA assay; CREATE TABLE assay.sample (id int)", "it holds sample"),
        ("CREATE SCHEMA assay; CREATE FUNCTION assay.weigh() RETURNS int LANGUAGE sql AS 'SELECT 1'", "it holds weigh"),
        ("CREATE SCHEMA assay; CREATE TYPE assay.metal AS ENUM ('Au')", "it holds"),
        ("CREATE SCHEMA assay; COMMENT ON SCHEMA assay IS 'lab'", #"its comment is "lab""#),
        ("CREATE SCHEMA assay; CREATE VIEW assay.repairs AS SELECT 1 AS id", "repairs is no table there"),
        (
            """
            CREATE SCHEMA assay; CREATE TABLE assay.repairs (id int, item text);
            COMMENT ON SCHEMA assay IS 'The journal of assay: every row it repaired, before and after.'
            """, #"its table repairs has no column "after jsonb""#
        ),
    ]

    @Test("F16: a schema assay of somebody else's is refused, and stays as it is", arguments: foreign)
    func aForeignSchemaStays(setup: String, reason: String) async throws {
        let reason = reason.replacing("finished_at timestamp with time zone", with: "id text")
        try await withDatabase(loading: [Self.schema, setup]) { conninfo in
            let before = try await value(Self.assay, at: conninfo)
            for isDryRun in [false, true] {
                let error = await #expect(throws: AuditError.self) {
                    try await fix([Self.bad], at: conninfo) { $0.isDryRun = isDryRun }
                }
                guard case .notPermitted(let message) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(message.hasPrefix("the schema assay is not this program's: \(reason)"), "\(message)")
            }
            let undone = await #expect(throws: AuditError.self) { try await undo("x", [Self.bad], at: conninfo) }
            #expect(undone?.description.contains("the schema assay is not this program's") == true)
            let history = await #expect(throws: AuditError.self) {
                try await JournalHistory.read(
                    AuditSettings(conninfo: conninfo),
                    logger: Logger(label: "tests") { _ in CollectedLog() }
                )
            }
            #expect(history?.description.contains("the schema assay is not this program's") == true)
            let script = await #expect(throws: PostgresError.self) {
                try await TestDatabase.load([JournalSchema.script], into: conninfo)
            }
            #expect(script?.message.hasPrefix("the schema assay is not this program's: \(reason)") == true)
            #expect(try await value(Self.assay, at: conninfo) == before)
            #expect(try await value("SELECT count(*) FROM t WHERE ok", at: conninfo) == "1")
        }
    }

    @Test(
        "F16: an empty schema is taken, and the journal's own is known without its comment",
        arguments: [
            "CREATE SCHEMA assay", JournalSchema.script, "\(JournalSchema.script); COMMENT ON SCHEMA assay IS 'ours'",
            "\(JournalSchema.script); COMMENT ON SCHEMA assay IS NULL; CREATE VIEW assay.recent AS SELECT * FROM assay.runs",
            "\(JournalSchema.script); DROP TABLE assay.runs", "\(JournalSchema.script) \(JournalSchema.script)",
            "\(JournalSchema.script); ALTER TABLE assay.runs ADD COLUMN ticket text",
        ]
    )
    func whatIsOursIsUsed(setup: String) async throws {
        try await withDatabase(loading: [Self.schema, setup]) { conninfo in
            let run = try await fix([Self.bad], at: conninfo)
            #expect(run.checks[0].repaired == 1, "\(run.checks[0].error ?? "")")
            #expect(try await undo("\(run.id)", [Self.bad], at: conninfo).run.checks[0].repaired == -1)
        }
    }

    /// The journal as version 0.1.0 made it.
    @Test("F16: the journal of 0.1.0 is known")
    func theFirstJournalIsKnown() async throws {
        let first = """
            CREATE SCHEMA assay; COMMENT ON SCHEMA assay IS 'The journal of assay: every row it repaired, before and after.';
            CREATE TABLE assay.journal (version integer PRIMARY KEY, installed_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE assay.runs (id text PRIMARY KEY, mode text NOT NULL CHECK (mode IN ('fix', 'undo')),
                suite text NOT NULL, suite_digest text NOT NULL, undoes text, role text NOT NULL DEFAULT current_user,
                started_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz);
            CREATE TABLE assay.repairs (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, run text NOT NULL,
                check_id text NOT NULL, batch integer NOT NULL, table_name text NOT NULL,
                operation text NOT NULL CHECK (operation IN ('insert', 'update', 'delete')), key jsonb NOT NULL,
                before jsonb, after jsonb, user_id text, repaired_at timestamptz NOT NULL DEFAULT now(), undone_by text);
            INSERT INTO assay.journal (version) VALUES (1);
            INSERT INTO assay.runs (id, mode, suite, suite_digest) VALUES ('20261124T000020Z-3035f2', 'fix', 'tests', 'd');
            INSERT INTO assay.repairs (run, check_id, batch, table_name, operation, key, before, after)
            VALUES ('20261124T000020Z-3035f2', 'bad', 1, 'public.t', 'update', '{"id": 2}', '{"id": 2, "ok": false}',
                '{"id": 2, "ok": true}')
            """
        try await withDatabase(loading: [Self.schema, first]) { conninfo in
            let undone = try await undo("20261124T000020Z-3035f2", [Self.bad], at: conninfo)
            #expect(undone.run.checks[0].repaired == -1)
            let repaired = try await fix([Self.bad], at: conninfo).checks[0].repaired
            #expect(repaired == 2)
        }
    }

    @Test("F26: where nobody may create the journal, the way out is told, and nothing is repaired")
    func aDatabaseWithoutDDLIsTold() async throws {
        let guardian = """
            CREATE FUNCTION no_ddl() RETURNS event_trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE 'DDL only through migrations'; END $$;
            CREATE EVENT TRIGGER nd ON ddl_command_start EXECUTE FUNCTION no_ddl()
            """
        for isDryRun in [false, true] {
            try await withDatabase(loading: [Self.schema, guardian]) { conninfo in
                let error = await #expect(throws: AuditError.self) {
                    try await fix([Self.bad], at: conninfo) { $0.isDryRun = isDryRun }
                }
                guard case .notPermitted(let message) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(message.contains("DDL only through migrations (SQLSTATE P0001). Nothing was repaired."))
                #expect(message.contains("`assay sql journal`"), "\(message)")
            }
        }
        // Made beforehand, it is used in spite of the trigger.
        try await withDatabase(loading: [Self.schema, JournalSchema.script, guardian]) { conninfo in
            let repaired = try await fix([Self.bad], at: conninfo).checks[0].repaired
            #expect(repaired == 1)
        }
    }

    @Test(
        "D: a role that may not journal is told which privilege it lacks",
        arguments: [
            ("", "the journal (schema assay) cannot be created here: permission denied for database"),
            (JournalSchema.script, "it lacks USAGE on the schema assay"),
            (
                "\(JournalSchema.script); GRANT USAGE ON SCHEMA assay TO ROLE",
                "it lacks SELECT on assay.journal, INSERT on assay.repairs, SELECT on assay.repairs, INSERT on assay.runs"
            ),
            (
                """
                \(JournalSchema.script); GRANT USAGE ON SCHEMA assay TO ROLE;
                GRANT SELECT ON ALL TABLES IN SCHEMA assay TO ROLE; GRANT INSERT ON assay.repairs TO ROLE
                """, "it lacks INSERT on assay.runs, UPDATE on assay.runs"
            ),
        ]
    )
    func aRoleThatMayNotJournalIsRefused(setup: String, reason: String) async throws {
        try await withDatabase(loading: [Self.schema]) { conninfo in
            let role = "writer_\(try await value("SELECT current_database()", at: conninfo) ?? "")"
            try await TestDatabase.load(
                [
                    "CREATE ROLE \(role) LOGIN; GRANT SELECT, UPDATE ON t TO \(role)",
                    setup.replacing("ROLE", with: role),
                ].filter { !$0.isEmpty },
                into: conninfo
            )
            let log = CollectedLog()
            let database = try await value("SELECT current_database()", at: conninfo)
            let error = await #expect(throws: AuditError.self) {
                try await audit([Self.bad], at: "\(conninfo) user=\(role)", log: log) {
                    $0.expectedDatabase = database
                    $0.repair = RepairSettings()
                }
            }
            guard case .notPermitted(let message) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(message.contains(reason), "\(message)")
            #expect(!log.messages.contains { $0.contains("not finished") })
            try await TestDatabase.load(["DROP OWNED BY \(role); DROP ROLE \(role)"], into: conninfo)
        }
    }
}
