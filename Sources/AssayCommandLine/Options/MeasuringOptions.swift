internal import ArgumentParser

/// How hard the server may be worked.
struct MeasuringOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Checks that run side by side. Default: 2.", valueName: "n"))
    var jobs: Int?

    @Option(help: ArgumentHelp("The longest time a statement may take. Default: 60s.", valueName: "time"))
    var statementTimeout: String?

    @Option(help: ArgumentHelp("The longest time a statement may wait for a lock. Default: 5s.", valueName: "time"))
    var lockTimeout: String?
}
