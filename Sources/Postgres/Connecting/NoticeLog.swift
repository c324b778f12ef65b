internal import CLibPQ
internal import Logging

/// Takes the server's notices, which libpq would print to standard error, to the log.
final class NoticeLog: Sendable {
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    /// Listens to a connection, which must not outlive this object.
    func attach(to connection: OpaquePointer) {
        PQsetNoticeReceiver(
            connection,
            { context, result in
                guard let context, let result else { return }
                Unmanaged<NoticeLog>.fromOpaque(context).takeUnretainedValue().receive(result)
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    private func receive(_ result: OpaquePointer) {
        func field(_ field: QueryResult.Field) -> String? {
            PQresultErrorField(result, CInt(field.rawValue.value)).map { String(cString: $0) }
        }
        let message = field(.message) ?? PostgresError.oneLine(String(cString: PQresultErrorMessage(result)))
        let level: Logger.Level =
            switch field(.severity) {
            case "WARNING": .warning
            case "NOTICE", "INFO": .info
            case nil: .warning
            default: .debug
            }
        logger.log(level: level, "\(message)", metadata: field(.sqlState).map { ["sqlstate": "\($0)"] })
    }
}
