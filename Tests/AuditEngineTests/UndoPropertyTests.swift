import AuditEngine
import AuditModel
import Foundation
import TestSupport
import Testing

/// Tables of any shape are repaired, changed by others, and taken back: what nobody touched is as it was.
@Suite(.timeLimit(.minutes(20)))
struct UndoPropertyTests {
    /// Each row as the server writes it, by its number.
    private func rows(of table: RandomTable, at conninfo: String) async throws -> [String: String] {
        let separators = ("\u{1}", "\u{2}")
        let text = try await value(
            "SELECT string_agg(mirror || E'\\x01' || t::text, E'\\x02') FROM \(table.name) AS t",
            at: conninfo
        )
        let pairs = (text ?? "").split(separator: separators.1).map { $0.split(separator: separators.0, maxSplits: 1) }
        return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[1])) })
    }

    /// As check files name it.
    private static func unquoted(_ name: String) -> String {
        name.hasPrefix("\"") ? String(name.dropFirst().dropLast()).replacing("\"\"", with: "\"") : name
    }

    private static func statement(_ table: RandomTable, _ random: inout SeededGenerator) -> (
        text: String, deletes: Bool
    ) {
        let same = table.keys.map { "target.\($0) = v.\($0)" }.joined(separator: " AND ")
        if Bool.random(using: &random) {
            return ("DELETE FROM \(table.name) AS target USING violations AS v WHERE \(same)", true)
        }
        let set = table.columns.shuffled(using: &random).prefix(3).map {
            "\($0.name) = \($0.type.values.randomElement(using: &random) ?? "NULL")"
        }
        let text =
            "UPDATE \(table.name) AS target SET bad = false, \(set.joined(separator: ", ")) FROM violations AS v WHERE \(same)"
        return (text, false)
    }

    private static let seeds = Int(ProcessInfo.processInfo.environment["ASSAY_SEEDS"] ?? "") ?? 24

    @Test(arguments: 0..<seeds)
    func whatNobodyTouchedIsAsItWas(seed: Int) async throws {
        var random = SeededGenerator(state: UInt64(seed))
        let table = RandomTable(&random)
        let (text, deletes) = Self.statement(table, &random)
        let key = table.keys.joined(separator: ", ")
        try await withDatabase(loading: table.setup) { [random] conninfo in
            var random = random
            let check = repairable(
                "bad",
                "SELECT \(key), mirror FROM \(table.name) WHERE bad",
                key: table.keys.map(Self.unquoted),
                fix: text,
                repairs: Self.unquoted(table.name)
            )
            let before = try await rows(of: table, at: conninfo)
            let bad = try await value("SELECT string_agg(mirror::text, ' ') FROM \(table.name) WHERE bad", at: conninfo)
            let repaired = (bad ?? "").split(separator: " ").map(String.init)
            // Others change some rows after the repair, or have their keys by then.
            let touched = repaired.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            let list = (touched + ["-1"]).joined(separator: ", ")
            try await TestDatabase.load(["CREATE TABLE kept AS TABLE \(table.name)"], into: conninfo)
            let run = try await fix([check], at: conninfo)
            try #require(
                run.checks[0].repaired ?? 0 == repaired.count,
                "\(run.checks[0].error ?? "")\n\(table.setup)\n\(text)"
            )
            let meddle =
                deletes
                ? "INSERT INTO \(table.name) SELECT * FROM kept WHERE mirror IN (\(list)); "
                    + "UPDATE \(table.name) SET touched = 1 WHERE mirror IN (\(list))"
                : "UPDATE \(table.name) SET touched = 1 WHERE mirror IN (\(list))"
            try await TestDatabase.load([meddle], into: conninfo)
            let meddled = try await rows(of: table, at: conninfo)
            let undone = try await undo("\(run.id)", [check], at: conninfo)
            let context: Comment = "\(undone.left)\n\(table.setup)\n\(text)"
            #expect((undone.run.checks[0].repaired ?? 0) == touched.count - repaired.count, context)
            let expected = before.merging(meddled.filter { touched.contains($0.key) }) { $1 }
            let after = try await rows(of: table, at: conninfo)
            #expect(after == expected, context)
        }
    }
}
