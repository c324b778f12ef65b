import AuditModel
import Postgres
import SQLSyntax

/// What a server has against a check's fix, and what keeps the fix from being journalled.
struct FixExamination {
    typealias Finding = ServerLint.Finding

    let check: Check
    let work: ViolationWork
    let repair: Repair

    func findings(columns: [StatementShape.Column], on connection: borrowing Connection) throws -> [Finding] {
        // Without the tables that the front matter names, the fix would only repeat it.
        let tables = try mistakenTables(on: connection)
        if !tables.isEmpty { return tables }
        let refused = try refusals(on: connection)
        if !refused.isEmpty { return refused }
        return try unjournalled(columns, on: connection)
    }

    private func shape(_ name: String, on connection: borrowing Connection) throws -> TableShape? {
        try TableShape.read(TableName(name)?.quoted ?? name, on: connection)
    }

    /// What `repairs` and `also_writes` name that cannot be written.
    private func mistakenTables(on connection: borrowing Connection) throws -> [Finding] {
        var found: [Finding] = []
        if try shape(repair.table, on: connection) == nil {
            let message = try RelationName.whyUnrepairable(repair.table, on: connection)
            found.append(try finding(message, of: repair.table, key: "repairs", on: connection))
        }
        for name in repair.alsoWrites {
            do {
                _ = try AllowedWrites.read([name], on: connection)
            } catch let mistake as AllowedWrites.Mistake {
                found.append(try finding(mistake.message, of: name, key: "also_writes", on: connection))
            }
        }
        return found
    }

    /// Names the table that the database has instead, where it has no such one.
    private func finding(
        _ message: String,
        of name: String,
        key: String,
        on connection: borrowing Connection
    ) throws -> Finding {
        var message = message
        if let table = TableName(name), try RelationName.read(name, on: connection) == nil {
            let advice = CatalogAdvice(missing: MissingName(table: table), notation: .plain)
            message += try advice.sentence(on: connection).map { ". \($0)" } ?? ""
        }
        return Finding(place: repair.fix.place, message: message, isWarning: false, key: key)
    }

    /// What the server has against the fix, whose `violations` are a query.
    private func refusals(on connection: borrowing Connection) throws -> [Finding] {
        let whole = CommonTable("violations", as: work.find.text, for: repair.fix.text)
        let statement = Statement(whole.text, at: repair.fix.place)
        let asked = try AskedStatement(statement, of: check.id, parameters: check.parameters, isUnread: false)
        guard let error = try asked.refusal(on: connection) else {
            return try misplacedLists(whole, on: connection)
        }
        var finding = asked.finding(error, on: connection)
        finding.place = repair.fix.place
        if let offset = asked.offset(of: error), case .statement(let inFix) = whole.origin(of: offset) {
            finding.place = repair.fix.place(ofOffset: inFix)
        }
        if error.kind == .privilege {
            finding.isWarning = true
            finding.message += "; an audit does not need it"
        }
        return [finding]
    }

    private func misplacedLists(_ whole: CommonTable, on connection: borrowing Connection) throws -> [Finding] {
        let bound = try BoundStatement(
            Statement(whole.text, at: repair.fix.place),
            of: check.id,
            parameters: check.parameters
        )
        guard !bound.parameters.isEmpty else { return [] }
        do {
            try ParameterTypes(of: repair.fix, values: check.parameters)
                .verify(bound.names, connection.describe(bound.sql), on: connection)
            return []
        } catch let error as MeasuringError {
            return [Finding(error, at: repair.fix.place)]
        }
    }

    /// What keeps a fix from being journalled, such as a table without a key.
    private func unjournalled(
        _ columns: [StatementShape.Column],
        on connection: borrowing Connection
    ) throws -> [Finding] {
        guard let table = try shape(repair.table, on: connection) else { return [] }
        do {
            _ = try RepairStatement(check: check, find: work.find, repair: repair, table: table, columns: columns)
            return []
        } catch let error as MeasuringError {
            return [Finding(error, at: repair.fix.place)]
        }
    }
}
