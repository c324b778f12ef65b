internal import ArgumentParser

/// Which checks, for whom.
struct SelectionOptions: ParsableArguments {
    @Option(name: .customLong("check"), help: ArgumentHelp("Only this check; may be repeated.", valueName: "id"))
    var checks: [String] = []

    @Option(
        name: .customLong("tag"),
        help: ArgumentHelp("Only checks with this tag; may be repeated.", valueName: "tag")
    )
    var tags: [String] = []

    @Option(help: ArgumentHelp("Only violations of this user.", valueName: "id"))
    var user: UserArgument?
}
