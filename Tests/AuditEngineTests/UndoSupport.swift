import AuditEngine
import AuditModel
import Foundation
import Logging
import Postgres
import RunRecords
import TestSupport

/// A run that took repairs back, with the lists of what stayed, by check.
struct Undone: Sendable {
    var run: Run
    var repairs: [String: String]
    var left: [String: String]

    func check(_ id: String) -> CheckResult? { run.checks.first { $0.id == id } }
}

/// A check whose fix writes a table.
func repairable(
    _ id: String,
    _ find: String,
    key: [String],
    user: String? = nil,
    fix: String,
    repairs table: String
) -> Check {
    var check = check(id, find, user: user)
    let place = Statement.Place(path: "\(id).md", line: 20, column: 1)
    check.work = .violations(
        ViolationWork(
            find: Statement(find, at: .init(path: "\(id).md", line: 10, column: 1)),
            key: key,
            repair: Repair(fix: Statement(fix, at: place), table: table)
        )
    )
    return check
}

/// Repairs with all checks, and returns the run; throws what kept it from writing.
func fix(
    _ checks: [Check],
    at conninfo: String,
    repair change: (inout RepairSettings) -> Void = { _ in }
) async throws -> Run {
    let database = try await value("SELECT current_database()", at: conninfo)
    let audited = try await audit(checks, at: conninfo) { settings in
        settings.expectedDatabase = database
        var repair = RepairSettings()
        change(&repair)
        settings.repair = repair
    }
    if let obstacle = audited.obstacle { throw obstacle }
    return audited.run
}

/// Takes the repairs of a run back.
func undo(
    _ run: String,
    _ checks: [Check],
    at conninfo: String,
    undo change: (inout UndoSettings) -> Void = { _ in },
    settings changeSettings: (inout AuditSettings) -> Void = { _ in }
) async throws -> Undone {
    var settings = AuditSettings(conninfo: conninfo)
    settings.expectedDatabase = try await value("SELECT current_database()", at: conninfo)
    var undo = UndoSettings(run: run)
    change(&undo)
    settings.undo = undo
    changeSettings(&settings)
    let suite = Suite(id: "tests", title: "Tests", path: "tests", digest: "sha256:0", checks: checks)
    return try await TemporaryFolder.with { [settings] folder in
        let start = Timestamp(milliseconds: 1_795_407_300_000)
        let record = try OutputFolder(folder.path).begin(RunID(startedAt: start, random: .random(in: 0...0xFF_FFFF)))
        let audit = Audit(
            suite: suite,
            settings: settings,
            logger: Logger(label: "tests") { _ in CollectedLog() },
            now: { start }
        )
        let run = try await audit.run(record.run, startedAt: start, into: record).run
        try record.write(run)
        try record.publish(latest: [])
        return Undone(
            run: run,
            repairs: try lists("repairs", in: record.path),
            left: try lists("left", in: record.path)
        )
    }
}

private func lists(_ name: String, in folder: String) throws -> [String: String] {
    let path = "\(folder)/\(name)"
    guard FileManager.default.fileExists(atPath: path) else { return [:] }
    var lists: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: path) {
        let data = try Data(contentsOf: URL(filePath: "\(path)/\(file)"))
        lists[String(file.dropLast(".csv".count))] = String(decoding: data, as: UTF8.self)
    }
    return lists
}

/// All rows of all tables in all schemas but the journal's, as one text; a server may be built without XML.
func contents(at conninfo: String) async throws -> String? {
    let rows = try await value(
        """
        SELECT string_agg(
            format('SELECT %L AS name, to_jsonb(t)::text AS content FROM ONLY %I.%I AS t',
                format('%I.%I', n.nspname, c.relname), n.nspname, c.relname),
            ' UNION ALL '
        )
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname !~ '^(pg_|information_schema|assay)'
        """,
        at: conninfo
    )
    guard let rows else { return nil }
    return try await value(
        "SELECT string_agg(concat(name, content), E'\\n' ORDER BY name, content) FROM (\(rows)) AS of_tables",
        at: conninfo
    )
}
