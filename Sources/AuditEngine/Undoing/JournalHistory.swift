package import AuditModel
import FoundationEssentials
package import Logging
import Postgres

/// The runs in a database's journal, with what they repaired and what of it can still be taken back.
package struct JournalHistory: Sendable, Equatable, Encodable {
    package struct Entry: Sendable, Equatable, Encodable {
        package var id: String
        /// `fix` or `undo`.
        package var mode: String
        package var suite: String
        /// The role that ran it.
        package var role: String
        package var startedAt: Timestamp
        /// Nil for a run that still goes on, or that was ended by force.
        package var finishedAt: Timestamp?
        /// The run that an undo took back.
        package var undoes: String?
        /// Rows, by check in the order in which they were repaired.
        package var checks: [CheckEntry]
        /// The undo runs that took rows of this one back.
        package var undoneBy: [String]

        /// Rows that the run repaired; for an undo, that it took back.
        package var rows: Int { checks.reduce(0) { $0 + $1.rows } }
        /// Of those, rows that were not taken back.
        package var pending: Int { checks.reduce(0) { $0 + $1.pending } }

        private enum CodingKeys: String, CodingKey {
            case id, mode, suite, role, undoes, checks, rows, pending
            case startedAt = "started_at"
            case finishedAt = "finished_at"
            case undoneBy = "undone_by"
        }

        package func encode(to encoder: any Encoder) throws {
            var c = encoder.container(keyedBy: CodingKeys.self)
            try c.encode(id, forKey: .id)
            try c.encode(mode, forKey: .mode)
            try c.encode(suite, forKey: .suite)
            try c.encode(role, forKey: .role)
            try c.encode(startedAt, forKey: .startedAt)
            try c.encode(finishedAt, forKey: .finishedAt)
            try c.encode(undoes, forKey: .undoes)
            try c.encode(rows, forKey: .rows)
            try c.encode(pending, forKey: .pending)
            try c.encode(checks, forKey: .checks)
            try c.encode(undoneBy, forKey: .undoneBy)
        }
    }

    package struct CheckEntry: Sendable, Equatable, Encodable {
        package var id: String
        package var rows: Int
        package var pending: Int
    }

    /// Whose journal it is.
    package var database: String
    /// The newest first; nil when the database has no journal.
    package var runs: [Entry]?

    /// The history as JSON, with a newline at its end.
    package func json() throws(AuditError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(runs ?? []), as: UTF8.self) + "\n"
        } catch {
            throw .unknown("the history cannot be encoded: \(error)")
        }
    }
}

extension JournalHistory {
    /// Reads the journal in one read-only transaction, for which `SELECT` on schema `assay` is enough.
    package static func read(_ settings: AuditSettings, logger: Logger) async throws(AuditError) -> JournalHistory {
        do {
            let session = try await Session.open(settings.connection(named: "assay/history"), logger: logger)
            let history = try await session.withConnection { connection in
                if let expected = settings.expectedDatabase, expected != connection.server.database {
                    throw AuditError.unexpectedDatabase(found: connection.server.database, expected: expected)
                }
                try connection.begin(.repeatableRead(readOnly: true, snapshot: nil))
                return try read(on: connection)
            }
            await session.close()
            return history
        } catch let error as AuditError {
            throw error
        } catch let error as PostgresError {
            guard error.stage == .connect || error.kind != .privilege else {
                throw .notPermitted(
                    "\(error) The history needs USAGE on schema assay and SELECT on its tables: `assay sql roles` has the "
                        + "statements."
                )
            }
            throw AuditError(error)
        } catch {
            throw .unknown("\(error)")
        }
    }

    private static func read(on connection: borrowing Connection) throws -> JournalHistory {
        let database = connection.server.database
        guard try Journal.exists(on: connection) else { return JournalHistory(database: database, runs: nil) }
        let runs = try connection.query(
            """
            /* assay: history */
            SELECT id, mode, suite, role, (extract(epoch FROM started_at) * 1000)::bigint,
                (extract(epoch FROM finished_at) * 1000)::bigint, undoes
            FROM assay.runs ORDER BY started_at DESC, id DESC
            """
        )
        let (checks, undoers) = try rows(on: connection)
        let entries = runs.rows.map { row in
            let id = row[0] ?? ""
            func time(_ column: Int) -> Timestamp? {
                row[column].flatMap { Int($0) }.map(Timestamp.init(milliseconds:))
            }
            return Entry(
                id: id,
                mode: row[1] ?? "",
                suite: row[2] ?? "",
                role: row[3] ?? "",
                startedAt: time(4) ?? Timestamp(milliseconds: 0),
                finishedAt: time(5),
                undoes: row[6],
                checks: checks[id] ?? [],
                undoneBy: undoers[id] ?? []
            )
        }
        return JournalHistory(database: database, runs: entries)
    }

    /// The rows of each run by check, those of an undo included, and the undo runs of each run.
    private static func rows(
        on connection: borrowing Connection
    ) throws -> (checks: [String: [CheckEntry]], undoers: [String: [String]]) {
        let table = try connection.query(
            """
            /* assay: history */
            SELECT run, undone_by, check_id, count(*), min(id) FROM assay.repairs
            GROUP BY run, undone_by, check_id ORDER BY min(id)
            """
        )
        var checks: [String: [CheckEntry]] = [:]
        var undoers: [String: [String]] = [:]
        func add(_ run: String, _ check: String, rows: Int, pending: Int) {
            var entries = checks[run] ?? []
            if let index = entries.firstIndex(where: { $0.id == check }) {
                entries[index].rows += rows
                entries[index].pending += pending
            } else {
                entries.append(CheckEntry(id: check, rows: rows, pending: pending))
            }
            checks[run] = entries
        }
        for row in table.rows {
            guard let run = row[0], let check = row[2], let count = row[3].flatMap({ Int($0) }) else { continue }
            add(run, check, rows: count, pending: row[1] == nil ? count : 0)
            guard let undoer = row[1] else { continue }
            add(undoer, check, rows: count, pending: 0)
            if undoers[run]?.contains(undoer) != true { undoers[run, default: []].append(undoer) }
        }
        return (checks, undoers.mapValues { $0.sorted() })
    }
}
