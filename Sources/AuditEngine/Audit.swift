package import AuditModel
package import Logging
import Postgres
package import RunRecords

/// Measures a suite in one snapshot of a database; repairs, or takes back, and measures again where that is asked for.
package struct Audit: Sendable {
    private let suite: Suite
    private let settings: AuditSettings
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    private let progress: @Sendable (AuditProgress) -> Void

    /// - Parameters:
    ///   - now: the clock.
    ///   - progress: is told what happens, on any thread.
    package init(
        suite: Suite,
        settings: AuditSettings,
        logger: Logger,
        now: @escaping @Sendable () -> Timestamp,
        progress: @escaping @Sendable (AuditProgress) -> Void = { _ in }
    ) {
        self.suite = suite
        self.settings = settings
        self.logger = logger
        self.now = now
        self.progress = progress
    }

    /// Measures, and writes the violations into the run's folder; the folder's other files are the caller's to write.
    ///
    /// Cancelling the task cancels the statements on the server.
    package func run(_ id: RunID, startedAt: Timestamp, into folder: RunFolder) async throws(AuditError) -> FinishedRun
    {
        try checkSelection()
        let ledger = RunLedger(suite: suite, selection: settings.selection, isUndo: settings.undo != nil)
        let run = AuditRun(
            id: id,
            suite: suite,
            settings: settings,
            folder: folder,
            ledger: ledger,
            logger: logger,
            progress: progress
        )
        do {
            return try await run.perform(startedAt: startedAt, now: now)
        } catch let error as PostgresError where error.kind == .cancelled {
            throw .cancelled(committed: ledger.committed, run: id)
        } catch {
            let cause = Self.failure(error, of: id)
            guard let committed = ledger.committed else { throw cause }
            throw .brokenOff(committed: committed, run: id, cause: cause)
        }
    }

    private static func failure(_ error: any Error, of id: RunID) -> AuditError {
        switch error {
        case let error as AuditError: error
        case let error as OutputError: .output(error)
        case let error as PostgresError: AuditError(error)
        case is CancellationError: .cancelled(committed: nil, run: id)
        default: .unknown("\(error)")
        }
    }

    private func checkSelection() throws(AuditError) {
        let ids = suite.checks.map(\.id)
        if let unknown = settings.selection.checks.first(where: { !ids.contains($0) }) {
            throw .wrongUsage("the suite has no check '\(unknown)'; it has \(ids.joined(separator: ", "))")
        }
        let tags = Set(suite.checks.flatMap(\.tags))
        if let unknown = settings.selection.tags.first(where: { !tags.contains($0) }) {
            throw .wrongUsage(
                "no check of the suite has the tag '\(unknown)'; "
                    + (tags.isEmpty
                        ? "none of its checks has a tag" : "the tags are \(tags.sorted().joined(separator: ", "))")
            )
        }
    }
}
