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

    /// Refuses a list where the server takes one value, and one value where it takes an array.
    func verifyParameters(of check: Check, on connection: borrowing Connection) throws {
        guard !check.parameters.isEmpty else { return }
        for statement in check.readingStatements {
            let bound = try bind(statement, of: check)
            guard !bound.parameters.isEmpty else { continue }
            let shape = try placing(errorsOf: bound) { try connection.describe(bound.sql) }
            try ParameterTypes(of: statement, values: check.parameters).verify(bound.names, shape, on: connection)
        }
    }

    /// The same for a fix, which reads from the check's query.
    func verifyParameters(
        of repair: Repair,
        _ work: ViolationWork,
        _ check: Check,
        on connection: borrowing Connection
    ) throws {
        guard !check.parameters.isEmpty else { return }
        let whole = CommonTable("violations", as: work.find.text, for: repair.fix.text)
        let bound = try bind(Statement(whole.text, at: repair.fix.place), of: check)
        guard !bound.parameters.isEmpty else { return }
        let shape = try connection.describe(bound.sql)
        try ParameterTypes(of: repair.fix, values: check.parameters).verify(bound.names, shape, on: connection)
    }

    /// Runs a body, and gives the server's errors their place in the check file.
    func placing<R>(errorsOf bound: BoundStatement, _ body: () throws -> R) throws -> R {
        do {
            return try body()
        } catch let error as PostgresError where !error.endsRun {
            let explained = ErrorExplanation(error, of: bound)
            let isPlain = error.kind == .other && error.sqlState != .queryCanceled
            throw MeasuringError(
                explained.place,
                isPlain ? explained.message : explanation(of: error),
                missing: explained.missing
            )
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
