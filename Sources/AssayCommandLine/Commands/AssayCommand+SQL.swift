internal import ArgumentParser
import AuditEngine
import AuditModel
import SuiteFiles

extension AssayCommand {
    /// `assay sql`
    struct SQL: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sql",
            abstract: "Print SQL for a database administrator: the journal's tables, the roles' privileges.",
            subcommands: [Journal.self, Roles.self]
        )
    }
}

extension AssayCommand.SQL {
    /// `assay sql journal`
    struct Journal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the statements that create the journal.",
            discussion: """
                The first --fix creates the journal where it is missing, for which it needs CREATE on the database. \
                Where a fixer has no such privilege, an administrator runs this beforehand; a second time it changes \
                nothing.

                EXAMPLE
                  assay sql journal | psql service=telepaypsql
                """
        )

        func run() async throws {
            try await CommandEdge.run { _ in
                try Terminal.output(JournalSchema.script)
                return .success
            }
        }
    }

    /// `assay sql roles`
    struct Roles: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the GRANTs for a role that audits and one that repairs.",
            discussion: """
                The least that the suite's statements need, worked out from the suite: read them before you run them. \
                The fixer may also do what takes its repairs back. With one of --reader and --fixer, only that role's are \
                printed; with neither, those of assay_reader and, where the suite has a fix, assay_fixer.

                EXAMPLES
                  assay sql roles --suite audits/shop --reader auditor | psql service=telepaypsql
                  assay sql roles --suite audits/shop --reader auditor --fixer repairer | psql service=telepaypsql
                """
        )

        @Option(help: ArgumentHelp("The role of `assay audit`.", valueName: "name"))
        var reader: String?
        @Option(help: ArgumentHelp("The role of `assay audit --fix` and `assay undo`.", valueName: "name"))
        var fixer: String?
        @Option(
            help: ArgumentHelp(
                "The folder of check files, or shipped:broadcast.",
                valueName: "folder"
            ),
            completion: .directory
        )
        var suite: String?
        @Option(
            help: ArgumentHelp(
                "The configuration file.",
                discussion: "Default: assay.yml here or above.",
                valueName: "file"
            ),
            completion: .file(extensions: ["yml", "yaml"])
        )
        var config: String?

        func validate() throws {
            for (flag, name) in [("--reader", reader), ("--fixer", fixer)] {
                // PostgreSQL takes the word for everybody, in quotes, too.
                if name == "public" { throw ValidationError("\(flag) takes the name of a role; public is everybody") }
                if name == "" { throw ValidationError("\(flag) takes the name of a role") }
            }
        }

        func run() async throws {
            try await CommandEdge.run { edge in
                let configuration = try edge.configuration(named: config)
                let source = try SuiteSource.find(suite, configuration: configuration, environment: edge.environment)
                let parameters = configuration.values.parameters
                let reading = source.lint(parameters: parameters)
                // What is newer than the parser is told in a comment.
                let newer = reading.unread.isEmpty ? nil : reading.suite
                let suite = try newer ?? source.load(reading, parameters: parameters)
                try Terminal.output(grants(suite).sql)
                return .success
            }
        }

        private func grants(_ suite: Suite) -> RoleGrants {
            guard reader == nil, fixer == nil else { return RoleGrants(suite, reader: reader, fixer: fixer) }
            let hasFix = suite.checks.contains { check in
                if case .violations(let work) = check.work { work.repair != nil } else { false }
            }
            return RoleGrants(suite, reader: "assay_reader", fixer: hasFix ? "assay_fixer" : nil)
        }
    }
}
