import AuditModel
import AuditSite
import RunRecords
import TestSupport
import Testing

struct LinkTests {
    /// Writes the record of a run and its pages, and follows every link of the pages.
    @Test(arguments: SampleRun.allCases)
    func leadToFilesThatAreThere(sample: SampleRun) throws {
        let run = sample.run
        try TemporaryFolder.with { folder in
            let record = try OutputFolder(folder.path).begin(run.id)
            for check in run.checks where check.before != nil {
                var findings = try record.findings(of: check.id)
                try findings.finish()
                guard run.mode == .fix || run.mode == .undo else { continue }
                if max(0, check.repaired ?? 0) + (check.gone ?? 0) > 0 {
                    try folder.write("", to: "runs/.partial-\(run.id)/ended/\(check.id).csv")
                }
                guard (check.repaired ?? 0) != 0 else { continue }
                var repairs = try record.repairs(of: check.id)
                try repairs.finish()
                guard run.mode == .undo else { continue }
                var left = try record.left(of: check.id)
                try left.finish()
            }
            try record.write(run)
            try record.publish(latest: [])
            let pages = RunPages(templates: try .load(overrides: nil)).render(run)
            for page in pages { try folder.write(page.contents, to: page.path) }
            for page in pages {
                let base = page.path.contains("/") ? "runs/\(run.id)/" : ""
                let links = page.path.hasSuffix(".html") ? htmlLinks(page.contents) : markdownLinks(page.contents)
                #expect(links.count >= 4)
                for link in links {
                    if link.hasPrefix("#") {
                        #expect(page.contents.contains("id=\"\(link.dropFirst())\""), "\(link) in \(page.path)")
                    } else if !link.hasPrefix("https://example.net/"), link != "../notes.md" {
                        #expect(folder.exists(base + link), "\(link) in \(page.path)")
                    }
                }
            }
        }
    }

    /// A file is linked from the page that tells of it.
    @Test func leadToAllFilesOfTheRecord() throws {
        let page = RunPages(templates: try .load(overrides: nil)).render(SampleRuns.rich)[0].contents
        let links = Set(htmlLinks(page))
        let files = ["run.json", "users.csv", "findings/cascade-gap.csv", "figures/user-channels.csv", "index.md"]
        #expect(links.isSuperset(of: files))
        // Nothing was found there.
        #expect(!links.contains("findings/counters-disagree.csv"))
    }

    /// Documents lie somewhere beside the output folder, and are reached from both places of a page.
    @Test func leadToDocuments() throws {
        let documents = [
            DocumentLink(name: "PROGRESS.md", path: "../docs/PROGRESS.md"),
            DocumentLink(name: "odd <b>|`.md", path: "odd%20%3Cb%3E.md"),
        ]
        let pages = RunPages(templates: try .load(overrides: nil)).render(SampleRuns.rich, documents: documents)
        for page in pages {
            let root = page.path.contains("/") ? "../../" : ""
            let links = page.path.hasSuffix(".html") ? htmlLinks(page.contents) : markdownLinks(page.contents)
            for document in documents { #expect(links.contains(root + document.path), "\(page.path)") }
            #expect(!page.contents.contains("odd <b>"))
        }
    }

    @Test(arguments: SampleRun.allCases)
    func nothingIsLoadedFromElsewhere(sample: SampleRun) throws {
        let page = RunPages(templates: try .load(overrides: nil)).render(sample.run)[0].contents
        for loader in ["src=", "<link", "@import", "url(", "<iframe", "<object", "fetch(", "XMLHttpRequest"] {
            #expect(!page.contains(loader))
        }
    }

    private func htmlLinks(_ text: String) -> [String] {
        text.split(separator: "href=\"", omittingEmptySubsequences: false).dropFirst().map {
            String($0.prefix { $0 != "\"" })
        }
    }

    private func markdownLinks(_ text: String) -> [String] {
        text.split(separator: "](", omittingEmptySubsequences: false).dropFirst().map {
            String($0.prefix { $0 != ")" })
        }
    }
}
