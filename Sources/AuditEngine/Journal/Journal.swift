import AuditModel
import Postgres

/// The journal as a run uses it, on the connection that repairs.
enum Journal {
    static func exists(on connection: borrowing Connection) throws(PostgresError) -> Bool {
        try connection.query("/* assay: journal */ SELECT to_regclass('assay.repairs') IS NOT NULL").firstValue == "t"
    }

    /// Creates the tables where they are missing, and refuses those of a newer program.
    static func prepare(on connection: borrowing Connection) throws {
        if try !exists(on: connection) { try connection.execute(JournalSchema.sql) }
        try checkVersion(on: connection)
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

    /// How many rows of each user a run has repaired for a check.
    static func rows(
        of run: RunID,
        check: String,
        on connection: borrowing Connection
    ) throws(PostgresError) -> [(user: String, rows: Int)] {
        try connection.query(
            """
            /* assay: journal */
            SELECT coalesce(user_id, ''), count(*) FROM assay.repairs WHERE run = $1 AND check_id = $2 GROUP BY 1
            """,
            [run.description, check]
        ).rows.map { ($0[0] ?? "", $0[1].flatMap { Int($0) } ?? 0) }
    }
}
