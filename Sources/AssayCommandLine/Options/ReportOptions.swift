internal import ArgumentParser

/// What a run leaves behind, and how it ends.
struct ReportOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Where to write. Default: output.", valueName: "folder"),
        completion: .directory
    )
    var output: String?

    @Option(
        help: ArgumentHelp("A folder of templates that replace the shipped ones, file by file.", valueName: "folder"),
        completion: .directory
    )
    var templates: String?

    @Option(help: "What to print: a summary for people (human), or run.json (json).")
    var format: OutputFormat = .human

    @Flag(help: "Print nothing when all is well.")
    var quiet = false

    @Option(help: "End with exit code 1 when violations of this severity remain. Default: error.")
    var failOn: FailOn?

    @Flag(help: "Tell on standard error what is done, each repaired row among it.")
    var verbose = false

    @Flag(name: .customLong("no-site"), help: "Write the record only, no pages.")
    var noSite = false

    @Flag(name: .customLong("no-documents"), help: "Leave the documents that assay.yml names as they are.")
    var noDocuments = false
}

/// What standard output carries.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case human, json
}

/// The least severity that makes a run fail.
enum FailOn: String, CaseIterable, ExpressibleByArgument {
    case error, warning, info, never
}
