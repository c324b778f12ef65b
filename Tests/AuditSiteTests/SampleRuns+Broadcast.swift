import AuditModel

extension SampleRuns {
    private static let people = [
        ("7e1018e4-5644-4031-a05c-4166cc877264", "northwind_media"),
        ("0b6f9a52-0c1e-4a55-9b1c-3f0f1a1c2d77", "vela.studio"),
        ("c2d1b0d4-2a8e-4c3b-8d4e-5b9ad3c7e001", "tomas_k"),
        ("5f0e1a77-91d2-4f07-b0b5-1f6f2f0a9d10", ""),
    ]

    private static let story = """
        A channel without an entry shows **Not Configured** on the dashboard, where its owner should find
        *Resend Notification*.

        ## The expected state

        One entry in `broadcast_manager` for each channel pair, see [the manual](https://example.net/manual)
        and [the notes](../notes.md).

        ## By hand

        1. Look the pair up.
        2. Insert the entry:

           ```sql
           INSERT INTO broadcast_manager (client_id) VALUES ('…');
           ```
        """

    /// What users have of each check: by check, then by user.
    private static func tallies(_ checks: [CheckResult], _ counts: [String: [Int]], isRepaired: Bool) -> UserTallies {
        var users = UserTallies(checks: checks.map(\.id))
        let ids = people.map(\.0) + [""]
        for (check, result) in checks.enumerated() {
            for (person, count) in (counts[result.id] ?? []).enumerated() where count > 0 {
                users.add(ids[person], check: check, phase: .before, times: count)
                let mended = isRepaired && result.repaired != nil
                users.add(ids[person], check: check, phase: mended ? .repaired : .after, times: count)
            }
        }
        for (id, label) in people where !label.isEmpty {
            if let user = users.index(of: id) { users.setLabel(label, user: user) }
        }
        var figures = UserFigures(
            statistic: "user-channels",
            columns: [FigureColumn(name: "channels"), FigureColumn(name: "entries")]
        )
        for (index, person) in people.enumerated() {
            guard let user = users.index(of: person.0) else { continue }
            let missing = counts["channel-without-broadcast"]?[index] ?? 0
            for phase in [UserTallies.Phase.before, .after] {
                let entries = phase == .after && isRepaired ? 10 : 10 - missing
                for (column, figure) in [10, entries].enumerated() {
                    String(figure).utf8.withContiguousStorageIfAvailable {
                        figures.set(UnsafeRawBufferPointer($0), column: column, user: user, phase: phase)
                    }
                }
            }
        }
        for phase in [UserTallies.Phase.before, .after] { users.enter(figures, phase: phase) }
        return users
    }

    private static func broadcastChecks(repairs: Bool) -> [CheckResult] {
        let pairs = (0..<30).map { ["\(people[$0 % 3].0)", "-100200300\(400 + $0)", "-100200300\(500 + $0)"] }
        return [
            check(
                "channel-without-broadcast",
                "Channels without a broadcast entry",
                found: 30,
                repaired: repairs ? 30 : nil,
                users: 4,
                scope: 12_418,
                hasFix: true,
                columns: ["client_id", "open_channel_id", "closed_channel_id"],
                rows: pairs,
                documentation: story
            ),
            check(
                "broadcast-without-channel",
                "Broadcast entries without a channel",
                found: 8,
                repaired: repairs ? 8 : nil,
                users: 2,
                scope: 12_396,
                hasFix: true,
                columns: ["client_id", "id", "last_error_message"],
                rows: (0..<8).map { [people[$0 % 2].0, "entry \($0)", $0 == 0 ? nil : $0 == 1 ? "" : "timeout"] }
            ),
            check(
                "broadcast-owner-mismatch",
                "Broadcast owner differs from the channel’s",
                found: 3,
                repaired: nil,
                users: 2,
                scope: 12_396,
                columns: ["client_id", "owner"],
                rows: (0..<3).map { [people[1 + $0 % 2].0, people[0].0] }
            ),
            check("duplicate-channel-pair", "One entry for each channel pair", users: 0, scope: 12_418),
            check("counters-disagree", "Counters add up", users: 0),
            check(
                "cascade-gap",
                "Deleting a channel leaves its broadcast entry",
                severity: .warning,
                found: 1,
                columns: ["table_name", "missing"],
                rows: [["broadcast_manager", "no foreign key or trigger"]]
            ),
            check(
                "channel-incomplete",
                "Channels without an owner",
                found: 2,
                users: 0,
                columns: ["pair"],
                rows: [["a"], ["b"]]
            ),
        ]
    }

