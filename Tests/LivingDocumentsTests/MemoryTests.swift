import AuditModel
import Testing

@testable import LivingDocuments

/// What runs remember of documents, so that removed entries stay removed.
struct MemoryTests {
    private func memory(_ old: Document, _ new: Document) -> KnownEntries {
        var memory = DocumentMemory()
        memory.add(DocumentChange(path: "P.md", old: old.bytes, new: new.bytes), of: "P.md")
        return DocumentMemory([memory.text]).entries(of: "P.md")
    }

    private func progress(_ document: Document, _ run: Run, _ known: KnownEntries) throws -> Document {
        try ProgressDocument.updating(
            document,
            with: run,
            verdict: SampleRuns.verdict,
            known: known,
            templates: SampleRuns.templates,
            links: nil
        )
    }

    @Test("F19: a removed PROGRESS entry does not come back, and the next change is told since it")
    func progressEntries() throws {
        let original = try Document("# P\n\nBy hand.\n")
        let first = SampleRuns.run(0, [.init(id: "a", before: 3)])
        let written = try original.progress(first)
        let known = memory(original, written)
        let quiet = SampleRuns.run(1, [.init(id: "a", before: 3)])
        #expect(try progress(original, quiet, known) == original)
        let removals = known.removals(from: original, for: quiet, [])
        #expect(
            removals.map(\.notice) == ["the entry of run \(first.id) was removed, and does not come back by itself"]
        )
        let changed = try progress(original, SampleRuns.run(2, [.init(id: "a", before: 1)]), known)
        #expect(changed.text.contains("3 → 1") && changed.text.contains("since run `\(first.id)`"))
        #expect(known.removals(from: written, for: quiet, []).isEmpty)
        // One that begins anew has had none.
        #expect(try progress(Document(""), quiet, known) != Document(""))
    }

    @Test("F19: a removal is told once")
    func toldOnce() throws {
        let original = try Document("# P\n\nBy hand.\n")
        let written = try original.progress(SampleRuns.run(0, [.init(id: "a", before: 3)]))
        var memory = DocumentMemory()
        memory.add(DocumentChange(path: "P.md", old: original.bytes, new: written.bytes), of: "P.md")
        let quiet = SampleRuns.run(1, [.init(id: "a", before: 3)])
        var later = DocumentMemory()
        for removed in memory.entries(of: "P.md").removals(from: original, for: quiet, []) {
            later.add(removed, of: "P.md")
        }
        let known = DocumentMemory([memory.text, later.text]).entries(of: "P.md")
        #expect(known.removals(from: original, for: quiet, []).isEmpty)
        #expect(DocumentMemory([memory.text, later.text]).entries(of: "Q.md").markers.isEmpty)
    }

    @Test("F19: a removed decision does not come back, and is told when it would have")
    func decisions() throws {
        let original = try Document("# D\n\nBy hand.\n")
        let first = SampleRuns.run(0, [.init(id: "a", before: 3, repaired: 3), .init(id: "b", before: 0)], mode: .fix)
        let written = try original.decisions(first)
        let known = memory(original, written)
        let second = SampleRuns.run(
            1,
            [.init(id: "a", before: 1, repaired: 1), .init(id: "b", before: 2, repaired: 2)],
            mode: .fix
        )
        let update = { (document: Document, run: Run) in
            try DecisionsDocument.updating(
                document,
                with: run,
                decisions: Decision.repairs(in: run),
                known: known,
                templates: SampleRuns.templates,
                links: nil
            )
        }
        let again = SampleRuns.run(1, [.init(id: "a", before: 1, repaired: 1), .init(id: "b", before: 0)], mode: .fix)
        #expect(try update(original, again) == original)
        #expect(known.removals(from: original, for: again, Decision.repairs(in: again)).count == 1)
        let quiet = SampleRuns.run(1, [.init(id: "a", before: 0), .init(id: "b", before: 0)], mode: .fix)
        #expect(known.removals(from: original, for: quiet, Decision.repairs(in: quiet)).isEmpty)
        let other = try update(original, second)
        #expect(Outline(other).entries.map(\.marker.check) == ["b"])
    }

    @Test("F19: of runs at the same moment, one tells what all of them found")
    func runsAtTheSameMoment() throws {
        let before = try Document("").progress(SampleRuns.run(0, [.init(id: "a", before: 11)]))
        let runs = (1...5).map { SampleRuns.run($0, [.init(id: "a", before: 12)]) }
        for order in [runs, runs.reversed(), [runs[2], runs[4], runs[0], runs[1], runs[3]]] {
            var document = before
            for run in order { document = try document.progress(run) }
            #expect(Outline(document).entries.count == 2)
        }
        // A repair is told nevertheless, since only its own entry tells how to take it back.
        let fix = SampleRuns.run(1, [.init(id: "a", before: 14, repaired: 2)], mode: .fix)
        let late = try before.progress(runs[4]).progress(fix)
        #expect(Outline(late).entries.count == 3)
    }
}
