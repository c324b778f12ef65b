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
                on that schema and nothing else. The suite is not read; with --suite (or `suite:` in assay.yml) the \
                printed commands name it.

                EXAMPLES
                  assay history --database service=telepaypsql
                  assay history --format json | jq '.[] | select(.pending > 0) | .id'
                """
        )

        @OptionGroup(title: "Where")
        var database: DatabaseOptions
        @Option(help: "What to print: a list for people (human), or an array (json).")
        var format: OutputFormat = .human

        func run() async throws {
            try await CommandEdge.run { edge in
                let configuration = try edge.configuration(named: database.config)
                var settings = AuditSettings(
                    conninfo: AuditPlan.conninfo(
                        database.database,
                        configuration: configuration.values,
                        environment: edge.environment
                    )
                )
                settings.expectedDatabase =
                    database.expect ?? edge.environment[.expect] ?? configuration.values.expectedDatabase
                settings.places = AuditPlan.places(
                    database,
                    configuration: configuration.values,
                    environment: edge.environment
                )
                let commands = RunCommandLines(
                    suite: try? SuiteSource.find(
                        database.suite,
                        configuration: configuration,
                        environment: edge.environment
                    ),
                    database: database,
                    configuration: configuration,
                    environment: edge.environment
                )
                return try await HistoryAction(
                    settings: settings,
                    format: format,
                    commands: commands,
                    output: configuration.output(flag: nil, environment: edge.environment),
                    edge: edge
                ).perform()
            }
        }
    }
}
