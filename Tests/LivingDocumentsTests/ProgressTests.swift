import AuditModel
import Testing

@testable import LivingDocuments

struct ProgressTests {
    private let quiet = SampleRuns.run(1, [.init(id: "a", before: 3), .init(id: "b", before: 0)])

    @Test func aNightWithoutChangeIsQuiet() throws {
        let first = try Document("").progress(
            SampleRuns.run(0, [.init(id: "a", before: 3), .init(id: "b", before: 0)])
        )
        #expect(try first.progress(quiet) == first)
        #expect(try first.progress(quiet, when: .never) == first)
        #expect(Outline(try first.progress(quiet, when: .always)).entries.count == 2)
    }

    @Test(arguments: [
        ([SampleRuns.Sample(id: "a", before: 2), .init(id: "b", before: 0)], true),
        ([SampleRuns.Sample(id: "a", before: 3), .init(id: "b", before: 1)], true),
        ([SampleRuns.Sample(id: "a", before: 3), .init(id: "b", before: 4, repaired: 4)], true),
        ([SampleRuns.Sample(id: "a", before: nil), .init(id: "b", before: 0)], true),
        ([SampleRuns.Sample(id: "a", before: 3), .init(id: "b", before: 0, isSkipped: true)], false),
        ([SampleRuns.Sample(id: "a", before: 3), .init(id: "b", before: 0), .init(id: "new", before: 0)], false),
        ([SampleRuns.Sample(id: "a", before: 3), .init(id: "b", before: 0), .init(id: "new", before: 1)], true),
    ])
    func changes(samples: [SampleRuns.Sample], isNews: Bool) throws {
        let first = try Document("").progress(
            SampleRuns.run(0, [.init(id: "a", before: 3), .init(id: "b", before: 0)])
        )
        let second = try first.progress(SampleRuns.run(1, samples, mode: .fix))
        #expect((second != first) == isNews)
    }

    @Test func aCheckThatStaysUnmeasuredIsToldOnce() throws {
        var document = try Document("").progress(SampleRuns.run(0, [.init(id: "a", before: 3)]))
        document = try document.progress(SampleRuns.run(1, [.init(id: "a", before: nil)]))
        #expect(document.text.contains("3 → not measured"))
        let before = document
        document = try document.progress(SampleRuns.run(2, [.init(id: "a", before: nil)]))
        #expect(document == before)
        document = try document.progress(SampleRuns.run(3, [.init(id: "a", before: 3)]))
        #expect(document.text.contains("not measured → 3"), "the end of a gap is news")
        document = try document.progress(SampleRuns.run(4, [.init(id: "a", before: nil)]))
        #expect(Outline(document).entries.count == 4, "and so is a second gap")
    }

    @Test func longTablesAreCountedAndLinked() throws {
        let users = (0..<45).map { "user-\($0)" }
        let run = SampleRuns.run(0, [.init(id: "a", before: 90, repaired: 45, users: users)], mode: .fix)
        let text = try Document("").progress(run).text
        #expect(text.split(separator: "\n").count { $0.hasPrefix("| user-") } == 20)
        #expect(text.contains("And 25 more in [users.csv](../output/runs/\(run.id)/users.csv)"))
        #expect((3...5).contains(text.split(separator: "\n").count { $0.hasPrefix("- ") }))
    }

    @Test func textAroundEntriesStays() throws {
        let first = try Document("# P\n").progress(SampleRuns.run(0, [.init(id: "a", before: 3)]))
        let edited = try Document(first.text.replacing("<!-- assay:end -->", with: "<!-- assay:end -->\n\nAnn: seen."))
        let second = try edited.progress(SampleRuns.run(1, [.init(id: "a", before: 1)]))
        #expect(second.text.contains("<!-- assay:end -->\n\nAnn: seen."))
        #expect(second.removingEntries().text == "# P\n\nAnn: seen.\n" || second.text.hasSuffix("Ann: seen.\n"))
    }
}
