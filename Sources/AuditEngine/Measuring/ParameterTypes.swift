import AuditModel
import Postgres
import SQLSyntax

/// Compares the values of a statement's parameters with the types that the server has inferred for them.
///
/// A list is sent as the text of an array, which passes for a text like any other where no array stands.
struct ParameterTypes {
    /// The statement in whose text the parameters stand.
    let statement: Statement
    let values: [String: ParameterValue]

    init(of statement: Statement, values: [String: ParameterValue]) {
        self.statement = statement
        self.values = values
    }

    /// - Parameter names: the names of the parameters that the shape has by their numbers.
    func verify(_ names: [String], _ shape: StatementShape, on connection: borrowing Connection) throws {
        let uses = NamedParameters.uses(in: statement.text)
        for (name, type) in zip(names, shape.parameters) {
            guard let use = uses.first(where: { $0.name == name }) else { continue }
            let place = statement.place(ofOffset: use.offset)
            switch values[name] {
            case .list:
                guard try !isArray(type, on: connection) else { continue }
                throw MeasuringError(
                    place,
                    "':\(name)' is a list, and one value of the type \(type.name) stands here: write = ANY(:\(name)), or "
                        + ":\(name)::\(type.name)[] where an array is meant"
                )
            case .text(let text):
                let isList = text.hasPrefix("{") || text.hasPrefix("[")
                guard try !isList && isArray(type, on: connection) else {
                    guard try !isValue(text, of: type, on: connection) else { continue }
                    throw MeasuringError(
                        place,
                        "the value of ':\(name)' is none of the type \(type.name), for which PostgreSQL takes it here: change "
                            + "it in 'parameters', or say of which type it is, such as :\(name)::text"
                    )
                }
                throw MeasuringError(
                    place,
                    "':\(name)' is one value, and an array of the type \(type.name) stands here: give it a list in "
                        + "'parameters', as \(name): [\(text.count <= 30 ? text : "…")]"
                )
            case .null, nil: continue
            }
        }
    }

    /// Whether the server can read a text as a value of a type.
    private func isValue(
        _ text: String,
        of type: StatementShape.TypeName,
        on connection: borrowing Connection
    ) throws -> Bool {
        do {
            _ = try connection.withSavepoint {
                try connection.query("/* assay: parameters */ SELECT $1::\(type.name)", [text])
            }
            return true
        } catch let error as PostgresError where error.sqlState?.errorClass == "22" {
            return false
        }
    }

    private func isArray(_ type: StatementShape.TypeName, on connection: borrowing Connection) throws -> Bool {
        if type.name.hasSuffix("[]") { return true }
        // Below are the types that every database has; above, a domain can stand for an array.
        guard type.type >= 16384 else { return false }
        let category = try connection.query(
            "/* assay: catalog */ SELECT t.typcategory FROM pg_catalog.pg_type AS t WHERE t.oid = $1::pg_catalog.oid",
            [String(type.type)]
        )
        return category.rows.first?.first == "A"
    }
}

extension Check {
    /// The statements that an audit runs.
    var readingStatements: [Statement] {
        switch work {
        case .violations(let work): [work.find] + (work.scope.map { [$0] } ?? [])
        case .statistic(let work): [work.measure]
        case .probe: []
        }
    }
}
