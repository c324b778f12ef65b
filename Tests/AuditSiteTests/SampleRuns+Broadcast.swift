import AuditModel

/// Runs of the broadcast suite, one for each thing that a page has to tell.
extension SampleRuns {
    private static let again = "assay audit --config /srv/assay/assay.yml"
    private static let fix = "assay audit --fix --config /srv/assay/assay.yml --expect telepaypsql"
    private static let undo =
        "assay undo 20261123T031500Z-7f3a9c --config /srv/assay/assay.yml --expect telepaypsql"

    /// An audit that found much.
    static var rich: Run {
        let checks = broadcastChecks(.audit)
        return run(
            checks: checks,
            statistics: broadcastStatistics(.audit, rate: 0.931, broken: .warning),
            users: tallies(checks, counts, .audit),
            commands: RunCommands(fix: fix, again: again)
        )
    }

    /// A run that repaired what has a fix, or tried to.
    static func fixed(_ mode: Run.Mode) -> Run {
        let checks = broadcastChecks(mode)
        return run(
            mode,
            checks: checks,
            statistics: broadcastStatistics(mode, rate: 0.931, after: 0.974, broken: nil),
            users: tallies(checks, counts, mode),
            milliseconds: 65_000,
            commands: mode == .fix ? RunCommands(undo: undo, again: again) : RunCommands(fix: fix, again: again)
        )
    }

    /// Nothing was found; one check had nothing to look at.
    static var clear: Run {
        run(
            checks: [
                check("duplicate-channel-pair", "One entry for each channel pair", users: 0, scope: 12_418),
                check("counters-disagree", "Counters add up", users: 0, scope: 0),
            ],
            statistics: [broadcastStatistics(.audit, rate: 0.9996, broken: nil)[1]],
            commands: RunCommands(again: again)
        )
    }

    /// Something could not be measured.
    static var incomplete: Run {
        let reason = "permission denied for table main_clients_database (42501)"
        let slow = "the statement took longer than 60 s"
        return run(
            checks: [
                check("duplicate-channel-pair", "One entry for each channel pair", users: 0, scope: 12_418),
                check("counters-disagree", "Counters add up", found: nil, error: reason),
                // Measured, but row-level security may have hidden rows.
                check("channel-incomplete", "Channels without an owner", users: 0),
            ],
            statistics: [statistic("success-rate", "Broadcast success", figures: [], status: .error, error: slow)],
            gaps: [
                Coverage.Gap(id: "counters-disagree", reason: reason),
                Coverage.Gap(id: "channel-incomplete", reason: "row-level security hides rows from this role"),
                Coverage.Gap(id: "success-rate", reason: slow),
            ],
            readsServer: false
        )
    }

    /// One check for one user.
    static var narrowed: Run {
        var checks = broadcastChecks(.audit)
        let reason = "not selected by --check"
        for index in checks.indices where index > 0 {
            var skipped = check(checks[index].id, checks[index].title, found: nil, error: reason)
            skipped.status = .skipped
            checks[index] = skipped
        }
        checks[0] = check(
            "channel-without-broadcast",
            "Channels without a broadcast entry",
            users: 0,
            scope: 12_418,
            hasFix: true
        )
        return run(
            checks: checks,
            gaps: checks.dropFirst().map { Coverage.Gap(id: $0.id, reason: reason) },
            selection: Selection(checks: ["channel-without-broadcast"], user: people[3].0),
            commands: RunCommands(again: "assay audit --check channel-without-broadcast --user \(people[3].0)")
        )
    }

    /// One fix was refused by its limits, another one rolled back.
    static var refused: Run {
        var checks = broadcastChecks(.audit)
        for (index, status) in [Status.refused, .rolledBack].enumerated() {
            checks[index].status = status
            checks[index].repaired = 0
        }
        for index in checks.indices { (checks[index].gone, checks[index].new) = (0, 0) }
        checks[0].error =
            "nothing was repaired: 30 of 120 rows (25 %) are violations, more than the 20 % that `fix_limits: share` allows"
        checks[1].error = "it wrote another table than `repairs` names: public.audit_log, 22 rows inserted"
        return run(
            .fix,
            checks: checks,
            users: tallies(checks, counts, .audit),
            commands: RunCommands(again: again)
        )
    }

    /// The wrong database.
    static var unmeasured: Run {
        let reason = "relation \"main_clients_database\" does not exist"
        var checks = broadcastChecks(.audit).map { check($0.id, $0.title, found: nil, error: reason) }
        checks[1].error = "relation \"broadcast_manager\" does not exist"
        let statistics = ["broadcast-totals", "success-rate"].map {
            statistic($0, $0, figures: [], status: .error, error: reason)
        }
        let gaps =
            checks.map { Coverage.Gap(id: $0.id, reason: $0.error ?? "") }
            + statistics.map { Coverage.Gap(id: $0.id, reason: reason) }
        return run(checks: checks, statistics: statistics, gaps: gaps, commands: RunCommands(again: again))
    }
}

extension SampleRuns {
    /// An undo of what `fixed` repaired; two rows had changed since.
    static func undone(_ mode: Run.Mode) -> Run {
        var checks = broadcastChecks(.audit)
        for index in checks.indices { (checks[index].gone, checks[index].new) = (0, 0) }
        checks[0].before = 0
        checks[0].usersBefore = 0
        checks[0].repaired = -28
        checks[0].after = 28
        checks[0].scopeAfter = 12_418
        checks[0].sample.rows.removeLast(2)
        checks[0].left = 2
        checks[0].notes = ["2 rows left as they are (changed since: 2), listed in left/channel-without-broadcast.csv"]
        checks[0].repairs = Sample(
            columns: ["operation", "key", "user", "changes"],
            rows: [["delete", "{}", nil, nil]]
        )
        checks[1] = check(
            "broadcast-without-channel",
            "Broadcast entries without a channel",
            gone: 0,
            users: 0,
            hasFix: true
        )
        checks[2].before = 1
        checks[2].usersBefore = 1
        checks[2].new = 3
        var users = UserTallies(checks: checks.map(\.id))
        for (person, count) in [10, 5, 9, 4].enumerated() {
            users.add(people[person].0, check: 0, phase: .repaired, times: -count)
            users.add(people[person].0, check: 0, phase: .after, times: count)
            users.add(people[person].0, check: 2, phase: person == 0 ? .before : .new)
            users.add(people[person].0, check: 2, phase: .after)
        }
        for index in 3..<checks.count {
            for (person, count) in (counts[checks[index].id] ?? []).enumerated() where count > 0 {
                let id = person < people.count ? people[person].0 : ""
                users.add(id, check: index, phase: .before, times: count)
                users.add(id, check: index, phase: .after, times: count)
            }
        }
        var run = run(mode, checks: checks, users: users, commands: RunCommands(again: again))
        run.undoes = RunID(startedAt: Timestamp(milliseconds: start - 3_600_000), random: 0x0b17e5)
        return run
    }
}
