internal import ArgumentParser
import SuiteFiles

extension AssayCommand {
    /// `assay audit`
    struct Audit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Audit a database, repair it if asked to, and write the report.",
            discussion: """
                All checks read one state of the database, in read-only transactions: nothing is changed. The report is \
                written to output/index.html (and index.md); the record of each run stays in output/runs/.

                With --fix, the checks that have a fix are repaired in the suite's order, each in one transaction: \
                count for each user, fix, journal, count again, and commit only if all agrees. Then everything is \
                measured again. The database must be named by --expect (or `expect:` in assay.yml). `assay undo RUN` \
                takes the repairs back.

                Settings come from the flag, else from the ASSAY_* variable of the same name (ASSAY_DATABASE, \
                ASSAY_SUITE, …), else from assay.yml, else from the default. The connection comes from --database, \
                ASSAY_DATABASE, DATABASE_URL, `database:` in assay.yml, else from libpq's own variables (PGSERVICE, \
                PGHOST, …). Passwords belong in ~/.pgpass or PGPASSWORD.

                EXAMPLES
                  assay audit --database postgresql://auditor@db.example.org/telepaypsql
                  assay audit --database service=telepaypsql --check channel-without-broadcast
                  assay audit --fix --dry-run --expect telepaypsql
                  assay audit --user 7e1018e4-5644-4031-a05c-4166cc877264
                  assay audit --quiet                 for cron: silent when all is well
                  assay audit --format json | jq .totals

                \(ExitStatus.help)
                """
        )

        @OptionGroup(title: "What to audit")
        var database: DatabaseOptions
        @OptionGroup(title: "Which checks")
        var selection: SelectionOptions
        @OptionGroup(title: "Whether to repair")
        var repair: RepairOptions
        @OptionGroup(title: "How to measure")
        var measuring: MeasuringOptions
        @OptionGroup(title: "What to write")
        var report: ReportOptions

        func run() async throws {
            try await CommandEdge.run(isVerbose: report.verbose) { edge in
                let configuration = try edge.configuration(named: database.config, isQuiet: report.quiet)
                let plan = try AuditPlan(
                    database: database,
                    selection: selection,
                    repair: repair,
                    measuring: measuring,
                    report: report,
                    configuration: configuration,
                    environment: edge.environment
                )
                return try await AuditAction(plan: plan, edge: edge).perform()
            }
        }
    }
}
