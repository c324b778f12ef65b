internal import CLibPQ
internal import Logging
import Synchronization
internal import Wording

/// Takes the server's notices, which libpq would print to standard error, to the log.
///
/// Warnings are counted by their code, and told once when the connection ends: a function can raise one for each row.
final class NoticeLog: Sendable {
    private struct Warnings {
        let state: String?
        /// The first of them.
        let example: String
        var count: Int
    }

    private let logger: Logger
    private let warnings = Mutex<[Warnings]>([])

    init(logger: Logger) {
        self.logger = logger
    }

    deinit {
        for warnings in warnings.withLock({ $0 }) {
            let message =
                warnings.count == 1
                ? warnings.example : "\(Self.grouped(warnings.count)) warnings, such as: \(warnings.example)"
            logger.warning("\(message)", metadata: warnings.state.map { ["sqlstate": "\($0)"] })
        }
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
        let state = field(.sqlState)
        switch field(.severity) {
        case "WARNING", nil: count(message, state)
        case "NOTICE", "INFO": logger.info("\(message)", metadata: state.map { ["sqlstate": "\($0)"] })
        default: logger.debug("\(message)", metadata: state.map { ["sqlstate": "\($0)"] })
        }
    }

    private func count(_ message: String, _ state: String?) {
        warnings.withLock { warnings in
            if let index = warnings.firstIndex(where: { $0.state == state }) {
                warnings[index].count += 1
            } else {
                warnings.append(Warnings(state: state, example: message, count: 1))
            }
        }
    }

    /// Such as `20,000`.
    private static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        return String(
            digits.indices.flatMap { index in
                index > 0 && (digits.count - index) % 3 == 0 ? [",", digits[index]] : [digits[index]]
            }
        )
    }
}
