import Testing

@testable import LivingDocuments

struct NoticeTests {
    private func notices(_ text: String) throws -> [String] {
        let document = try Document(text)
        let run = SampleRuns.run(0, [.init(id: "a", before: 1)])
        return try DocumentChange(path: "BUGS.md", old: document.bytes, new: document.bugs(run).bytes).notices
    }

    @Test("F17: a table of contents that misses the new entries is told")
    func tableOfContents() throws {
        let entries = "\n## BUG-2: Two\n\nx\n\n## BUG-1: One\n\nx\n"
        let listed = "# Bugs\n\n- [Two](#bug-2-two)\n- [One](#bug-1-one)\n" + entries
        #expect(try notices(listed) == ["BUGS.md: its table of contents (line 3) does not list the new entry"])
        #expect(try notices("# Bugs\n" + entries) == [])
        let sections =
            "# Bugs\n\n- [Open](#open)\n- [Closed](#closed)\n\n## Open\n\n### BUG-2\n\n## Closed\n\n### BUG-1\n"
        #expect(try notices(sections) == [])
    }

    @Test("F6: a line that says that there are none is told")
    func nothingActive() throws {
        let text = "# Bugs\n\n## Active Bugs\n\n*No active bugs at this time.*\n\n## Resolved\n\n### BUG-1\n"
        #expect(
            try notices(text) == [
                #"BUGS.md:5 still says "No active bugs at this time.", but 1 bug is open: change it by hand"#
            ]
        )
    }

    @Test("F6: an entry moves to the section of those that stand like it, and back")
    func entriesMove() throws {
        let text = "# Bugs\n\n## Active Bugs\n\n### BUG-2 Two\n\nx\n\n## Resolved\n\n### BUG-1 One\n\ny\n"
        let original = try Document(text)
        var document = original
        for (night, before, section) in [(0, 3, "Active"), (1, 0, "Resolved"), (2, 2, "Active"), (3, 0, "Resolved")] {
            document = try document.bugs(SampleRuns.run(night, [.init(id: "a", before: before)]))
            let entry = try #require(document.text.firstRange(of: "<!-- assay:begin"))
            let resolved = try #require(document.text.firstRange(of: "## Resolved"))
            #expect((entry.lowerBound < resolved.lowerBound) == (section == "Active"), "\(document.text)")
            #expect(document.removingEntries() == original)
            #expect(Outline(document).entries.count == 1)
        }
    }

    @Test("F6: several entries move at once, past each other")
    func severalMove() throws {
        let original = try Document("# Bugs\n\n## Active Bugs\n\n## Resolved\n\n### BUG-1 One\n\ny\n")
        var document = original
        let ids = ["a", "b", "c", "d"]
        for night in 0..<6 {
            let samples = ids.enumerated().map { index, id in
                SampleRuns.Sample(id: id, before: (night + index).isMultiple(of: 2) ? 2 : 0)
            }
            document = try document.bugs(SampleRuns.run(night, samples))
            #expect(document.removingEntries() == original, "\(document.text)")
            let changed = Outline(document).entries.count { !$0.isUntouched }
            #expect(changed == 0)
        }
        #expect(Outline(document).entries.count == 4)
    }
}
