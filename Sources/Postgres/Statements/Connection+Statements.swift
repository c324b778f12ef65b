internal import CLibPQ

extension Connection {
    /// Runs one or several statements and throws their rows away: for `BEGIN`, `SET` and SQL files.
    package borrowing func execute(_ sql: String) throws(PostgresError) {
        try execute(sql, endsWork: false)
    }

    borrowing func execute(_ sql: String, endsWork: Bool) throws(PostgresError) {
        try PostgresError.refuseNUL(in: [sql], "the statement", stage: .query)
        try run(
            .query,
            endsWork: endsWork,
            send: {
                // Row by row, so that rows nobody wants do not gather in memory.
                let isSent = PQsendQuery(handle, sql)
                PQsetSingleRowMode(handle)
                return isSent
            }
        )
    }

    /// Runs one statement and returns all its rows: for small results.
    package borrowing func query(_ sql: String, _ parameters: [String?] = []) throws(PostgresError) -> Table {
        try query(sql, bytes: parameters.map(\.?.utf8Bytes))
    }

    /// Runs one statement with parameters of any encoding, and returns all its rows: for small results.
    package borrowing func query(_ sql: String, bytes parameters: [[UInt8]?]) throws(PostgresError) -> Table {
        try refuseNUL(sql, parameters)
        var table = Table(columns: [], rows: [])
        try run(
            .query,
            send: { send(sql, parameters) },
            onResult: { result in
                table = result.table()
                return .next
            }
        )
        return table
    }

    /// Runs one statement and hands out its rows as they come; memory does not grow with them.
    ///
    /// The rows before an error are handed out before it is thrown. When `onRow` throws, the statement is cancelled
    /// and that error thrown on. `onRow` cannot use the connection.
    ///
    /// - Returns: the columns, also when there are no rows; none for a statement that returns no rows.
    package borrowing func stream(
        _ sql: String,
        _ parameters: [String?] = [],
        onRow: (borrowing StreamedRow) throws -> Void
    ) throws -> [Column] {
        try stream(sql, bytes: parameters.map(\.?.utf8Bytes), onRow: onRow)
    }

    /// Runs one statement with parameters of any encoding, and hands out its rows as they come.
    package borrowing func stream(
        _ sql: String,
        bytes parameters: [[UInt8]?],
        onRow: (borrowing StreamedRow) throws -> Void
    ) throws -> [Column] {
        try refuseNUL(sql, parameters)
        var columns: [Column]?
        var refusal: (any Error)?
        do {
            try run(
                .query,
                send: {
                    let isSent = send(sql, parameters)
                    PQsetSingleRowMode(handle)
                    return isSent
                },
                onResult: { result in
                    if columns == nil { columns = result.columns }
                    guard result.status == PGRES_SINGLE_TUPLE else { return .next }
                    do {
                        try onRow(StreamedRow(adopting: result))
                        return .next
                    } catch {
                        refusal = error
                        return .stop
                    }
                }
            )
        } catch {
            throw refusal ?? error
        }
        if let refusal { throw refusal }
        return columns ?? []
    }

    private borrowing func refuseNUL(_ sql: String, _ parameters: [[UInt8]?]) throws(PostgresError) {
        try PostgresError.refuseNUL(in: [sql], "the statement", stage: .query)
        try PostgresError.refuseNUL(in: parameters, "a parameter", stage: .query)
    }

    /// The extended protocol takes one statement only, which is a fence against a second one in a check's text.
    borrowing func send(_ sql: String, _ parameters: [[UInt8]?]) -> CInt {
        withCStrings(parameters) { values in
            PQsendQueryParams(handle, sql, CInt(parameters.count), nil, values, nil, nil, 0)
        }
    }
}

extension String {
    fileprivate var utf8Bytes: [UInt8] { Array(utf8) }
}
