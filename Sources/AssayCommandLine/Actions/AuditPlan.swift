import AuditEngine
import AuditModel
import SuiteFiles

/// Everything an audit needs to know: flags, else `ASSAY_*` variables, else `assay.yml`, else defaults.
struct AuditPlan: Sendable {
    var suite: SuiteSource
    var settings: AuditSettings
    var parameters: [String: ParameterValue]
    var output: String
    var templates: String?
    var format: OutputFormat
    var isQuiet: Bool
    var failOn: FailOn
    var writesPages: Bool
    var documents: DocumentSettings
}

extension AuditPlan {
    init(
        database: DatabaseOptions,
        selection: SelectionOptions? = nil,
        repair: RepairOptions? = nil,
        measuring: MeasuringOptions,
        report: ReportOptions,
        configuration: Configuration,
        environment: [String: String]
    ) throws(Failure) {
        func variable(_ name: String) -> String? {
            environment["ASSAY_\(name)"].flatMap { $0.isEmpty ? nil : $0 }
        }
        suite = SuiteSource(database.suite, configuration: configuration, environment: environment)
        settings = AuditSettings(
            conninfo: Self.conninfo(database.database, configuration: configuration, environment: environment)
        )
        settings.expectedDatabase = database.expect ?? variable("EXPECT") ?? configuration.expectedDatabase
        if let selection {
            settings.selection = Selection(checks: selection.checks, tags: selection.tags)
            settings.selection.userID = selection.user?.bytes
        }
        settings.statementTimeout =
            measuring.statementTimeout ?? variable("STATEMENT_TIMEOUT") ?? configuration.statementTimeout
            ?? settings.statementTimeout
        settings.lockTimeout =
            measuring.lockTimeout ?? variable("LOCK_TIMEOUT") ?? configuration.lockTimeout ?? settings.lockTimeout
        let jobs = try Self.number(variable("JOBS"), of: "ASSAY_JOBS")
        settings.jobs = measuring.jobs ?? jobs ?? configuration.jobs ?? settings.jobs
        settings.sampleRows = configuration.sampleRows ?? settings.sampleRows
        guard (1...64).contains(settings.jobs) else {
            throw Failure(.wrongUsage, "jobs is \(settings.jobs), and must be from 1 to 64")
        }
        for (name, value) in [
            ("statement timeout", settings.statementTimeout), ("lock timeout", settings.lockTimeout),
        ] where !Self.isDuration(value) {
            throw Failure(
                .wrongUsage,
                "the \(name) is '\(value)', and must be a whole number with a unit: 500ms, 60s or 5min"
            )
        }
        if let repair, repair.fix {
            var settings = RepairSettings()
            settings.isDryRun = repair.dryRun
            settings.batch = repair.batch
            settings.pause = repair.pause.flatMap(RepairOptions.duration) ?? .zero
            settings.expectedCluster = repair.expectCluster
            self.settings.repair = settings
        }
        parameters = configuration.parameters
        output = configuration.output(flag: report.output, environment: environment)
        templates = report.templates ?? variable("TEMPLATES") ?? configuration.templates
        format = report.format
        isQuiet = report.quiet
        let failing = try Self.failOn(variable("FAIL_ON"))
        failOn = report.failOn ?? failing ?? configuration.failOn.flatMap(FailOn.init) ?? .error
        writesPages = !report.noSite
        documents = report.noDocuments ? DocumentSettings() : configuration.documents.normal
        // A run that looks at one user knows nothing of the others, and would tell their bugs resolved.
        if selection?.user != nil { documents = DocumentSettings() }
        let places = DocumentPlaces(configuration, output: output, suite: suite, templates: templates)
        if let mistake = places.mistakes(in: documents).first {
            throw Failure(.wrongConfiguration, "\(mistake); nothing was done.")
        }
    }

    /// The database named by flag, variables or configuration; nil leaves it to libpq.
    static func conninfo(_ flag: String?, configuration: Configuration, environment: [String: String]) -> String? {
        func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        return flag ?? variable("ASSAY_DATABASE") ?? variable("DATABASE_URL") ?? configuration.database
    }

    private static func number(_ text: String?, of variable: String) throws(Failure) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text) else {
            throw Failure(.wrongUsage, "the variable \(variable) is '\(text)', and must be a whole number")
        }
        return number
    }

    private static func failOn(_ text: String?) throws(Failure) -> FailOn? {
        guard let text else { return nil }
        guard let failOn = FailOn(rawValue: text) else {
            throw Failure(
                .wrongUsage,
                "the variable ASSAY_FAIL_ON is '\(text)', and must be error, warning, info or never"
            )
        }
        return failOn
    }

    /// A time as PostgreSQL reads it, with its unit, so that nobody mistakes 60 for seconds.
    private static func isDuration(_ text: String) -> Bool {
        text == "0" || text.wholeMatch(of: /[0-9]{1,9} ?(us|ms|s|min|h|d)/) != nil
    }
}
