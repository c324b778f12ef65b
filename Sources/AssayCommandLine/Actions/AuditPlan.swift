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
    /// What people are told to type next; nil where there is nothing to come back to.
    var commands: RunCommandLines?
}

extension AuditPlan {
    init(
        database: DatabaseOptions,
        selection: SelectionOptions? = nil,
        repair: RepairOptions? = nil,
        measuring: MeasuringOptions,
        report: ReportOptions,
        configuration found: FoundConfiguration,
        environment: ProgramEnvironment
    ) throws(Failure) {
        let configuration = found.values
        suite = try SuiteSource.find(database.suite, configuration: found, environment: environment)
        settings = AuditSettings(
            conninfo: Self.conninfo(database.database, configuration: configuration, environment: environment)
        )
        settings.expectedDatabase = database.expect ?? environment[.expect] ?? configuration.expectedDatabase
        settings.places = Self.places(database, configuration: configuration, environment: environment)
        if let selection {
            settings.selection = Selection(checks: selection.checks, tags: selection.tags)
            settings.selection.userID = selection.user?.bytes
        }
        settings.statementTimeout =
            measuring.statementTimeout ?? environment[.statementTimeout] ?? configuration.statementTimeout
            ?? settings.statementTimeout
        settings.lockTimeout =
            measuring.lockTimeout ?? environment[.lockTimeout] ?? configuration.lockTimeout ?? settings.lockTimeout
        let jobs = try Self.number(environment[.jobs], of: .jobs)
        settings.jobs = measuring.jobs ?? jobs ?? configuration.jobs ?? settings.jobs
        settings.sampleRows = configuration.sampleRows ?? settings.sampleRows
        guard (1...64).contains(settings.jobs) else {
            throw Failure(.wrongUsage, "jobs is \(settings.jobs), and must be from 1 to 64")
        }
        for (name, value) in [
            ("statement timeout", settings.statementTimeout), ("lock timeout", settings.lockTimeout),
        ] {
            if let mistake = TimeSetting.mistake(value) {
                throw Failure(.wrongUsage, "the \(name) is '\(value)', and must be \(mistake)")
            }
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
        output = found.output(flag: report.output, environment: environment)
        templates = report.templates ?? environment[.templates] ?? configuration.templates
        format = report.format
        isQuiet = report.quiet
        let failing = try Self.failOn(environment[.failOn])
        failOn = report.failOn ?? failing ?? configuration.failOn.flatMap(FailOn.init) ?? .error
        writesPages = !report.noSite
        documents = report.noDocuments ? DocumentSettings() : configuration.documents.normal
        // A run that looks at one user knows nothing of the others, and would tell their bugs resolved.
        if selection?.user != nil { documents = DocumentSettings() }
        let places = DocumentPlaces(found, output: output, suite: suite, templates: templates)
        if let mistake = places.mistakes(in: documents).first {
            throw Failure(.wrongConfiguration, "\(mistake); nothing was done.")
        }
        commands = RunCommandLines(
            suite: suite,
            database: database,
            selection: selection,
            measuring: measuring,
            report: report,
            output: output,
            configuration: found,
            environment: environment
        )
    }

    /// The database named by flag, variables or configuration; nil leaves it to libpq.
    static func conninfo(_ flag: String?, configuration: Configuration, environment: ProgramEnvironment) -> String? {
        flag ?? environment[.database] ?? environment["DATABASE_URL"] ?? configuration.database
    }

    /// Which of the places that may name database and expectation does.
    static func places(
        _ options: DatabaseOptions,
        configuration: Configuration,
        environment: ProgramEnvironment
    ) -> SettingPlaces {
        func first(_ places: [(name: String, value: String?)]) -> String? { places.first { $0.value != nil }?.name }
        return SettingPlaces(
            database: first([
                ("--database", options.database), ("ASSAY_DATABASE", environment[.database]),
                ("DATABASE_URL", environment["DATABASE_URL"]), ("`database:` in assay.yml", configuration.database),
            ]),
            expect: first([
                ("--expect", options.expect), ("ASSAY_EXPECT", environment[.expect]),
                ("`expect` in assay.yml", configuration.expectedDatabase),
            ])
        )
    }

    private static func number(_ text: String?, of variable: ProgramEnvironment.Setting) throws(Failure) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text) else {
            throw Failure(.wrongUsage, "the variable \(variable.rawValue) is '\(text)', and must be a whole number")
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
}
