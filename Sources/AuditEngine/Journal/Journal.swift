import AuditModel
import Postgres

/// The journal as a run uses it, on the connection that repairs.
enum Journal {
    /// Whether there is a journal; refuses a schema of its name that is somebody else's.
    static func exists(on connection: borrowing Connection) throws -> Bool {
        let obstacle = try connection.query("/* assay: journal */ \(JournalSchema.obstacle)").firstValue
        if let obstacle {
            throw AuditError.notPermitted(
                "the schema assay is not this program's: \(obstacle). Nothing was changed. The journal of the repairs needs "
                    + "this name: rename the other schema, or audit without --fix."
            )
        }
        return try connection.query("/* assay: journal */ \(JournalSchema.isWhole)").firstValue == "t"
    }

    /// Creates the tables where they are missing, and refuses what a fix could not be journalled in.
    ///
    /// - Returns: whether tables were created.
    @discardableResult
    static func prepare(on connection: borrowing Connection) throws -> Bool {
        let isThere = try exists(on: connection)
        if !isThere { try create(on: connection) }
        try checkPrivileges(on: connection)
        try checkVersion(on: connection)
        return !isThere
    }

    private static func create(on connection: borrowing Connection) throws {
        do throws(PostgresError) {
            try connection.execute(JournalSchema.sql)
        } catch {
            guard error.sqlState != nil, !error.endsRun, error.kind != .timeout else { throw error }
            // A missing privilege, or an event trigger that lets nobody change the schema.
            throw AuditError.notPermitted(
                "the journal (schema assay) cannot be created here: \(error.explanation). Nothing was repaired. Have an "
                    + "administrator create it beforehand: `assay sql journal` prints the statements."
            )
        }
    }

    /// Refuses a role that could not journal what it repairs.
    private static func checkPrivileges(on connection: borrowing Connection) throws {
        let missing = try connection.query(
            """
            /* assay: journal */
            SELECT CASE WHEN has_schema_privilege(min(n.oid::bigint)::oid, 'USAGE') THEN
                string_agg(need.privilege || ' on assay.' || c.relname, ', ' ORDER BY c.relname, need.privilege)
                    FILTER (WHERE NOT has_any_column_privilege(c.oid, need.privilege))
                ELSE 'USAGE on the schema assay' END
            FROM (VALUES ('journal', 'SELECT'), ('runs', 'SELECT'), ('runs', 'INSERT'), ('runs', 'UPDATE'),
                ('repairs', 'SELECT'), ('repairs', 'INSERT')) AS need (name, privilege)
            JOIN pg_class AS c ON c.relname = need.name JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = 'assay'
            """
        ).firstValue
        guard let missing else { return }
        throw AuditError.notPermitted(
            "the role \(connection.server.user) may not write the journal of the repairs: it lacks \(missing). Nothing was "
                + "changed. `assay sql roles` prints what a fixer needs."
        )
    }

    /// Refuses the tables of a newer program.
    static func checkVersion(on connection: borrowing Connection) throws {
        let version = try connection.query("/* assay: journal */ SELECT max(version) FROM assay.journal").firstValue
        guard let version = version.flatMap({ Int($0) }), version > JournalSchema.version else { return }
        throw AuditError.notPermitted(
            "the journal in schema assay has version \(version), and this program writes version "
                + "\(JournalSchema.version). Nothing was changed. Use the newer program."
        )
    }

    /// Enters the run, in the transaction of its first change.
    static func enter(
        _ run: RunID,
        mode: Run.Mode,
        suite: Suite,
        undoes: RunID? = nil,
        on connection: borrowing Connection
    ) throws(PostgresError) {
        _ = try connection.query(
            """
            /* assay: journal */
            INSERT INTO assay.runs (id, mode, suite, suite_digest, undoes)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING
            """,
            [run.description, mode == .undo ? "undo" : "fix", suite.id, suite.digest, undoes?.description]
        )
    }

    /// Notes that the run came to its end.
    static func finish(_ run: RunID, on connection: borrowing Connection) throws(PostgresError) {
        _ = try connection.query(
            "/* assay: journal */ UPDATE assay.runs SET finished_at = clock_timestamp() WHERE id = $1",
            [run.description]
        )
    }

    /// How many rows of each user a run has repaired for a check, when its connection was lost at a commit.
    ///
    /// Waits for the end of that transaction: the server may not have noticed yet.
    static func committed(
        run: RunID,
        check: String,
        on connection: borrowing Connection
    ) throws -> [(user: String, rows: Int)] {
        try waitForOthers(of: run, on: connection)
        return try connection.query(
            """
            /* assay: journal */
            SELECT coalesce(user_id, ''), count(*) FROM assay.repairs
            WHERE run = $1 AND check_id = $2 GROUP BY 1
            """,
            [run.description, check]
        ).rows.map { ($0[0] ?? "", $0[1].flatMap { Int($0) } ?? 0) }
    }

    /// Waits until no other connection of a run is in a transaction that writes.
    private static func waitForOthers(of run: RunID, on connection: borrowing Connection) throws {
        let isWriting = """
            /* assay: journal */
            SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = $1 AND backend_xid IS NOT NULL
                AND datname = current_database() AND pid <> pg_backend_pid())
            """
        for _ in 0..<100 {
            guard try connection.query(isWriting, ["assay/\(run)"]).firstValue == "t" else { return }
            _ = try connection.query("/* assay: journal */ SELECT pg_sleep(0.1)")
        }
        throw PostgresError(stage: .query, message: "the lost connection is still at work on the server")
    }
}
