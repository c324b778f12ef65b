package import AuditModel
package import Logging
import Postgres
import SQLSyntax

/// Has the server prepare and plan every statement of a suite, and runs none of them.
package struct ServerLint: Sendable {
    /// What the server has against a statement.
    package struct Finding: Sendable, Equatable {
        package var place: Statement.Place
        package var message: String
        /// An audit works all the same.
        package var isWarning: Bool
    }

    private let suite: Suite
    private let settings: AuditSettings
    private let logger: Logger

    package init(suite: Suite, settings: AuditSettings, logger: Logger) {
        self.suite = suite
        self.settings = settings
        self.logger = logger
    }

    package func run() async throws(AuditError) -> [Finding] {
        do {
            let session = try await Session.open(
                settings.connection(named: "assay/lint"),
                logger: logger
            )
            let found = try await session.withConnection { $0.server.database }
            if let expected = settings.expectedDatabase, expected != found {
                throw AuditError.unexpectedDatabase(found: found, expected: expected)
            }
            let findings = try await session.withConnection { connection in
                try connection.begin(.repeatableRead(readOnly: true, snapshot: nil))
                return try suite.checks.flatMap { try examine($0, on: connection) } + examineLabels(on: connection)
            }
            await session.close()
            return findings
        } catch let error as AuditError {
            throw error
        } catch let error as PostgresError {
            throw AuditError(error)
        } catch {
            throw .unknown("\(error)")
        }
    }

    private func examine(_ check: Check, on connection: borrowing Connection) throws -> [Finding] {
        switch check.work {
        case .violations(let work):
            let (columns, found) = try examine(work.find, of: check, on: connection)
            var findings = found
            if let columns {
                let reason = work.repair?.leftBecause.map { [("left_because", $0)] } ?? []
                let named = work.key.map { ("key", $0) } + (check.user.map { [("user", $0)] } ?? []) + reason
                findings += missing(named, in: columns, of: work.find)
            }
            if let scope = work.scope { findings += try examine(scope, of: check, on: connection).findings }
            // The fix reads from the query, and would only repeat what is wrong with it.
            if let repair = work.repair, findings.isEmpty {
                findings += try examine(repair.fix, over: work.find, of: check, on: connection)
                if findings.isEmpty { findings += try examineTable(of: repair, work, check, on: connection) }
            }
            return findings
        case .statistic(let work):
            let (columns, found) = try examine(work.measure, of: check, on: connection)
            guard let columns else { return found }
            let named = (Array(work.limits.keys) + work.formats.keys).sorted().map {
                (work.limits[$0] == nil ? "format" : "limits", $0)
            }
            let gone = missing(named + (check.user.map { [("user", $0)] } ?? []), in: columns, of: work.measure)
            guard gone.isEmpty else { return found + gone }
            let bound = try BoundStatement(work.measure, of: check.id, parameters: check.parameters)
            do {
                _ = try FigureColumns(connection.describe(bound.sql).columns, of: check, work)
                return found
            } catch let error as MeasuringError {
                return found + [
                    Finding(place: error.place ?? work.measure.place, message: error.message, isWarning: false)
                ]
            }
        case .probe(let work):
            return try [work.setup, work.act, work.expect].compactMap { $0 }
                .flatMap { try examine($0, of: check, on: connection).findings }
        }
    }

    private func examineLabels(on connection: borrowing Connection) throws -> [Finding] {
        guard let labels = suite.userLabels else { return [] }
        let users: [String: ParameterValue] = ["users": .list([])]
        let explain = try BoundStatement(labels, of: "users", parameters: users, in: .explain)
        return try refusal(of: explain, on: connection).map { error in
            [Finding(place: explain.place(of: error) ?? labels.place, message: error.explanation, isWarning: false)]
        } ?? []
    }

    /// The columns that a statement returns, when the server takes it.
    private func examine(
        _ statement: Statement,
        of check: Check,
        on connection: borrowing Connection
    ) throws -> (columns: [String]?, findings: [Finding]) {
        let explain = try BoundStatement(
            statement,
            of: check.id,
            parameters: check.parameters,
            in: .explain
        )
        if let error = try refusal(of: explain, on: connection) {
            let place = explain.place(of: error) ?? statement.place
            return (nil, [Finding(place: place, message: error.explanation, isWarning: false)])
        }
        let bound = try BoundStatement(statement, of: check.id, parameters: check.parameters)
        return (try connection.describe(bound.sql).columns.map(\.name), [])
    }

    /// What the server has against a fix, whose `violations` are a query.
    private func examine(
        _ fix: Statement,
        over find: Statement,
        of check: Check,
        on connection: borrowing Connection
    ) throws -> [Finding] {
        let whole = CommonTable("violations", as: find.text, for: fix.text)
        let explain = try BoundStatement(
            Statement(whole.text, at: fix.place),
            of: check.id,
            parameters: check.parameters,
            in: .explain
        )
        guard let error = try refusal(of: explain, on: connection) else { return [] }
        var finding = Finding(place: fix.place, message: error.explanation, isWarning: false)
        if let offset = explain.offset(of: error), case .statement(let inFix) = whole.origin(of: offset) {
            finding.place = fix.place(ofOffset: inFix)
        }
        if error.kind == .privilege {
            finding.isWarning = true
            finding.message += "; an audit does not need it"
        }
        return [finding]
    }

    /// What keeps a fix from being journalled, such as a table without a key.
    private func examineTable(
        of repair: Repair,
        _ work: ViolationWork,
        _ check: Check,
        on connection: borrowing Connection
    ) throws -> [Finding] {
        let place = repair.fix.place
        func read(_ name: String) throws -> TableShape? {
            try TableShape.read(TableName(name)?.quoted ?? name, on: connection)
        }
        guard let table = try read(repair.table) else {
            let message = "there is no table \(repair.table) here; a view or foreign table cannot be repaired"
            return [Finding(place: place, message: message, isWarning: false)]
        }
        if let missing = try repair.alsoWrites.first(where: { try read($0) == nil }) {
            let message = "the table \(missing), which `also_writes` names, does not exist here"
            return [Finding(place: place, message: message, isWarning: false)]
        }
        let bound = try BoundStatement(work.find, of: check.id, parameters: check.parameters)
        do {
            _ = try RepairStatement(
                check: check,
                find: work.find,
                repair: repair,
                table: table,
                columns: connection.describe(bound.sql).columns
            )
            return []
        } catch let error as MeasuringError {
            return [Finding(place: error.place ?? place, message: error.message, isWarning: false)]
        }
    }

    /// Why the server does not take a statement; planning it looks at privileges, too.
    private func refusal(of explain: BoundStatement, on connection: borrowing Connection) throws -> PostgresError? {
        do {
            _ = try connection.withSavepoint { try connection.query(explain.sql, bytes: explain.parameters) }
            return nil
        } catch let error as PostgresError where !error.endsRun {
            return error
        }
    }

    private func missing(
        _ named: [(key: String, column: String)],
        in columns: [String],
        of statement: Statement
    ) -> [Finding] {
        named.filter { !columns.contains($0.column) }.map { key, column in
            Finding(
                place: statement.place,
                message: "the query returns no column '\(column)', which `\(key):` names; "
                    + "it returns \(columns.joined(separator: ", "))",
                isWarning: false
            )
        }
    }
}
