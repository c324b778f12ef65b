import AuditModel
import Postgres
import SQLSyntax
import Wording

/// What a server has against the statements of one check.
struct CheckExamination {
    typealias Finding = ServerLint.Finding

    let check: Check
    let unread: [Statement]

    /// What is wrong, and the columns of the check's query when the server takes it.
    func findings(on connection: borrowing Connection) throws -> ([Finding], [StatementShape.Column]?) {
        switch check.work {
        case .violations(let work): try findings(work, on: connection)
        case .statistic(let work):
            try examined(work.measure, on: connection) { columns in
                let figures = (Array(work.limits.keys) + work.formats.keys).sorted().map {
                    (work.limits[$0] == nil ? "format" : "limits", $0)
                }
                let user = check.user.map { [("user", $0)] } ?? []
                let found = missing(figures + user, in: columns, of: work.measure)
                return found.isEmpty ? noFigures(columns, work) : found
            }
        case .probe(let work):
            (
                try [work.setup, work.act, work.expect].compactMap(\.self).flatMap { statement in
                    try examined(statement, on: connection) { _ in [] }.0
                },
                nil
            )
        }
    }

    private func findings(
        _ work: ViolationWork,
        on connection: borrowing Connection
    ) throws -> ([Finding], [StatementShape.Column]?) {
        var (findings, columns) = try examined(work.find, on: connection) { columns in
            let reason = work.repair?.leftBecause.map { [("left_because", $0)] } ?? []
            let named = work.key.map { ("key", $0) } + (check.user.map { [("user", $0)] } ?? []) + reason
            return doubles(columns, of: work.find) + missing(named, in: columns, of: work.find)
        }
        if let scope = work.scope {
            findings += try examined(scope, on: connection) { notOneNumber($0, scope) }.0
        }
        // The fix reads from the query, and would only repeat what is wrong with it.
        if let repair = work.repair, let columns, !findings.contains(where: { !$0.isWarning }) {
            let examination = FixExamination(check: check, work: work, repair: repair)
            findings += try examination.findings(columns: columns, on: connection)
        }
        return (findings, columns)
    }

    /// Has the server plan a statement, and looks at its parameters and columns when it takes it.
    private func examined(
        _ statement: Statement,
        on connection: borrowing Connection,
        _ look: ([StatementShape.Column]) -> [Finding]
    ) throws -> ([Finding], [StatementShape.Column]?) {
        let asked = try AskedStatement(
            statement,
            of: check.id,
            parameters: check.parameters,
            isUnread: unread.contains(statement)
        )
        let bound = try BoundStatement(statement, of: check.id, parameters: check.parameters)
        // Types first: the server's words on a value of the wrong shape name neither parameter nor place.
        if let shape = try asked.shape(of: bound, on: connection) {
            do {
                try ParameterTypes(of: statement, values: check.parameters).verify(bound.names, shape, on: connection)
            } catch let error as MeasuringError {
                return ([Finding(error, at: statement.place)], shape.columns)
            }
        }
        if let error = try asked.refusal(on: connection) { return ([asked.finding(error, on: connection)], nil) }
        let shape = try connection.describe(bound.sql)
        let findings = [asked.acceptance(on: connection)].compactMap(\.self)
        return (findings + look(shape.columns), shape.columns)
    }

    private func doubles(_ columns: [StatementShape.Column], of statement: Statement) -> [Finding] {
        do throws(MeasuringError) {
            try ReturnedColumns(names: columns.map(\.name)).refuseDoubles(of: statement)
            return []
        } catch {
            return [Finding(error, at: statement.place)]
        }
    }

    private func missing(
        _ named: [(key: String, column: String)],
        in columns: [StatementShape.Column],
        of statement: Statement
    ) -> [Finding] {
        let names = columns.map(\.name)
        return named.filter { !names.contains($0.column) }.map { key, column in
            let nearest = NearestName.of(column, among: names).map { ". Did you mean \($0)?" } ?? ""
            return Finding(
                place: statement.place,
                message: "the query returns no column '\(column)', which `\(key):` names; "
                    + "it returns \(names.joined(separator: ", "))\(nearest)",
                isWarning: false
            )
        }
    }

    /// Columns that hold no figures.
    private func noFigures(_ columns: [StatementShape.Column], _ work: StatisticWork) -> [Finding] {
        do {
            _ = try FigureColumns(columns, of: check, work)
            return []
        } catch {
            return [Finding(error, at: work.measure.place)]
        }
    }

    private func notOneNumber(_ columns: [StatementShape.Column], _ scope: Statement) -> [Finding] {
        let found: String? =
            if columns.count != 1 {
                "this returns \(columns.count) columns"
            } else if !["smallint", "integer", "bigint", "numeric"].contains(columns[0].typeName) {
                "this one is of the type \(columns[0].typeName)"
            } else {
                nil
            }
        return found.map { found in
            let message = "a scope is one row with one whole number, the rows that the check looked at; \(found)"
            return [Finding(place: scope.place, message: message, isWarning: false)]
        } ?? []
    }
}

extension ServerLint.Finding {
    init(_ error: MeasuringError, at place: Statement.Place) {
        self.init(place: error.place ?? place, message: error.message, isWarning: false)
    }
}
