package import ArgumentParser
import AuditModel
import Glibc

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
              assay demo                             see it work, on a private PostgreSQL
              assay lint --suite shop                look for mistakes in the check files in shop/
              assay audit --suite shop --database d  audit your database d with them

            \(ExitStatus.help)
            """,
        version: "assay \(assayVersion)",
        subcommands: [
            Audit.self, Undo.self, History.self, Attach.self, Checklist.self, Demo.self, Lint.self, SQL.self,
        ]
    )

    package init() {}

    /// Runs the program with the arguments of its process.
    package static func run() async {
        openStandardStreams()
        // Writing to a reader that has gone away is an error of that write, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        await run(with: Array(CommandLine.arguments.dropFirst()))
    }

    private static func run(with arguments: [String]) async {
        let names = CommandNames(arguments, of: Self.self)
        if let mistake = names.mistake {
            Terminal.error("assay: \(mistake.visible)\n")
            exit(withError: ExitStatus.wrongUsage.code)
        }
        do {
            var command = try await asyncParseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            // A command that has spoken for itself throws its exit code alone.
            guard !(error is ExitCode), exitCode(for: error) == .validationFailure else { exit(withError: error) }
            let help = helpMessage(for: names.command)
            Terminal.error(ParsingAdvice.improve(fullMessage(for: error), help: help).visibleLines + "\n")
            exit(withError: ExitCode.validationFailure)
        }
    }

    /// Opens those of the standard streams that the program was started without.
    ///
    /// Otherwise a file or a connection to a server would get the number, and what is meant for people.
    private static func openStandardStreams() {
        // A new descriptor has the lowest free number.
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            _ = open("/dev/null", O_RDWR)
        }
    }
}
