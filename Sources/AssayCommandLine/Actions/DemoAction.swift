import AuditEngine
import AuditModel
import EmbeddedPostgres
internal import Logging
import Postgres
import ShippedFiles
import SuiteFiles

/// Audits the sample data on a private, throw-away PostgreSQL.
struct DemoAction: Sendable {
    let output: String
    let format: OutputFormat
    let edge: CommandEdge

    private static let database = "telepaypsql"

    func perform() async throws -> ExitStatus {
        say("Starting a private PostgreSQL")
        do {
            return try await EmbeddedCluster.with { cluster in
                try await cluster.createDatabase(Self.database)
                let conninfo = cluster.conninfo(database: Self.database)
                say("Loading the sample data: users, channels and broadcast entries with every kind of trouble")
                let identifier = try await load(conninfo)
                say("Auditing it")
                return try await audit(conninfo, on: identifier)
            }
        } catch let error as EmbeddedPostgresError {
            throw Failure(.unreachable, error.description)
        }
    }

    /// - Returns: the cluster's own identifier.
    private func load(_ conninfo: String) async throws(Failure) -> String? {
        do {
            let session = try await Session.open(
                ConnectionSettings(conninfo: conninfo, applicationName: "assay/demo"),
                logger: edge.logger
            )
            for file in ["schema", "sample"] {
                let sql = ShippedFiles.text("audits/broadcast/sample/\(file).sql") ?? ""
                try await session.withConnection { try $0.execute(sql) }
            }
            let identifier = try await session.withConnection { connection in
                try connection.query("SELECT system_identifier FROM pg_control_system()").firstValue
            }
            await session.close()
            return identifier
        } catch {
            throw Failure(.internalFault, "the sample data cannot be loaded: \(error)")
        }
    }

    private func audit(_ conninfo: String, on cluster: String?) async throws -> ExitStatus {
        var settings = AuditSettings(conninfo: conninfo)
        settings.expectedDatabase = Self.database
        var repair = RepairSettings()
        // Each demo has a cluster of its own, which the last one's record does not know.
        repair.expectedCluster = cluster
        settings.repair = repair
        let plan = AuditPlan(
            suite: .shipped("broadcast"),
            settings: settings,
            parameters: [:],
            output: output,
            templates: nil,
            format: format,
            isQuiet: false,
            failOn: .never,
            writesPages: true,
            documents: documents
        )
        // What it finds is planted, so that only trouble of its own makes the demo fail.
        return try await AuditAction(plan: plan, edge: edge).perform()
    }

    /// The documents of the demo lie beside its report.
    private var documents: DocumentSettings {
        var settings = DocumentSettings()
        settings.progress = DocumentSettings.Entries(path: "\(output)/PROGRESS.md")
        settings.bugs = DocumentSettings.Entries(path: "\(output)/BUGS.md")
        settings.decisions = DocumentSettings.Entries(path: "\(output)/DECISIONS.md")
        return settings
    }

    private func say(_ step: String) {
        if format == .human { Terminal.error("==> \(step)\n") }
    }
}
