import AuditModel

/// What an undo did, check by check; committed, unless it was a dry run. How many rows of which user, the tallies hold.
struct UndoneRun: Sendable, Equatable {
    /// The run whose repairs were taken back.
    let target: RunID
    let checks: [UndoneCheck]

    var rows: Int { checks.reduce(0) { $0 + $1.takenBack } }

    /// Such as `channel-without-broadcast 23`; nil when nothing came back.
    var summary: String? {
        let entries = checks.filter { $0.takenBack > 0 }.map { "\($0.check) \($0.takenBack)" }
        return entries.isEmpty ? nil : entries.joined(separator: ", ")
    }

    /// Enters what was done into what was measured.
    ///
    /// - Parameter first: the results before anything was taken back: what a second measuring that failed has lost of them
    ///   is kept.
    func enter(into results: inout SuiteResults, measuredBefore first: SuiteResults, suite: Suite, isDryRun: Bool) {
        for done in checks {
            var result = results.check(done.check) ?? Self.foreign(done.check, to: suite)
            if result.before == nil, let known = first.check(done.check), known.before != nil {
                let (error, seconds) = (result.error, result.seconds)
                result = known
                result.status = .error
                result.error = error
                result.seconds = seconds
                result.after = nil
            }
            result.repaired = -done.takenBack
            result.left = done.left.values.reduce(0, +)
            result.notes += done.notes(isDryRun: isDryRun)
            results.add(.violations(result))
        }
    }

    /// A check that the suite does not have: its rows come back all the same, and nothing is measured.
    private static func foreign(_ id: String, to suite: Suite) -> CheckResult {
        let nowhere = Statement("", at: Statement.Place(path: suite.path, line: 1, column: 1))
        let check = Check(id: id, title: id, path: suite.path, work: .violations(ViolationWork(find: nowhere)))
        var result = CheckResult(check: check, find: nowhere, hasFix: false)
        result.error =
            "the suite '\(suite.id)' has no such check, so that its rows are taken back without being measured"
        return result
    }
}
