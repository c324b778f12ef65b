package import AuditModel
package import Postgres
package import RunRecords

/// A run could not take place, or broke off as a whole.
package indirect enum AuditError: Error, Sendable, CustomStringConvertible {
    /// No connection, or it was lost before anything was measured.
    case unreachable(PostgresError)
    /// The server let nobody in under this name.
    case refused(PostgresError)
    /// The server refused a statement of the run itself, not of a check.
    case failed(PostgresError)
    /// The conninfo, or a limit that was to be set, is wrong.
    case wrongSettings(PostgresError)
    /// What a transaction was begun with does not hold, as behind some proxies.
    case unkept(PostgresError)
    case unexpectedDatabase(found: String, expected: String)
    /// The run would write where it must not; the whole sentence.
    case notPermitted(String)
    /// Another run that writes is at work.
    case locked(holder: String)
    /// There is nothing that an undo could take back; the whole message. No fault of anybody's.
    case nothingToUndo(String)
    /// An undo was rolled back, or came to harm after its commit; the whole sentence.
    case undoFailed(String)
    /// A setting of the run is wrong, such as an unknown check.
    case wrongUsage(String)
    case output(OutputError)
    /// Broke off when repairs had been committed, for the cause.
    case brokenOff(committed: CommittedRows, run: RunID, cause: AuditError)
    /// Ended from outside, by a signal; with what had been committed until then.
    case cancelled(committed: CommittedRows?, run: RunID?)
    /// A fault of the program's own.
    case unknown(String)

    package var description: String { explanation { "assay undo \($0)" } }

    /// What happened and what to do.
    ///
    /// - Parameters:
    ///   - places: where the run's settings stand; nil when it is not known.
    ///   - undo: the command that takes the repairs of a run back.
    package func explanation(_ places: SettingPlaces? = nil, undo: (RunID) -> String) -> String {
        switch self {
        case .unreachable(let error):
            "\(error) \(Self.advice(error, places))"
        case .refused(let error):
            "\(error) Check the user, its password (PGPASSWORD or ~/.pgpass), and the server's pg_hba.conf."
        case .failed(let error):
            "\(error) It was a statement of the run itself, not of a check."
        case .wrongSettings(let error):
            "\(error) \(Self.whereSettingsStand(error, places))"
        case .unkept(let error):
            "\(error) Nothing can be measured so: name the server itself with --database, or correct the proxy."
        case .unexpectedDatabase(let found, let expected):
            "this is the database '\(found)', and '\(expected)' is expected. Nothing was read. "
                + "Name the right one with --database, or change \(places?.expect ?? "--expect, ASSAY_EXPECT or `expect` in assay.yml")."
        case .notPermitted(let message), .nothingToUndo(let message), .undoFailed(let message): message
        case .locked(let holder):
            "another run is at work in this database: \(holder). Nothing was changed. "
                + "Wait for it to end, or look at its connection in pg_stat_activity."
        case .wrongUsage(let message): message
        case .output(let error): error.description
        case .brokenOff(let committed, let run, let cause):
            "\(cause.explanation(places, undo: undo)) \(committed.words(undo(run)))"
        case .cancelled(let committed?, let run?):
            "the run was cancelled. \(committed.words(undo(run)))"
        case .cancelled:
            "the run was cancelled; nothing was written."
        case .unknown(let what):
            "a fault of assay's own: \(what). Please report it, with the command that showed it."
        }
    }

    /// Which of the places that settings come from are to be looked at.
    private static func whereSettingsStand(_ error: PostgresError, _ places: SettingPlaces?) -> String {
        let isOfServer = error.sqlState != nil
        if isOfServer, let variable = LibraryVariables.named(in: error.message) {
            return "Check what is set of libpq's own variables: \(variable)."
        }
        let set = LibraryVariables.set.filter { !isOfServer || LibraryVariables.settings.contains($0) }
        let variables =
            set.isEmpty
            ? (isOfServer ? "libpq's own variables, such as PGOPTIONS, PGTZ and PGDATESTYLE" : nil)
            : "what is set of libpq's own variables: \(set.joined(separator: ", "))"
        let all = "--database, ASSAY_DATABASE, DATABASE_URL or `database:` in assay.yml"
        let named = isOfServer ? "the time limits" : "what \(places?.database ?? all) says"
        return "Check \([named, variables].compactMap(\.self).joined(separator: ", and "))."
    }

    private static func advice(_ error: PostgresError, _ places: SettingPlaces?) -> String {
        switch error.sqlState {
        case .tooManyConnections?:
            "Wait until others have left, lower --jobs, or raise the limit: the server's max_connections, or the "
                + "CONNECTION LIMIT of the role or database."
        case .cannotConnectNow?: "The server is starting up or shutting down: try again in a moment."
        case .undefinedDatabase?:
            "Is the name right? `psql -l` lists the databases of a server, which is named as host=… "
                + "dbname=…."
        case _ where error.target?.isDatabaseNamed == false:
            "Name the database with --database, DATABASE_URL, or `database:` in assay.yml."
        default: "Check that the server runs and that \(places?.database ?? "--database") names it."
        }
    }
}
