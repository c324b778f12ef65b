internal import ArgumentParser

extension AssayCommand {
    /// `assay demo`
    struct Demo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See an audit with repairs, on a private PostgreSQL with sample data.",
            discussion: """
                Starts a throw-away PostgreSQL of its own (nothing listens on the network, and it is gone afterwards), \
                loads about 40 users and 130 channels with every kind of trouble in them, audits and repairs them, and prints where \
                the page is. No other database is touched. It ends with exit code 0 although it finds violations: the \
                sample data is broken on purpose.

                Needs the server programs of PostgreSQL (Debian: postgresql).
                """
        )

        @Option(help: ArgumentHelp("Where to write the report.", valueName: "folder"), completion: .directory)
        var output = "output/demo"
        @Option(help: "What to print: a summary for people (human), or run.json (json).")
        var format: OutputFormat = .human

        func run() async throws {
            try await CommandEdge.run { edge in
                try await DemoAction(output: output, format: format, edge: edge).perform()
            }
        }
    }
}