    private static let counts = [
        "channel-without-broadcast": [10, 5, 9, 6],
        "broadcast-without-channel": [6, 2],
        "broadcast-owner-mismatch": [0, 2, 1],
        "cascade-gap": [0, 0, 0, 0, 1],
        "channel-incomplete": [0, 0, 0, 0, 2],
    ]

    private static func broadcastStatistics(repairs: Bool, rate: DecimalNumber, broken: Severity?) -> [StatisticResult]
    {
        let entries: DecimalNumber = 12_396
        return [
            statistic(
                "broadcast-totals",
                "Totals",
                figures: [
                    Figure(name: "channels", before: .number(12_418), after: .number(12_418)),
                    Figure(name: "entries", before: .number(entries), after: .number(entries + (repairs ? 22 : 0))),
                    Figure(name: "oldest", before: .text("2024-01-31"), after: .text("2024-01-31")),
                ]
            ),
            statistic(
                "success-rate",
                "Broadcast success",
                figures: [
                    Figure(
                        name: "success_rate",
                        before: .number(rate),
                        after: .number(rate),
                        limit: AppliedLimit(error: "< 0.80", warning: "< 0.95", broken: broken)
                    )
                ],
                status: broken.map(Status.init(violated:)) ?? .clear
            ),
            statistic(
                "user-channels",
                "Channels and entries of affected users",
                figures: [
                    Figure(name: "channels", before: .number(40), after: .number(40)),
                    Figure(name: "entries", before: .number(10), after: .number(repairs ? 40 : 10)),
                ],
                user: "client_id"
            ),
        ]
    }

    /// An audit that found much.
    static var rich: Run {
        let checks = broadcastChecks(repairs: false)
        return run(
            checks: checks,
            statistics: broadcastStatistics(repairs: false, rate: 0.931, broken: .warning),
            users: tallies(checks, counts, isRepaired: false)
        )
    }

    /// A run that repaired what has a fix.
    static func fixed(_ mode: Run.Mode) -> Run {
        let checks = broadcastChecks(repairs: true)
        return run(
            mode,
            checks: checks,
            statistics: broadcastStatistics(repairs: true, rate: 0.974, broken: nil),
            users: tallies(checks, counts, isRepaired: true),
            milliseconds: 65_000
        )
    }

    /// Nothing was found.
    static var clear: Run {
        run(
            checks: [
                check("duplicate-channel-pair", "One entry for each channel pair", users: 0, scope: 12_418),
                check("counters-disagree", "Counters add up", users: 0),
            ],
            statistics: [broadcastStatistics(repairs: false, rate: 0.9996, broken: nil)[1]]
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
}

extension SampleRuns {
    /// An undo of what `fixed` repaired; two rows had changed since.
    static func undone(_ mode: Run.Mode) -> Run {
        var checks = broadcastChecks(repairs: true)
        for index in checks.indices where (checks[index].repaired ?? 0) > 0 {
            let repaired = checks[index].repaired ?? 0
            let after = (checks[index].after ?? 0) + repaired
            checks[index].before = checks[index].after
            checks[index].usersBefore = checks[index].usersAfter
            checks[index].after = after
            checks[index].repaired = -repaired
            checks[index].usersAfter = 1
            checks[index].status = Status(violated: checks[index].severity)
            checks[index].left = 2
            checks[index].notes = [
                "2 rows left as they are (changed since: 2), listed in left/\(checks[index].id).csv"
            ]
            break
        }
        for index in checks.indices where (checks[index].repaired ?? 0) >= 0 {
            if checks[index].status == .repaired { checks[index].status = .clear }
            checks[index].repaired = nil
            checks[index].before = checks[index].after
            checks[index].usersBefore = checks[index].usersAfter
        }
        var users = UserTallies(checks: checks.map(\.id))
        for (index, check) in checks.enumerated() {
            users.add("7e1018e4-5644-4031-a05c-4166cc877264", check: index, phase: .before, times: check.before ?? 0)
            users.add(
                "7e1018e4-5644-4031-a05c-4166cc877264",
                check: index,
                phase: .repaired,
                times: check.repaired ?? 0
            )
            users.add("7e1018e4-5644-4031-a05c-4166cc877264", check: index, phase: .after, times: check.after ?? 0)
        }
        var run = run(mode, checks: checks, users: users)
        run.undoes = RunID(startedAt: Timestamp(milliseconds: start - 3_600_000), random: 0x0b17e5)
        return run
    }
}
