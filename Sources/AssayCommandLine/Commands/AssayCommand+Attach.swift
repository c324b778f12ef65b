internal import ArgumentParser
import LivingDocuments
import SuiteFiles

extension AssayCommand {
    /// `assay attach`
    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put the evidence of a run under a bug's entry.",
            usage: "assay attach <run> --bug <text> <options>",
            discussion: """
                Adds a block with the figures of the run (before, repaired and after, for each user; keys of repaired \
                rows; how to undo; a link to its page) to the end of an entry that a person wrote. The entry is found by \
                part of its heading, by an id in it, by a comment <!-- assay:bug ID --> above it, or by the check of an \
                entry of assay's. The same run attached again brings its block up to date; a block that somebody has \
                edited stays. With --status resolved a status such as "🔴 OPEN", in a line "Status:" or in the heading, \
                becomes "✅ RESOLVED". Everything else in the document stays byte for byte.

                With --check the evidence is of that check alone: what was repaired and left of it, and its users.

                EXAMPLES
                  assay attach 20261123T031500Z-7f3a9c --bug "Resend Notification"
                  assay attach 20261123T031500Z-7f3a9c --bug BUG-12 --status resolved
                  assay attach 20261123T031500Z-7f3a9c --bug BUG-12 --check channel-without-broadcast
                  assay attach 20261123T031500Z-7f3a9c --bug BUG-12 --dry-run

                EXIT CODES
                  0   attached, there already, or left because somebody has edited it
                  64  no such run, check or entry, or several such entries
                  65  the document, the record or a template is not what it should be
                  73  the document cannot be written    75  somebody else keeps writing it
                  78  wrong configuration
                """
        )

        @Argument(help: ArgumentHelp("The run.", valueName: "run"))
        var run: String
        @Option(help: ArgumentHelp("Part of the entry's heading, or an id in it.", valueName: "text"))
        var bug: String
        @Option(
            name: .customLong("check"),
            help: ArgumentHelp("Evidence of this check only; may be repeated.", valueName: "id")
        )
        var checks: [String] = []
        @Option(help: "What becomes of the entry's status.")
        var status: AttachedStatus = .unchanged
        @Option(
            help: ArgumentHelp("The document. Default: documents.bugs in assay.yml.", valueName: "file"),
            completion: .file(extensions: ["md"])
        )
        var document: String?
        @Option(
            help: ArgumentHelp("Where the runs are. Default: output.", valueName: "folder"),
            completion: .directory
        )
        var output: String?
        @Option(
            help: ArgumentHelp("A folder of templates that replace the shipped ones.", valueName: "folder"),
            completion: .directory
        )
        var templates: String?
        @Option(
            help: ArgumentHelp("The configuration file. Default: assay.yml here or above.", valueName: "file"),
            completion: .file(extensions: ["yml", "yaml"])
        )
        var config: String?
        @Flag(help: "Print the difference, and write nothing.")
        var dryRun = false

        func run() async throws {
            try await CommandEdge.run { edge in
                let configuration = try edge.configuration(named: config)
                guard let document = document ?? configuration.values.documents.bugs?.path else {
                    throw Failure(
                        .wrongUsage,
                        "no document is named; use --document FILE, or `documents: { bugs: { path: … } }` in assay.yml"
                    )
                }
                return try AttachAction(
                    run: run,
                    bug: bug,
                    checks: checks,
                    status: status,
                    document: document,
                    output: configuration.output(flag: output, environment: edge.environment),
                    templates: templates ?? edge.environment[.templates] ?? configuration.values.templates,
                    link: configuration.values.documents.link,
                    isDryRun: dryRun
                ).perform()
            }
        }
    }
}

extension AttachedStatus: ExpressibleByArgument {}
