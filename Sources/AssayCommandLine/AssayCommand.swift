package import ArgumentParser
import AuditModel

/// The program's root command, which only names the others.
package struct AssayCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract: "Audits a PostgreSQL database and leaves the proof.",
        discussion: """
            A suite is a folder of Markdown files; each says in words what must hold, and in SQL what breaks it. Assay \
            runs all of them in one snapshot of the database, and writes what it found, for whom, as pages (HTML and \
            Markdown) and as files (JSON and CSV).

            FIRST STEPS
              assay demo                                   see it work, on a private PostgreSQL
              assay audit --database service=telepaypsql   audit a database with the shipped suite
              assay lint --suite audits/mine               look for mistakes in check files

            \(ExitStatus.help)
            """,
        version: "assay \(assayVersion)",
        subcommands: [Audit.self, Undo.self, History.self, Demo.self, Lint.self, SQL.self]
    )

    package init() {}

    /// Runs the program with the arguments of its process.
    package static func run() async {
        await main()
    }
}
