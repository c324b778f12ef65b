internal import CLibPQ

extension Connection {
    /// Asks the server what a statement takes and returns; nothing is run.
    package borrowing func describe(_ sql: String) throws(PostgresError) -> StatementShape {
        try PostgresError.refuseNUL(in: [sql], "the statement", stage: .query)
        try run(.query, send: { PQsendPrepare(handle, "", sql, 0, nil) })
        var parameters: [UInt32] = []
        var columns: [Column] = []
        var modifiers: [CInt] = []
        try run(
            .query,
            send: { PQsendDescribePrepared(handle, "") },
            onResult: { result in
                parameters = (0..<PQnparams(result.handle)).map { PQparamtype(result.handle, $0) }
                columns = result.columns
                modifiers = (0..<CInt(result.columnCount)).map { PQfmod(result.handle, $0) }
                return .next
            }
        )
        let names = try typeNames(
            types: parameters + columns.map(\.type),
            modifiers: parameters.map { _ in -1 } + modifiers
        )
        return StatementShape(
            parameters: zip(parameters, names).map { StatementShape.TypeName(type: $0, name: $1) },
            columns: zip(columns, names.dropFirst(parameters.count)).map {
                StatementShape.Column(name: $0.name, type: $0.type, typeName: $1)
            }
        )
    }

    /// The names of types, in order; a modifier of -1 is none.
    private borrowing func typeNames(types: [UInt32], modifiers: [CInt]) throws(PostgresError) -> [String] {
        if types.isEmpty { return [] }
        func array<T>(_ values: [T]) -> String { "{" + values.map { "\($0)" }.joined(separator: ",") + "}" }
        let sql = """
            SELECT format_type(t.oid, t.modifier) FROM unnest($1::oid[], $2::int4[])
            WITH ORDINALITY AS t(oid, modifier, place) ORDER BY t.place
            """
        return try query(sql, [array(types), array(modifiers)]).rows.map { $0.first?.flatMap { $0 } ?? "" }
    }
}
