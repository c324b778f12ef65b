internal import ArgumentParser
import AuditEngine
import SuiteFiles

extension AssayCommand {
    /// `assay undo`
    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take the repairs of a run back.",
            discussion: """
                Deletes what the run inserted, restores what it changed, and inserts again what it deleted: exactly the \
                rows in its journal, all in one transaction. A row that somebody has changed, removed or come to depend \
                on since is left as it is, and listed with the reason in left/CHECK.csv. Undoing twice changes nothing.

                The undo is a run of its own: the suite is measured before and after, and the report tells what came \
                back. It acts only on the database that --expect (or `expect:` in assay.yml) names.

                EXAMPLES
                  assay history                                    which runs there are
                  assay undo 20261123T031500Z-7f3a9c --dry-run
                  assay undo 20261123T031500Z-7f3a9c --expect telepaypsql
                  assay undo 20261123T031500Z-7f3a9c --check channel-without-broadcast --user 7e1018e4-…

                EXIT CODES
                  0   all of it was taken back, or nothing was left to take back
                  1   some rows stay; or violations remain, when --fail-on asks for that
                  2   the undo was rolled back, or something could not be measured
                  64 to 143  as for `assay audit`
                """
        )

        @Argument(help: ArgumentHelp("The run whose repairs are to be taken back.", valueName: "run"))
        var run: String
        @Option(name: .customLong("check"), help: ArgumentHelp("Only this check's; may be repeated.", valueName: "id"))
        var checks: [String] = []
        @Option(help: ArgumentHelp("Only the rows of this user.", valueName: "id"))
        var user: UserArgument?
        @Flag(help: "Do all of it, and roll it back.")
        var dryRun = false
        @Option(
            help: ArgumentHelp(
                "Accept the cluster with this system identifier, although the last run found another.",
                valueName: "identifier"
            )
        )
        var expectCluster: String?

        @OptionGroup(title: "Where")
        var database: DatabaseOptions
        @OptionGroup(title: "How to measure")
        var measuring: MeasuringOptions
        @OptionGroup(title: "What to write")
        var report: ReportOptions

        func run() async throws {
            try await CommandEdge.run(isVerbose: report.verbose) { edge in
                let configuration = try edge.configuration(named: database.config, isQuiet: report.quiet)
                var plan = try AuditPlan(
                    database: database,
                    measuring: measuring,
                    report: report,
                    configuration: configuration,
                    environment: edge.environment
                )
                var settings = UndoSettings(run: run)
                settings.checks = checks
                settings.userID = user?.bytes
                settings.isDryRun = dryRun
                settings.expectedCluster = expectCluster
                settings.suiteName = "\(plan.suite)"
                plan.settings.undo = settings
                // Violations that come back are what was asked for.
                plan.failOn = report.failOn ?? .never
                return try await UndoAction(plan: plan, edge: edge).perform()
            }
        }
    }
}
