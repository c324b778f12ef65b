import AuditEngine
import AuditModel
import TestSupport
import Testing

/// before + new = repaired + gone + after, per check, per user and in total, whatever the data, the fix and others do.
struct SumTests {
    private static let schema = """
        CREATE TABLE item (id int PRIMARY KEY, owner text, state int, kind int, note text);
        CREATE TABLE late (id int)
        """

    /// Some checks of which one repairs what others count, with keys or without.
    private static func checks(_ random: inout SeededGenerator) -> [Check] {
        let limit = Int.random(in: 1...4, using: &random)
        var checks = [
            repairable(
                "update",
                "SELECT id, owner, state FROM item WHERE state >= \(limit)",
                key: ["id"],
                user: "owner",
                fix: "UPDATE item SET state = 0 FROM violations AS v WHERE item.id = v.id",
                repairs: "item"
            ),
            repairable(
                "delete",
                "SELECT id, owner FROM item WHERE kind = 1",
                key: ["id"],
                user: "owner",
                fix: "DELETE FROM item USING violations AS v WHERE item.id = v.id",
                repairs: "item"
            ),
            check("both", "SELECT id, owner, state, kind FROM item WHERE state >= 2 OR kind < 2", user: "owner"),
            check("nobody", "SELECT id FROM item WHERE state + kind > 3"),
            // Rows of a user look alike.
            check("alike", "SELECT owner, kind FROM item WHERE state > 1", user: "owner"),
        ]
        checks.shuffle(using: &random)
        return checks
    }

    private static func rows(_ random: inout SeededGenerator) -> String {
        let rows = (0..<Int.random(in: 1...60, using: &random)).map { id in
            let owner = ["NULL", "''", "'ann'", "'Bob, \"B\"'", "'c\nd'"].randomElement(using: &random) ?? "NULL"
            return
                "(\(id), \(owner), \(Int.random(in: 0...5, using: &random)), \(Int.random(in: 0...3, using: &random)))"
        }
        return "INSERT INTO item (id, owner, state, kind) VALUES \(rows.joined(separator: ", "))"
    }

    @Test("A10: one that ended and one that came up are two where a key tells them apart", arguments: [true, false])
    func ofAKey(isKeyed: Bool) async throws {
        let find = "SELECT CASE state WHEN 1 THEN 'old' ELSE 'new' END AS what, owner FROM item"
        var seen = check("seen", find, user: "owner")
        let place = Statement.Place(path: "seen.md", line: 10, column: 1)
        seen.work = .violations(ViolationWork(find: Statement(find, at: place), key: isKeyed ? ["what"] : []))
        let mending = repairable(
            "mending",
            "SELECT id FROM item WHERE state = 1",
            key: ["id"],
            fix: "UPDATE item SET state = 0 FROM violations AS v WHERE item.id = v.id",
            repairs: "item"
        )
        try await withDatabase(loading: [Self.schema, "INSERT INTO item VALUES (1, 'ann', 1)"]) { [seen] conninfo in
            let result = try await fix([seen, mending], at: conninfo).checks[0]
            #expect(result.before == 1 && result.after == 1)
            #expect(result.gone == (isKeyed ? 1 : 0) && result.new == (isKeyed ? 1 : 0))
        }
    }

    @Test(arguments: 0..<12) func addUpOverRandomDatabasesAndFixes(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let checks = Self.checks(&random)
        let batch = Bool.random(using: &random) ? Int.random(in: 1...7, using: &random) : nil
        try await withDatabase(loading: [Self.schema, Self.rows(&random)]) { conninfo in
            let database = try await value("SELECT current_database()", at: conninfo)
            let audited = try await audit(checks, at: conninfo) { settings in
                settings.expectedDatabase = database
                settings.repair = RepairSettings()
                settings.repair?.batch = batch
            }
            expectSums(audited.run)
            for check in audited.run.checks {
                #expect(check.new == 0, "nobody else wrote")
                #expect(audited.findings[check.id].map(records) == check.after, "\(check.id)")
                let ended = (check.repaired ?? 0) + (check.gone ?? 0)
                let hasKey = check.fix != nil
                let listed = audited.ended[check.id].map(records) ?? 0
                #expect(hasKey ? listed == ended : listed >= ended, "\(check.id)")
            }
            let undone = try await undo(audited.run.id.description, checks, at: conninfo)
            expectSums(undone.run)
            for check in undone.run.checks {
                #expect(check.after == audited.check(check.id)?.before, "\(check.id) is as it was")
            }
        }
    }

    @Test(arguments: 0..<4) func addUpWhileOthersWrite(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let checks = Self.checks(&random)
        try await withDatabase(loading: [Self.schema, Self.rows(&random)]) { conninfo in
            let database = try await value("SELECT current_database()", at: conninfo)
            // Rows come and go between the two measurings, and between those and the repair.
            let writer = Task {
                var id = 1000
                while !Task.isCancelled, id < 3000 {
                    id += 1
                    _ = try? await value(
                        "INSERT INTO item VALUES (\(id), 'ann', \(id % 6), \(id % 4)) RETURNING id",
                        at: conninfo
                    )
                    _ = try? await value(
                        "DELETE FROM item WHERE id = \(id - 5) OR id = \(id - 1000) RETURNING 1",
                        at: conninfo
                    )
                }
            }
            defer { writer.cancel() }
            let audited = try await audit(checks, at: conninfo) { settings in
                settings.expectedDatabase = database
                settings.repair = RepairSettings()
            }
            writer.cancel()
            await _ = writer.result
            expectSums(audited.run)
            for check in audited.run.checks {
                #expect(audited.findings[check.id].map(records) == check.after, "\(check.id)")
            }
        }
    }
}

/// The records of a CSV file without its header; one between quotes ends no record.
private func records(_ text: String) -> Int {
    var isQuoted = false
    var lines = 0
    for character in text {
        if character == "\"" { isQuoted.toggle() }
        if character == "\n", !isQuoted { lines += 1 }
    }
    return lines - 1
}

/// Expects that all sums of a run agree.
func expectSums(_ run: Run) {
    func agree(_ before: Int, _ new: Int, _ repaired: Int, _ gone: Int, _ after: Int, _ whose: String) {
        #expect(
            before + new == repaired + gone + after,
            "\(whose): \(before) + \(new) = \(repaired) + \(gone) + \(after)"
        )
    }
    for (index, check) in run.checks.enumerated() where check.after != nil {
        agree(check.before ?? 0, check.new ?? 0, check.repaired ?? 0, check.gone ?? 0, check.after ?? 0, check.id)
        var sum = UserTallies.Tally()
        for user in 0..<run.users.count {
            let tally = run.users.tally(check: index, user: user)
            let name = "\(check.id) of \(run.users.id(user))"
            agree(tally.before, tally.new, tally.repaired, tally.gone, tally.after, name)
            sum.before += tally.before
            sum.repaired += tally.repaired
            sum.gone += tally.gone
            sum.new += tally.new
            sum.after += tally.after
        }
        let own = UserTallies.Tally(
            before: check.before ?? 0,
            repaired: check.repaired ?? 0,
            gone: check.gone ?? 0,
            new: check.new ?? 0,
            after: check.after ?? 0
        )
        #expect(sum == own, "\(check.id)")
    }
    let totals = run.totals
    agree(totals.before, totals.new ?? 0, totals.repaired ?? 0, totals.gone ?? 0, totals.after, "all")
}
