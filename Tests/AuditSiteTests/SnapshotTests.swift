import AuditModel
import AuditSite
import TestSupport
import Testing

struct SnapshotTests {
    @Test(arguments: SampleRun.allCases)
    func pages(sample: SampleRun) throws {
        let run = sample.run
        let files = RunPages(templates: try .load(overrides: nil)).render(run)
        #expect(
            files.map(\.path) == ["runs/\(run.id)/index.html", "runs/\(run.id)/index.md", "index.html", "index.md"]
        )
        try expectSnapshot(files[0].contents, named: "\(sample.rawValue).html")
        try expectSnapshot(files[1].contents, named: "\(sample.rawValue).md")
    }
}
