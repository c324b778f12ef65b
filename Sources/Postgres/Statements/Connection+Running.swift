internal import CLibPQ

extension Connection {
    /// What a receiver of results or data wants next.
    enum Flow {
        case next
        /// Nothing more: the statement is cancelled, and what is still on its way thrown away.
        case stop
    }

    var isLost: Bool { PQstatus(handle) == CONNECTION_BAD }

    /// Sends a statement and reads everything that comes back, whatever happens, so that the connection is ready for
    /// the next one. An error can come after rows; it is thrown when all is read.
    ///
    /// - Parameters:
    ///   - endsWork: the statement only ends what was begun, and so runs in a cancelled session too, beyond the reach
    ///     of a cancellation.
    ///   - send: libpq's call, 1 when it went well.
    borrowing func run(
        _ stage: PostgresError.Stage,
        endsWork: Bool = false,
        send: () -> CInt,
        onResult: (consuming QueryResult) -> Flow = { _ in .next },
        onData: ((UnsafeRawBufferPointer) -> Flow)? = nil
    ) throws(PostgresError) {
        if !endsWork { try begin(stage) }
        defer { if !endsWork, !gate.end(connectionLost: isLost) { cut() } }
        let start = ContinuousClock.now
        var watch = ReplyWatch(milliseconds: timeLimit, endsWork: endsWork)
        guard send() == 1 else { throw lastFailure(stage) }
        var failure: PostgresError?
        var flow = Flow.next
        let isSent = flush(&watch)
        while let raw = isSent || isLost ? nextResult(&watch) : nil {
            switch PQresultStatus(raw) {
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE:
                let error = PostgresError(
                    QueryResult(adopting: raw),
                    stage: stage,
                    isCancelled: gate.isCancelled,
                    isOverTime: isOverTime(since: start),
                    connectionLost: isLost
                )
                failure = failure ?? error
            case PGRES_COPY_OUT, PGRES_COPY_BOTH:
                PQclear(raw)
                if onData == nil { failure = failure ?? refusedCopy(stage) }
                readCopy(onData, &flow, &watch)
            case PGRES_COPY_IN:
                PQclear(raw)
                failure = failure ?? refusedCopy(stage)
                PQputCopyEnd(handle, "no data to copy")
            case _ where flow == .stop || failure != nil:
                PQclear(raw)
            default:
                flow = onResult(QueryResult(adopting: raw))
                if flow == .stop { gate.interrupt() }
            }
        }
        if let reason = watch.reason { failure = givenUp(stage, reason) }
        guard var failure else { return }
        // Only the end of the conversation shows that the server has hung up.
        if isLost, !failure.connectionLost {
            failure.connectionLost = true
            if failure.kind == .other { failure.kind = .unreachable }
        }
        throw failure
    }

    /// Whether a statement that was sent then has run for as long as it may.
    private borrowing func isOverTime(since start: ContinuousClock.Instant) -> Bool {
        // The server's clock and this one may count a second by a little differently.
        timeLimit.map { ContinuousClock.now - start + .milliseconds(5) >= .milliseconds($0) } ?? false
    }

    /// The failure of a statement whose answer was not waited for any longer.
    private borrowing func givenUp(_ stage: PostgresError.Stage, _ reason: String) -> PostgresError {
        var error = PostgresError(
            stage: stage,
            kind: gate.isCancelled ? .cancelled : .unreachable,
            message: reason
        )
        error.connectionLost = true
        return error
    }

    private borrowing func begin(_ stage: PostgresError.Stage) throws(PostgresError) {
        switch gate.begin() {
        case .cancelled: throw PostgresError(stage: stage, kind: .cancelled, message: "it was not started")
        case .busy:
            throw PostgresError(stage: stage, message: "another statement of this connection is still running")
        case nil: break
        }
    }

    /// Hands out the data of a COPY until its end, one message after the other.
    private borrowing func readCopy(
        _ onData: ((UnsafeRawBufferPointer) -> Flow)?,
        _ flow: inout Flow,
        _ watch: inout ReplyWatch
    ) {
        while let data = nextCopyData(&watch) {
            defer { PQfreemem(UnsafeMutableRawPointer(mutating: data.baseAddress)) }
            guard flow == .next else { continue }
            flow = onData?(data) ?? .stop
            if flow == .stop { gate.interrupt() }
        }
    }

    private borrowing func refusedCopy(_ stage: PostgresError.Stage) -> PostgresError {
        PostgresError(stage: stage, message: "a COPY from or to the client is not possible here")
    }

    /// The failure of a libpq call that gave no result.
    borrowing func lastFailure(_ stage: PostgresError.Stage) -> PostgresError {
        var error = PostgresError(
            stage: stage,
            kind: isLost ? .unreachable : .other,
            message: PostgresError.oneLine(String(cString: PQerrorMessage(handle)))
        )
        error.connectionLost = isLost
        return error
    }
}
