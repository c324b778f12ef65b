import Glibc
import Logging
import Postgres
import Synchronization
import TestSupport

/// Opens a session for `body` and closes it.
func withSession<R: Sendable>(
    _ conninfo: String?,
    settings: [String: String] = [:],
    logger: Logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() },
    _ body: (Session) async throws -> R
) async throws -> R {
    let settings = ConnectionSettings(conninfo: conninfo, applicationName: "assay/test", transactionSettings: settings)
    let session = try await Session.open(settings, logger: logger)
    do {
        let result = try await body(session)
        await session.close()
        return result
    } catch {
        await session.close()
        throw error
    }
}

extension Session {
    func query(_ sql: String, _ parameters: [String?] = []) async throws -> [[String?]] {
        try await withConnection { try $0.query(sql, parameters).rows }
    }

    func execute(_ sql: String) async throws {
        try await withConnection { try $0.execute(sql) }
    }

    /// Whether the session takes the next statement.
    var isReady: Bool {
        get async { (try? await query("SELECT 1")) == [["1"]] }
    }

    /// The error of a statement in a transaction, which has the session's settings; nil when it went well.
    func failureInTransaction(of sql: String) async throws -> PostgresError? {
        try await withConnection { connection in
            try connection.begin(.repeatableRead(readOnly: true))
            defer { try? connection.rollback() }
            do throws(PostgresError) {
                _ = try connection.query(sql)
                return nil
            } catch {
                return error
            }
        }
    }

    /// The error of a statement; nil when it went well.
    func failure(of sql: String, _ parameters: [String?] = []) async -> PostgresError? {
        do {
            _ = try await query(sql, parameters)
            return nil
        } catch {
            return error as? PostgresError
        }
    }
}

/// The error of connecting; nil when it went well.
func failureToConnect(_ conninfo: String?, settings: [String: String] = [:]) async -> PostgresError? {
    do {
        try await withSession(conninfo, settings: settings) { _ in }
        return nil
    } catch {
        return error as? PostgresError
    }
}

/// Waits until `condition` holds; the test's time limit ends a wait in vain.
func eventually(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }
}

/// Keeps what is logged.
struct CollectedLog: LogHandler {
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func append(_ line: String) { lines.withLock { $0.append(line) } }
    }

    let lines: Lines
    var logLevel = Logger.Level.trace
    var metadata = Logger.Metadata()

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.append("\(event.level) \(event.message)")
    }
}

/// The pages of memory that this process has.
func residentPages() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [UInt8](repeating: 0, count: 256)
    let count = fread(&line, 1, line.count, file)
    return Int(String(decoding: line[..<count], as: UTF8.self).split(separator: " ")[1]) ?? 0
}

extension Connection {
    /// Whether the connection takes the next statement.
    var isReady: Bool {
        (try? query("SELECT 1").firstValue) == "1"
    }
}
