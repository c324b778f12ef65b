internal import ArgumentParser
import AuditEngine
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
                The fixer may also do what takes its repairs back.

                EXAMPLE
                  assay sql roles --suite audits/shop --reader auditor --fixer repairer | psql service=telepaypsql
                """
        )

        @Option(help: ArgumentHelp("The role of `assay audit`.", valueName: "name"))
        var reader = "assay_reader"
        @Option(help: ArgumentHelp("The role of `assay audit --fix` and `assay undo`.", valueName: "name"))
        var fixer = "assay_fixer"
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

        func run() async throws {
            try await CommandEdge.run { edge in
                let configuration = try edge.configuration(named: config)
                let source = try SuiteSource.find(suite, configuration: configuration, environment: edge.environment)
                let suite = try source.load(parameters: configuration.values.parameters)
                let grants: RoleGrants
                do {
                    grants = try RoleGrants(suite, reader: reader, fixer: fixer)
                } catch {
                    // The suite has been read, so that its statements are known to parse.
                    throw Failure(.internalFault, "the suite's statements cannot be read: \(error)")
                }
                try Terminal.output(grants.sql)
                return .success
            }
        }
    }
}
