internal import ArgumentParser

/// Which suite reads which database.
struct DatabaseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The database: its name, a conninfo string, a URL, or nothing for libpq's own variables.",
            valueName: "conninfo"
        )
    )
    var database: String?

    @Option(
        help: ArgumentHelp("The folder of check files, or shipped:broadcast.", valueName: "folder"),
        completion: .directory
    )
    var suite: String?

    @Option(
        help: ArgumentHelp("Refuse any database but the one of this name.", valueName: "name")
    )
    var expect: String?

    @Option(
        help: ArgumentHelp("The configuration file. Default: assay.yml here or above.", valueName: "file"),
        completion: .file(extensions: ["yml", "yaml"])
    )
    var config: String?
}
