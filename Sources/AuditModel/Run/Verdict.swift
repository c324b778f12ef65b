/// The outcome of a run in one sentence, the worst first.
package struct Verdict: Sendable, Equatable {
    package let sentence: String

    package init(_ run: Run) {
        let statuses = run.checks.map(\.status)
        func count(_ status: Status) -> Int { statuses.count { $0 == status } }
        let measured = statuses.count { $0 != .skipped && $0 != .error }
        let asked = statuses.count { $0 != .skipped }
        let unmeasured = (statuses + run.statistics.map(\.status)).count { $0 == .error }
        let failing = count(.failing)
        let broken = run.statistics.count { $0.status == .failing }
        let cautious = run.statistics.count { $0.status == .warning }
        let verb = run.mode == .audit ? "" : "still "

        var parts: [String] = []
        if failing > 0 {
            let checks = asked == 1 ? "check" : "checks"
            parts.append("\(failing) of \(asked) \(checks) \(verb)\(failing == 1 ? "fails" : "fail")")
        }
        if broken > 0 { parts.append("\(broken) \(broken == 1 ? "statistic is" : "statistics are") past a limit") }
        if unmeasured > 0 {
            if parts.isEmpty {
                let verb = count(.clear) == 1 ? "is" : "are"
                parts.append("\(count(.clear)) of \(asked) \(asked == 1 ? "check" : "checks") \(verb) clear")
            }
            parts.append("\(unmeasured) could not be measured")
        }
        let warnings = count(.warning) + cautious
        if warnings > 0 {
            parts.append(
                parts.isEmpty ? "No check fails, \(warnings) \(warn(warnings))" : "\(warnings) \(warn(warnings))"
            )
        }
        let repaired = count(.repaired)
        if repaired > 0 {
            let words = run.mode == .dryRun ? "would be repaired" : repaired == 1 ? "was repaired" : "were repaired"
            parts.append("\(repaired) \(words)")
        }
        if parts.isEmpty {
            let notes = count(.info)
            if asked == 0 {
                parts.append("No check was run")
            } else if notes > 0 {
                parts.append("No check fails, \(notes) \(notes == 1 ? "has" : "have") something to note")
            } else {
                parts.append(measured == 1 ? "The one check is clear" : "All \(measured) checks are clear")
            }
        }
        sentence = parts.joined(separator: ", ")
    }
}

private func warn(_ count: Int) -> String {
    count == 1 ? "warns" : "warn"
}
