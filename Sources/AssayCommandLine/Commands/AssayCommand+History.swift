internal import ArgumentParser
import AuditEngine
import SuiteFiles

extension AssayCommand {
    /// `assay history`
    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the runs that repaired, and what can be taken back.",
            discussion: """
                Reads the journal in the database (schema assay) and lists its runs, the newest first: when, by whom, \
                how many rows with which check, and how many of them `assay undo` can still take back. It needs SELECT \
                on that schema and nothing else.

                EXAMPLES
                  assay history --database service=telepaypsql
                  assay history --format json | jq '.[] | select(.pending > 0) | .id'
                """
        )

        @Option(
            help: ArgumentHelp(
                "The database: a conninfo string, a URL, or nothing for libpq's own variables.",
                valueName: "conninfo"
            )
        )
        var database: String?
        @Option(help: ArgumentHelp("Refuse any database but the one of this name.", valueName: "name"))
        var expect: String?
        @Option(
            help: ArgumentHelp(
                "The configuration file.",
                discussion: "Default: assay.yml, when it is there.",
                valueName: "file"
            ),
            completion: .file(extensions: ["yml", "yaml"])
        )
        var config: String?
        @Option(help: "What to print: a list for people (human), or an array (json).")
        var format: OutputFormat = .human

        func run() async throws {
            try await CommandEdge.run { edge in
                let configuration = try Configuration.find(named: config, environment: edge.environment)
                var settings = AuditSettings(
                    conninfo: AuditPlan.conninfo(database, configuration: configuration, environment: edge.environment)
                )
                settings.expectedDatabase =
                    expect ?? edge.environment["ASSAY_EXPECT"].flatMap { $0.isEmpty ? nil : $0 }
                    ?? configuration.expectedDatabase
                return try await HistoryAction(settings: settings, format: format, edge: edge).perform()
            }
        }
    }
}
