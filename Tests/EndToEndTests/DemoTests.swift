import TestSupport
import Testing

/// The first thing that anybody runs.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct DemoTests {
    /// The checks of the shipped suite that have a fix.
    private static let repaired = ["channel-without-broadcast", "broadcast-without-channel", "broadcast-stuck"]

    @Test func `its figures are the planted ones, and agree wherever they stand`() async throws {
        try await TemporaryFolder.with { folder in
            let result = try await assay(["demo", "--output", "output"], in: folder)
            #expect(result.status == 0)
            #expect(result.stderr.hasPrefix("==> Starting a private PostgreSQL\n==> Loading the sample data"))
            let record = try folder.record()
            let documents = ["PROGRESS", "BUGS", "DECISIONS"].map { "output/\($0).md" }
            let end =
                "\nReport: output/runs/\(record.id)/index.html\nWrote:  \(documents.joined(separator: ", "))\n"
            #expect(result.stdout.hasSuffix(end))
            for document in documents { #expect(try folder.read(document).contains("runs/\(record.id)/index.html")) }
            for name in ["PROGRESS.md", "BUGS.md", "DECISIONS.md"] {
                #expect(try folder.read("output/index.html").contains("<a href=\"\(name)\">"))
                #expect(try folder.read("output/runs/\(record.id)/index.html").contains("<a href=\"../../\(name)\">"))
            }

            let planted = try Broadcast.planted
            let found = record.checks.map { ($0.id, $0.before ?? -1) }
            #expect(Dictionary(uniqueKeysWithValues: found) == planted)
            let users = try folder.rows("users.csv")
            let (html, markdown) = try (folder.read("output/index.html"), folder.read("output/index.md"))
            for check in record.checks {
                let count = try #require(planted[check.id])
                let isRepaired = Self.repaired.contains(check.id)
                #expect(check.repaired == (isRepaired ? count : nil))
                let after = try #require(check.after)
                #expect(isRepaired ? after == 0 : after <= count)
                if isRepaired { #expect(try folder.rows("repairs/\(check.id).csv").count == count) }
                #expect(try folder.rows("findings/\(check.id).csv").count == after, "what is left")
                let own = users.filter { $0["check"] == check.id }
                #expect(own.map { Int($0["before"] ?? "") ?? -1 }.reduce(0, +) == count)
                #expect(own.map { Int($0["repaired"] ?? "") ?? -1 }.reduce(0, +) == check.repaired ?? 0)
                #expect(own.map { Int($0["after"] ?? "") ?? -1 }.reduce(0, +) == after)
                #expect(own.count { $0["user"] != "" && $0["before"] != "0" } == check.usersBefore)
                let row = html.split(separator: "\n").first { $0.contains(##"<a href="#check-\##(check.id)"><bdi>"##) }
                #expect(row?.contains(#"<td class="n">\#(count)</td>"#) == true)
                let mended = isRepaired ? "\(count) repaired, " : ""
                let gone = (check.gone ?? 0) > 0 ? "\(check.gone ?? 0) gone with others’ repairs, " : ""
                #expect(markdown.contains("\(count) before, \(mended)\(gone)\(after) left"))
            }
            let total = planted.values.reduce(0, +)
            let left = record.checks.compactMap(\.after).reduce(0, +)
            #expect(record.totals.before == total && record.totals.after == left)
            #expect(record.totals.usersBefore == Set(users.compactMap { $0["user"] }.filter { !$0.isEmpty }).count)
            #expect(markdown.contains("| \(total) → **\(left)** |"))
            let entries = try folder.rows("figures/user-channels.csv").first {
                $0["user"] == Broadcast.reporter && $0["figure"] == "entries"
            }
            #expect(entries?["before"] == "0" && entries?["after"] == "10", "who reported it has every entry now")

            for (id, figures) in try Broadcast.figures {
                let measured = try #require(record.statistic(id)?.numbers)
                for (name, value) in figures { #expect(measured[name] == value, "\(id) \(name)") }
            }
            for page in [html, markdown] { #expect(page.contains(Broadcast.reporter)) }
            #expect(users.contains { $0["user"] == Broadcast.reporter && $0["label"] == "northwind_media" })
        }
    }

    @Test func `a second one goes into the same folder`() async throws {
        try await TemporaryFolder.with { folder in
            for _ in 0..<2 {
                let result = try await assay(["demo", "--output", "output"], in: folder)
                #expect(result.status == 0, "\(result.stderr)")
            }
            #expect(folder.runs().count == 2)
        }
    }

    @Test func `an ordinary user sees it, too`() async throws {
        try await TemporaryFolder.with { folder in
            try await OrdinaryUser.own(folder)
            let result = try await OrdinaryUser.assay(["demo", "--output", "output", "--format", "json"], in: folder)
            #expect(result.status == 0 && result.stderr == "")
            let record = try folder.record()
            #expect(try result.stdout == folder.read("output/runs/\(record.id)/run.json"))
            #expect(try record.totals.before == Broadcast.planted.values.reduce(0, +))
        }
    }
}
