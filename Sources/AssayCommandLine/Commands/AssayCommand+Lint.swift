internal import ArgumentParser
import SuiteFiles

extension AssayCommand {
    /// `assay lint`
    struct Lint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look for mistakes in check files, configuration, documents and templates.",
            usage: "assay lint <options>",
            discussion: """
                Reads every file and reports all mistakes in one pass, each with its place. Offline it knows the format \
                of the files and PostgreSQL's grammar. With --database it also has the server prepare and plan each \
                statement, without running it, and says which table, column or privilege is missing.

                EXAMPLES
                  assay lint
                  assay lint --suite audits/mine --database service=telepaypsql

                EXIT CODES
                  0   no mistake
                  64  wrong usage            65  wrong check file, template or document
                  69  database out of reach  77  not the expected database, or not permitted
                  78  wrong configuration
                """
        )

        @OptionGroup(title: "What to look at")
        var database: DatabaseOptions
        @Option(
            help: ArgumentHelp("A folder of templates that replace the shipped ones.", valueName: "folder"),
            completion: .directory
        )
        var templates: String?

        func run() async throws {
            try await CommandEdge.run { edge in
                let configuration = try edge.configuration(named: database.config)
                let suite = try SuiteSource.find(
                    database.suite,
                    configuration: configuration,
                    environment: edge.environment
                )
                let templates = templates ?? edge.environment[.templates] ?? configuration.values.templates
                return try await LintAction(
                    suite: suite,
                    // Offline unless asked for: a linter in an editor must not reach for a production server.
                    conninfo: database.database,
                    expectedDatabase: database.expect ?? edge.environment[.expect]
                        ?? configuration.values.expectedDatabase,
                    templates: templates,
                    parameters: configuration.values.parameters,
                    documents: configuration.values.documents.normal,
                    places: DocumentPlaces(
                        configuration,
                        output: configuration.output(flag: nil, environment: edge.environment),
                        suite: suite,
                        templates: templates
                    ),
                    edge: edge
                ).perform()
            }
        }
    }
}
