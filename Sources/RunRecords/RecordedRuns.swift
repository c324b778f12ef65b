package import AuditModel
import FoundationEssentials
import Glibc

/// The published runs of an output folder, to be read only.
package struct RecordedRuns: Sendable {
    private static let candidates = 10

    /// The file in a run's folder which says that documents are yet to tell of it.
    static let pendingMark = ".documents-pending"

    /// The file in a run's folder which says what the run wrote into documents.
    static let memory = ".documents-memory"

    /// The path of the output folder.
    private let output: String

    /// - Parameter output: a folder without runs, or none at all, has no records.
    package init(in output: String) {
        self.output = output
    }

    /// All runs, the newest first.
    package var newestFirst: [RunID] {
        FileSystem.names(in: "\(output)/runs").compactMap { RunID($0) }.sorted(by: >)
    }

    /// The runs that documents are yet to tell of, the oldest first.
    package var pending: [RunID] {
        newestFirst.reversed().filter { access("\(output)/runs/\($0)/\(Self.pendingMark)", F_OK) == 0 }
    }

    /// Documents tell of the runs.
    package func settle(_ runs: [RunID]) {
        for run in runs { unlink("\(output)/runs/\(run)/\(Self.pendingMark)") }
    }

    /// Keeps in a run's folder what was written into documents; what cannot be kept is forgotten.
    package func remember(_ text: String, by run: RunID) {
        try? FileSystem.replace("\(output)/runs/\(run)/\(Self.memory)", with: text)
    }

    /// What runs kept of documents, the oldest first.
    package var memories: [String] {
        newestFirst.reversed().compactMap { run in
            (try? Data(contentsOf: URL(filePath: "\(output)/runs/\(run)/\(Self.memory)"))).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    /// The newest run that did what it tells, and looked at everything; nil when there is none.
    ///
    /// - Parameter suite: the id of the suite whose runs count; nil for all.
    package func latest(of suite: String? = nil) throws(RecordError) -> Run? {
        for id in newestFirst where suite == nil || identity(id)?.suite.name == suite {
            let run = try read(id)
            if run.mode != .dryRun, run.selection.isEverything { return run }
        }
        return nil
    }

    /// The ids of the suites that the newest runs are of, sorted.
    package var suites: [String] {
        Set(newestFirst.prefix(100).compactMap { identity($0)?.suite.name }).sorted()
    }

    /// The commands that a run told its readers; nil for a run that is not recorded here.
    package func commands(of run: String) -> RunCommands? {
        RunID(run).flatMap(identity)?.commands
    }

    /// The part of a record that is not about what was measured.
    private struct Identity: Decodable {
        var suite: SuiteSummary
        var commands: RunCommands?
    }

    private func identity(_ id: RunID) -> Identity? {
        (try? Data(contentsOf: URL(filePath: "\(output)/runs/\(id)/run.json"))).flatMap {
            try? JSONDecoder().decode(Identity.self, from: $0)
        }
    }

    /// Reads the record of a run by its name.
    package func run(named name: String) throws(RecordError) -> Run {
        let known = newestFirst
        guard let id = RunID(name), known.contains(id) else {
            let candidates = known.prefix(Self.candidates).map { "\n  \($0)" }.joined()
            throw RecordError(
                .missing,
                "no run '\(name)' is recorded in \(output). "
                    + (known.isEmpty ? "There is none; is it the right --output?" : "The newest ones are:\(candidates)")
            )
        }
        return try read(id)
    }

    private func read(_ id: RunID) throws(RecordError) -> Run {
        let folder = "\(output)/runs/\(id)"
        var run: Run
        do {
            run = try JSONDecoder().decode(Run.self, from: Data(contentsOf: URL(filePath: "\(folder)/run.json")))
        } catch {
            throw RecordError(.unreadable, "\(folder)/run.json cannot be read as the record of a run: \(error)")
        }
        try UsersFile.read("\(folder)/users.csv", into: &run.users)
        return run
    }
}
