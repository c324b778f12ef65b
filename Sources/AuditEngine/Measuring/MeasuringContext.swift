import AuditModel
import Postgres
import RunRecords
import SQLSyntax

/// What all measurings of a run share, and the few steps that they have in common.
struct MeasuringContext: Sendable {
    let settings: AuditSettings
    let folder: RunFolder
    var tallies: TallyBook
    let progress: @Sendable (AuditProgress) -> Void

    func bind(
        _ statement: Statement,
        of check: Check,
        in frame: StatementFrame = .none,
        extra: [[UInt8]?] = []
    ) throws -> BoundStatement {
        try BoundStatement(statement, of: check.id, parameters: check.parameters, in: frame, extra: extra)
    }

    func describe(_ bound: BoundStatement, on connection: borrowing Connection) throws -> StatementShape {
        try placing(errorsOf: bound) { try connection.describe(bound.sql) }
    }

    /// Runs a body, and gives the server's errors their place in the check file.
    func placing<R>(errorsOf bound: BoundStatement, _ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error as PostgresError where !error.endsRun {
            throw MeasuringError(bound.place(of: error), explanation(of: error))
        }
    }

    func position(
        of column: String,
        in columns: [StatementShape.Column],
        of statement: Statement,
        named key: String = "user"
    ) throws(MeasuringError) -> Int {
        if let index = columns.firstIndex(where: { $0.name == column }) { return index }
        let names = columns.map(\.name).joined(separator: ", ")
        throw MeasuringError(
            statement.place,
            "the query returns no column '\(column)', which `\(key):` names; it returns \(names)"
        )
    }

    func explanation(of error: PostgresError) -> String {
        switch error.kind {
        case .timeout where error.sqlState == .lockNotAvailable:
            "waited longer than \(settings.lockTimeout) for a lock (limits: lock_timeout)"
        case .timeout:
            "took longer than \(settings.statementTimeout) and was cancelled (limits: statement_timeout). "
                + "Look at its plan with EXPLAIN, or raise the limit"
        case .other where error.sqlState == .queryCanceled:
            "somebody cancelled its statement on the server, as pg_cancel_backend does"
        case .privilege where error.isRowSecurity:
            error.explanation + ". Rows may be hidden from this role: audit as one that has BYPASSRLS"
        case .privilege:
            error.explanation + ". Grant it to the role; `assay sql roles` prints what a reader and a fixer need"
        default: error.explanation
        }
    }
}

extension PostgresError {
    /// Not this check is at fault: the connection is gone, or the run is being ended.
    var endsRun: Bool { connectionLost || kind == .cancelled }
}
