import AuditModel

/// The checks and statistics of the sample runs.
extension SampleRuns {
    static let people = [
        ("7e1018e4-5644-4031-a05c-4166cc877264", "northwind_media"),
        ("0b6f9a52-0c1e-4a55-9b1c-3f0f1a1c2d77", "vela.studio"),
        ("c2d1b0d4-2a8e-4c3b-8d4e-5b9ad3c7e001", "tomas_k"),
        ("5f0e1a77-91d2-4f07-b0b5-1f6f2f0a9d10", ""),
    ]

    static let story = """
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

    /// What an audit finds, and what becomes of it in a run that repairs, or tries to.
    static func broadcastChecks(_ mode: Run.Mode) -> [CheckResult] {
        let repairs = mode != .audit
        let pairs = (0..<30).map { ["\(people[$0 % 3].0)", "-100200300\(400 + $0)", "-100200300\(500 + $0)"] }
        var missing = check(
            "user-missing-broadcasts",
            "Users with fewer entries than channels",
            found: 4,
            gone: mode == .fix ? 3 : repairs ? 0 : nil,
            users: 4,
            scope: 40,
            columns: ["client_id", "channels", "entries"],
            rows: people.reversed().map { [$0.0, "10", "1"] }
        )
        if mode == .fix {
            missing.scopeAfter = 40
            missing.usersAfter = 1
            missing.ended = Sample(
                columns: ["how", "client_id", "channels", "entries"],
                rows: people.dropFirst().map { ["gone", $0.0, "10", "1"] }
            )
        }
        var all = [
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
            missing,
            check(
                "broadcast-owner-mismatch",
                "Broadcast owner differs from the channel’s",
                found: 3,
                gone: repairs ? 0 : nil,
                users: 2,
                scope: 12_396,
                columns: ["client_id", "owner"],
                rows: (0..<3).map { [people[1 + $0 % 2].0, people[0].0] }
            ),
            check(
                "duplicate-channel-pair",
                "One entry for each channel pair",
                gone: repairs ? 0 : nil,
                users: 0,
                scope: 12_418
            ),
            check("counters-disagree", "Counters add up", gone: repairs ? 0 : nil, users: 0),
            check(
                "cascade-gap",
                "Deleting a channel leaves its broadcast entry",
                severity: .warning,
                found: 1,
                gone: repairs ? 0 : nil,
                columns: ["table_name", "missing"],
                rows: [["broadcast_manager", "no foreign key or trigger"]]
            ),
            check(
                "channel-incomplete",
                "Channels without an owner",
                found: 2,
                gone: repairs ? 0 : nil,
                users: 0,
                columns: ["pair"],
                rows: [["a"], ["b"]]
            ),
        ]
        for index in all.indices where mode == .fix {
            guard let repaired = all[index].repaired, let before = all[index].before else { continue }
            all[index].scopeAfter = (all[index].scopeBefore ?? 0) + 14
            all[index].ended = Sample(
                columns: ["how"] + ["client_id", "number"],
                rows: (0..<min(before, 5)).map { ["repaired", people[$0 % 2].0, "\($0)"] }
            )
            all[index].repairs = Sample(
                columns: ["operation", "key", "user", "changes"],
                rows: (0..<min(repaired, 3)).map { row in
                    [
                        "update", "{\"id\": \"entry \(row)\"}", people[row % 2].0,
                        "{\"is_active\": [false, true], \"note\": [null, \"a → b\"]}",
                    ]
                }
            )
        }
        return all
    }

    static let counts = [
        "channel-without-broadcast": [10, 5, 9, 6],
        "broadcast-without-channel": [6, 2],
        "user-missing-broadcasts": [1, 1, 1, 1],
        "broadcast-owner-mismatch": [0, 2, 1],
        "cascade-gap": [0, 0, 0, 0, 1],
        "channel-incomplete": [0, 0, 0, 0, 2],
    ]

    /// What users have of each check: by check, then by user.
    static func tallies(_ checks: [CheckResult], _ counts: [String: [Int]], _ mode: Run.Mode) -> UserTallies {
        var users = UserTallies(checks: checks.map(\.id))
        let ids = people.map(\.0) + [""]
        for (check, result) in checks.enumerated() {
            for (person, count) in (counts[result.id] ?? []).enumerated() where count > 0 {
                users.add(ids[person], check: check, phase: .before, times: count)
                // The first user's own last.
                let isGone = (result.gone ?? 0) > 0 && person > 0
                let isRepaired = mode != .audit && (result.repaired ?? 0) > 0
                let phase: UserTallies.Phase = isRepaired ? .repaired : isGone ? .gone : .after
                users.add(ids[person], check: check, phase: phase, times: count)
            }
        }
        for (id, label) in people where !label.isEmpty {
            if let user = users.index(of: id) { users.setLabel(label, user: user) }
        }
        let set = users.figureSet(of: "user-channels", names: ["channels", "entries"])
        for (index, person) in people.enumerated() {
            guard let user = users.index(of: person.0) else { continue }
            let missing = counts["channel-without-broadcast"]?[index] ?? 0
            for phase in [UserTallies.Phase.before, .after] {
                users.setFigure(10, of: set, name: 0, user: user, phase: phase)
                let entries = phase == .after && mode != .audit ? 10 : 10 - missing
                users.setFigure(Double(entries), of: set, name: 1, user: user, phase: phase)
            }
        }
        return users
    }

    static func broadcastStatistics(_ mode: Run.Mode, rate: Double, after: Double? = nil, broken: Severity?)
        -> [StatisticResult]
    {
        let (entries, repairs) = (12_396.0, mode != .audit)
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
                        after: .number(after ?? rate),
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
}
