import AuditModel
import FoundationEssentials
import Glibc
import Postgres
import SuiteFiles

/// The commands that a run tells people to type next: from any folder they lead to its suite, database and output.
struct RunCommandLines: Sendable {
    /// What all of them need, as it was given to this run: `--config`, `--suite`, `--database`, `--output` …
    let common: [String]
    /// What narrows a run, quoted already.
    let selection: [String]
    /// The database that `--expect` names; nil before it is known.
    let database: String?

    /// For a run that is over.
    func of(_ run: Run) -> RunCommands {
        let lines = naming(run.database.name)
        let hasRepaired = run.mode == .fix && (run.totals.repaired ?? 0) > 0
        // What an undo brought back can be repaired again; what its rehearsal would bring back is not there.
        let isRehearsedUndo = run.mode == .dryRun && run.undoes != nil
        let canRepair =
            run.mode != .fix && !isRehearsedUndo && run.checks.contains { $0.fix != nil && ($0.after ?? 0) > 0 }
        return RunCommands(
            undo: hasRepaired ? lines.undo(run.id.description) : nil,
            fix: canRepair ? lines.fix : nil,
            again: run.mode == .audit ? lines.again : nil
        )
    }

    /// The same, with the name of the database, which a command that writes must give.
    func naming(_ database: String?) -> RunCommandLines {
        RunCommandLines(common: common, selection: selection, database: database ?? self.database)
    }

    /// Takes the repairs of a run back.
    func undo(_ run: String) -> String { line(["assay", "undo", run] + expected, []) }

    /// Repairs what this run found.
    var fix: String { line(["assay", "audit", "--fix"] + expected, selection) }

    /// Audits the same again.
    var again: String { line(["assay", "audit"], selection) }

    private func line(_ words: [String], _ selection: [String]) -> String {
        let all = words.map(PrintedCommand.quoted) + selection + common.map(PrintedCommand.quoted)
        return all.joined(separator: " ")
    }

    private var expected: [String] { database.map { ["--expect", $0] } ?? [] }
}

extension RunCommandLines {
    /// What the flags and variables of a command were, as far as its configuration does not say the same.
    init(
        suite: SuiteSource?,
        database: DatabaseOptions,
        selection: SelectionOptions? = nil,
        measuring: MeasuringOptions? = nil,
        report: ReportOptions? = nil,
        output: String? = nil,
        configuration: FoundConfiguration,
        environment: ProgramEnvironment
    ) {
        var common: [String] = []
        func add(_ flag: String, _ value: String?) {
            if let value { common += [flag, value] }
        }
        add("--config", configuration.path.map(Self.absolute))
        switch suite {
        // What the configuration names needs no flag.
        case .some where database.suite == nil && environment[.suite] == nil: break
        case .folder(let path)?: add("--suite", Self.absolute(path))
        case .shipped?: add("--suite", suite?.description)
        // For the reader to fill in.
        case nil: add("--suite", "FOLDER")
        }
        add("--database", Self.address(flag: database.database, environment))
        if let output, report?.output ?? environment[.output] != nil || configuration.values.output == nil {
            add("--output", Self.absolute(output))
        }
        add("--templates", (report?.templates ?? environment[.templates]).map(Self.absolute))
        add("--statement-timeout", measuring?.statementTimeout)
        add("--lock-timeout", measuring?.lockTimeout)
        if report?.noSite == true { common.append("--no-site") }
        if report?.noDocuments == true { common.append("--no-documents") }
        self.init(common: common, selection: selection?.flags ?? [], database: nil)
    }

    /// Without a password; a variable with one is left to do its work itself.
    private static func address(flag: String?, _ environment: ProgramEnvironment) -> String? {
        if let flag { return ConnectionAddress.withoutSecrets(flag)?.text }
        guard let variable = environment[.database] ?? environment["DATABASE_URL"],
            let address = ConnectionAddress.withoutSecrets(variable), !address.hadSecrets
        else { return nil }
        return address.text
    }

    /// A path as it is seen from everywhere.
    static func absolute(_ path: String) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        return path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }
}

extension SelectionOptions {
    /// The options as they are typed, quoted for a shell.
    fileprivate var flags: [String] {
        var flags = checks.flatMap { ["--check", PrintedCommand.quoted($0)] }
        flags += tags.flatMap { ["--tag", PrintedCommand.quoted($0)] }
        if let user { flags += ["--user", PrintedCommand.quoted(bytes: user.bytes)] }
        return flags
    }
}
