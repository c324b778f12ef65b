internal import ArgumentParser
import AuditModel
import SuiteFiles

extension AssayCommand {
    /// `assay checklist`
    struct Checklist: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which boxes of a checklist are bound to checks.",
            usage: "assay checklist <file> <options>",
            discussion: """
                A task that ends in <!-- assay:check ID --> is ticked by a run in which that check is clear, and \
                unticked when it is not. This lists the bound tasks and what the latest run in the output folder would \
                change, as a difference; it writes nothing. Checklists that assay.yml names under `documents:` are \
                brought up to date by every run.

                EXAMPLES
                  assay checklist CHECKLIST.md
                  assay checklist docs/release.md --output /srv/assay/output
                """
        )

        @Argument(help: ArgumentHelp("The document.", valueName: "file"), completion: .file(extensions: ["md"]))
        var file: String
        @Option(
            help: ArgumentHelp("Where the runs are. Default: output.", valueName: "folder"),
            completion: .directory
        )
        var output: String?
        @Option(
            help: ArgumentHelp("The suite whose runs count, when there are several.", valueName: "folder"),
            completion: .directory
        )
        var suite: String?
        @Option(
            help: ArgumentHelp("The configuration file. Default: assay.yml here or above.", valueName: "file"),
            completion: .file(extensions: ["yml", "yaml"])
        )
        var config: String?

        func run() async throws {
            try await CommandEdge.run { edge in
                let configuration = try edge.configuration(named: config)
                let isNamed = (suite ?? edge.environment[.suite] ?? configuration.values.suite) != nil
                let source =
                    isNamed
                    ? try SuiteSource.find(suite, configuration: configuration, environment: edge.environment) : nil
                return try ChecklistAction(
                    document: file,
                    output: configuration.output(flag: output, environment: edge.environment),
                    suite: source?.load(parameters: configuration.values.parameters).id
                ).perform()
            }
        }
    }
}
