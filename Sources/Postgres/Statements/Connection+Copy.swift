extension Connection {
    /// Runs one `COPY … TO STDOUT` and hands out its data, one message at a time: with the format `csv`, one message
    /// is one record, also when a field has line ends. Memory does not grow with them.
    ///
    /// `COPY` takes no parameters. When `onData` throws, the statement is cancelled and that error thrown on. `onData`
    /// cannot use the connection.
    package borrowing func copyOut(_ sql: String, onData: (UnsafeRawBufferPointer) throws -> Void) throws {
        try PostgresError.refuseNUL(in: [sql], "the statement", stage: .copy)
        var refusal: (any Error)?
        do {
            try withoutActuallyEscaping(onData) { onData in
                try run(
                    .copy,
                    send: { send(sql, []) },
                    onData: { data in
                        do {
                            try onData(data)
                            return .next
                        } catch {
                            refusal = error
                            return .stop
                        }
                    }
                )
            }
        } catch {
            throw refusal ?? error
        }
        if let refusal { throw refusal }
    }
}
