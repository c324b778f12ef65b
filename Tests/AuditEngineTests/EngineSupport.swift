import AuditEngine
import AuditModel
import Foundation
import Logging
import Postgres
import RunRecords
import Synchronization
import TestSupport

/// A run and the files that it left, read after it was published.
struct Audited: Sendable {
    var run: Run
    var findings: [String: String]
    var repairs: [String: String] = [:]
    /// The violations that were there and are not left.
    var ended: [String: String] = [:]
    /// By statistic.
    var figures: [String: String] = [:]

    func check(_ id: String) -> CheckResult? { run.checks.first { $0.id == id } }
    func statistic(_ id: String) -> StatisticResult? { run.statistics.first { $0.id == id } }
}

/// Log messages of a run.
final class CollectedLog: LogHandler, Sendable {
    private let collected = Mutex<[String]>([])
    var messages: [String] { collected.withLock { $0 } }
    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .debug }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }
    func log(event: LogEvent) { collected.withLock { $0.append("\(event.message)") } }
}

/// Runs a suite of the given checks against a database and reads back what it wrote.
func audit(
    _ checks: [Check],
    at conninfo: String,
    userLabels: String? = nil,
    log: CollectedLog = CollectedLog(),
    settings change: (inout AuditSettings) -> Void = { _ in }
) async throws -> Audited {
    try await TemporaryFolder.with { folder in
        var settings = AuditSettings(conninfo: conninfo)
        change(&settings)
        let suite = Suite(
            id: "tests",
            title: "Tests",
            path: "tests",
            digest: "sha256:0",
            checks: checks,
            userLabels: userLabels.map { Statement($0, at: .init(path: "suite.yml", line: 3, column: 5)) }
        )
        let start = Timestamp(milliseconds: 1_795_403_700_000)
        let record = try OutputFolder(folder.path).begin(RunID(startedAt: start, random: .random(in: 0...0xFF_FFFF)))
        let audit = Audit(
            suite: suite,
            settings: settings,
            logger: Logger(label: "tests") { _ in log },
            now: { start },
            progress: { _ in }
        )
        let run = try await audit.run(record.run, startedAt: start, into: record)
        try record.write(run)
        try record.publish(latest: [])
        return Audited(
            run: run,
            findings: try files(in: "\(record.path)/findings"),
            repairs: try files(in: "\(record.path)/repairs"),
            ended: try files(in: "\(record.path)/ended"),
            figures: try files(in: "\(record.path)/figures")
        )
    }
}

/// The CSV files of a folder by the checks they belong to.
private func files(in folder: String) throws -> [String: String] {
    guard FileManager.default.fileExists(atPath: folder) else { return [:] }
    var files: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
        let data = try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
        files[String(file.dropLast(".csv".count))] = String(decoding: data, as: UTF8.self)
    }
    return files
}

/// A check that finds violations, as if it stood in `ID.md` from line 10 on.
func check(
    _ id: String,
    _ find: String,
    user: String? = nil,
    severity: Severity = .error,
    scope: String? = nil,
    tags: [String] = [],
    parameters: [String: ParameterValue] = [:]
) -> Check {
    let place = Statement.Place(path: "\(id).md", line: 10, column: 1)
    return Check(
        id: id,
        title: id,
        severity: severity,
        tags: tags,
        path: "\(id).md",
        work: .violations(
            ViolationWork(find: Statement(find, at: place), scope: scope.map { Statement($0, at: place) })
        ),
        parameters: parameters,
        user: user
    )
}

func statistic(
    _ id: String,
    _ measure: String,
    limits: [String: FigureLimits] = [:],
    formats: [String: FigureFormat] = [:],
    user: String? = nil
) -> Check {
    let place = Statement.Place(path: "\(id).md", line: 10, column: 1)
    return Check(
        id: id,
        title: id,
        path: "\(id).md",
        work: .statistic(StatisticWork(measure: Statement(measure, at: place), limits: limits, formats: formats)),
        user: user
    )
}

/// The first value of a query, over a connection of its own.
func value(_ sql: String, at conninfo: String) async throws -> String? {
    let session = try await Session.open(
        ConnectionSettings(conninfo: conninfo, applicationName: "tests"),
        logger: Logger(label: "tests") { _ in CollectedLog() }
    )
    let value = try await session.withConnection { try $0.query(sql).rows.first?.first.flatMap { $0 } }
    await session.close()
    return value
}

/// The major version of the tests' server; `PG_BINDIR` chooses another one.
func serverVersion() async throws -> Int {
    let number = try await value("SHOW server_version_num", at: TestCluster.conninfo())
    return (number.flatMap { Int($0) } ?? 0) / 10_000
}
