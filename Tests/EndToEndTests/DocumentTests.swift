import Foundation
import Glibc
import TestSupport
import Testing

/// The documents that runs keep, from outside.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct DocumentTests {
    /// More of them with `ASSAY_KILLS=200 swift test --filter DocumentTests`.
    private static let kills = ProcessInfo.processInfo.environment["ASSAY_KILLS"].flatMap { Int($0) } ?? 12
    private static let documents = ["PROGRESS", "BUGS", "DECISIONS", "CHECKLIST"].map { "docs/\($0).md" }

    /// Bytes, inode and time of the last change of each document.
    private func state(_ folder: TemporaryFolder) -> [String] {
        Self.documents.map { name in
            var status = stat()
            let text = (try? folder.read(name)) ?? "missing"
            guard stat(folder.file(name), &status) == 0 else { return text }
            return "\(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec) \(text)"
        }
    }

    @Test func `documents follow a bug from night to night`() async throws {
        try await DocumentProject.with { common, _, folder in
            let untouched = state(folder)
            let without = try await assay(["audit", "--no-documents"] + common, in: folder)
            #expect(without.status == 1 && state(folder) == untouched, "\(without.stderr)")
            let one = try await assay(["audit", "--user", "owner-1"] + common, in: folder)
            #expect(one.status == 1 && state(folder) == untouched, "one user's figures are not those of the check")

            let found = try await assay(["audit"] + common, in: folder)
            #expect(found.status == 1, "\(found.stderr)")
            #expect(found.stdout.contains("\nWrote:  docs/PROGRESS.md, docs/BUGS.md\n"), "\(found.stdout)")
            #expect(try folder.read("docs/BUGS.md").contains("🔴 OPEN · **Check:** `missing`"))
            #expect(!folder.exists("docs/DECISIONS.md"))
            let page = try folder.read("output/index.html")
            for name in ["PROGRESS.md", "BUGS.md", "CHECKLIST.md"] {
                #expect(page.contains("<a href=\"../docs/\(name)\">"))
            }
            #expect(!page.contains("DECISIONS.md"), "no link to what is not there")
            let opened = state(folder)

            let rehearsal = try await assay(["audit", "--fix", "--dry-run"] + common, in: folder)
            #expect(rehearsal.status == 0 && state(folder) == opened, "\(rehearsal.stderr)")
            let lines = rehearsal.stdout.split(separator: "\n").map(String.init)
            #expect(lines.contains("+++ docs/PROGRESS.md") && lines.contains("--- /dev/null"), "\(rehearsal.stdout)")
            #expect(lines.contains("+- [x] every item has a note <!-- assay:check missing -->"))

            let fix = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(fix.status == 0, "\(fix.stderr)")
            let run = try folder.record().id
            let progress = try folder.read("docs/PROGRESS.md")
            #expect(progress.hasPrefix("# Our progress\r\n\r\nWritten by *hand*.\r\n\r\n<!-- assay:begin run=\(run) "))
            #expect(progress.hasSuffix("<!-- assay:end -->\r\n\r\n## 2020-01-02 It began\r\n\r\n- all\r\n"))
            #expect(progress.contains("| User | Before | Repaired | After |\r\n"))
            for owner in 0...2 { #expect(progress.contains("| owner-\(owner) | 10 | 10 | 0 |\r\n")) }
            #expect(progress.contains("](../output/runs/\(run)/index.html)"))
            #expect(progress.components(separatedBy: "assay:begin").count == 3)
            let bugs = try folder.read("docs/BUGS.md")
            #expect(bugs.contains("✅ RESOLVED · **Check:** `missing`") && bugs.contains("30 repaired"))
            // A bug's links lead to its check.
            #expect(bugs.contains("](../output/runs/\(run)/index.html#check-missing)"), "\(bugs)")
            #expect(try folder.read("output/runs/\(run)/index.html").contains("id=\"check-missing\""))
            #expect(bugs.components(separatedBy: "assay:begin").count == 2, "one bug, one entry")
            #expect(
                bugs.hasPrefix(
                    "# Bugs\n\n## BUG-1: Notes vanish\n\n**Status:** 🔴 OPEN\n\nThey do.\n\n## BUG-2: Notes are late\n\n<!-- assay:begin "
                ) && bugs.hasSuffix("<!-- assay:end -->")
            )
            #expect(try folder.read("output/index.md").contains("[DECISIONS.md](../docs/DECISIONS.md)"))
            #expect(try folder.read("docs/DECISIONS.md").contains("Repair automatically: Items without a note"))
            #expect(try folder.read("docs/CHECKLIST.md") == DocumentProject.checklist.replacing("[ ]", with: "[x]"))

            let resolved = state(folder)
            let quiet = try await assay(["audit", "--quiet"] + common, in: folder)
            #expect(quiet.status == 0 && quiet.stdout == "" && quiet.stderr == "")
            #expect(state(folder) == resolved, "a night without change touches nothing")

            let undo = try await assay(["undo", run] + common, in: folder)
            #expect(undo.status == 0, "\(undo.stderr)")
            let reopened = try folder.read("docs/BUGS.md")
            #expect(reopened.contains("🔴 OPEN") && reopened.contains("reopened by undo of [`\(run)`]"), "\(reopened)")
            #expect(try folder.read("docs/CHECKLIST.md") == DocumentProject.checklist)
            #expect(try folder.read("docs/PROGRESS.md").components(separatedBy: "assay:begin").count == 4)
        }
    }

    enum Trouble: CaseIterable {
        case notUTF8, readOnly, folder, noChecklist, noFolder
    }

    @Test("documents that cannot be changed are found before the database is touched", arguments: Trouble.allCases)
    func unwritableDocuments(trouble: Trouble) async throws {
        try await DocumentProject.with { common, conninfo, folder in
            let bugs = folder.file("docs/BUGS.md")
            var (status, name): (Int32, String) = (65, "docs/BUGS.md")
            switch trouble {
            case .notUTF8: try Data([0x23, 0x20, 0xFF, 0x0A]).write(to: URL(filePath: bugs))
            case .readOnly:
                chmod(bugs, 0o444)
                status = 73
            case .folder:
                unlink(bugs)
                mkdir(bugs, 0o755)
            case .noChecklist:
                unlink(folder.file("docs/CHECKLIST.md"))
                name = "docs/CHECKLIST.md"
            case .noFolder:
                let moved = DocumentProject.configuration.replacing("docs/PROGRESS", with: "notes/PROGRESS")
                try folder.write(moved, to: "assay.yml")
                (status, name) = (73, "notes/PROGRESS.md: it cannot be created, since the folder notes is not there")
            }
            let before = state(folder)
            for mode in [[], ["--fix"]] {
                let result = try await assay(["audit"] + mode + common, in: folder)
                #expect(result.status == status && result.stdout == "", "\(result.stderr)")
                #expect(result.stderr.contains(name) && result.stderr.hasSuffix(" Nothing was done.\n"))
                #expect(state(folder) == before && !folder.exists("output"))
                #expect(try await psql("SELECT count(*) FROM note", at: conninfo) == "0")
            }
            let without = try await assay(["audit", "--fix", "--no-documents"] + common, in: folder)
            #expect(without.status == 0, "\(without.stderr)")
        }
    }

    @Test func `a document that is never written may be anything`() async throws {
        try await DocumentProject.with { common, _, folder in
            let never = "suite: suite\ndocuments:\n  progress: { path: nowhere/P.md, when: never }\n"
            try folder.write(never, to: "assay.yml")
            let fix = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(fix.status == 0 && fix.stderr == "", "\(fix.stderr)")
        }
    }

    /// Runs a repair during which somebody makes the bugs read-only, after the run has looked at them.
    private func repairing(_ common: [String], runs: Int, in folder: TemporaryFolder) async throws -> Program.Result {
        try await assay(["audit", "--fix"] + common, in: folder, locking: "docs", untilRuns: runs) {
            chmod(folder.file("docs/BUGS.md"), 0o444)
        }
    }

    @Test func `repairs that documents could not tell of are told by the next run`() async throws {
        try await DocumentProject.with { common, _, folder in
            let found = try await assay(["audit"] + common, in: folder)
            #expect(found.status == 1, "\(found.stderr)")
            let fix = try await repairing(common, runs: 2, in: folder)
            let run = try folder.record().id
            #expect(fix.status == 73 && fix.stderr.contains("the next run will"), "\(fix.stderr)")
            #expect(!folder.exists("docs/DECISIONS.md"))
            chmod(folder.file("docs/BUGS.md"), 0o644)
            let rehearsal = try await assay(["audit", "--fix", "--dry-run"] + common, in: folder)
            #expect(rehearsal.status == 0 && !folder.exists("docs/DECISIONS.md"))
            let next = try await assay(["audit"] + common, in: folder)
            #expect(next.status == 0, "\(next.stderr)")
            let bugs = try folder.read("docs/BUGS.md")
            #expect(bugs.contains("✅ RESOLVED") && bugs.contains("30 repaired") && bugs.contains("assay undo \(run)"))
            #expect(try folder.read("docs/DECISIONS.md").contains("Repair automatically"))
            #expect(try folder.read("docs/PROGRESS.md").contains("assay:begin run=\(run) "))
            let settled = state(folder)
            let quiet = try await assay(["audit", "--quiet"] + common, in: folder)
            #expect(quiet.status == 0 && quiet.stderr == "" && state(folder) == settled)
            #expect(!folder.files().contains { $0.contains("documents-pending") })
        }
    }

    @Test func `documents are not told of another suite's missed run`() async throws {
        try await DocumentProject.with { common, _, folder in
            try folder.write(DocumentProject.check, to: "two/suite/missing.md")
            try folder.write("id: two\ntitle: Two\n", to: "two/suite/suite.yml")
            try folder.write(
                "suite: suite\noutput: ../output\ndocuments:\n  progress: { path: P.md }\n",
                to: "two/assay.yml"
            )
            let fix = try await repairing(common, runs: 1, in: folder)
            let run = try folder.record().id
            #expect(fix.status == 73)
            let other = try await assay(["audit", "--config", "two/assay.yml"] + common, in: folder)
            #expect(other.status == 0, "\(other.stderr)")
            #expect(try !folder.read("two/P.md").contains(run))
            chmod(folder.file("docs/BUGS.md"), 0o644)
            let next = try await assay(["audit"] + common, in: folder)
            #expect(next.status == 0, "\(next.stderr)")
            #expect(try folder.read("docs/PROGRESS.md").contains("assay:begin run=\(run) "))
        }
    }

    @Test func `a killed run leaves each document old or new, and the next one mends them`() async throws {
        try await DocumentProject.with { common, _, folder in
            // Long documents take long to write, so that some kills hit that moment.
            let entries = (0..<3000).map {
                "## 2020-01-02 Session \($0)\n\n- \(String(repeating: "x", count: 200))\n\n"
            }
            let heads = ["docs/PROGRESS.md": "# Progress\n\nBy hand.\n\n", "docs/BUGS.md": "# Bugs\n\nBy hand.\n\n"]
            let tail = entries.joined()
            let clock = ContinuousClock()
            var longest = 0.0
            var kills = 0
            var halves = 0
            for attempt in 0...Self.kills {
                for (name, head) in heads { try folder.write(head + tail, to: name) }
                // As if these documents had never had an entry.
                for run in folder.runs() { unlink(folder.file("output/runs/\(run)/.documents-memory")) }
                let runs = folder.runs().count
                let start = clock.now
                var published = start
                let killed = try await assay(["audit"] + common, in: folder) { program in
                    while folder.runs().count == runs, kill(program.id, 0) == 0 {
                        try await Task.sleep(for: .milliseconds(1))
                    }
                    published = clock.now
                    // The first one is not killed, and shows how long documents take.
                    guard attempt > 0 else { return }
                    if attempt.isMultiple(of: 2) {
                        try await Task.sleep(for: .seconds(Double.random(in: 0...longest)))
                    } else {
                        // The moment in which files are replaced is short: it is waited for.
                        while !folder.exists("docs/.PROGRESS.md.assay-new"), kill(program.id, 0) == 0 {
                            try await Task.sleep(for: .microseconds(200))
                        }
                        try await Task.sleep(for: .microseconds(Int.random(in: 0...20_000)))
                    }
                    program.signal(SIGKILL)
                }
                if attempt == 0 { longest = Double((clock.now - published) / .seconds(1)) }
                if killed.status == 128 + Int(SIGKILL) { kills += 1 }
                let run = try folder.record().id
                let updated = try heads.filter { try folder.read($0.key).contains("assay:begin") }.count
                if updated == 1 { halves += 1 }
                for (name, head) in heads {
                    let text = try folder.read(name)
                    guard text.utf8.count != head.utf8.count + tail.utf8.count else {
                        #expect(text == head + tail)
                        continue
                    }
                    #expect(text.hasPrefix("\(head)<!-- assay:begin run=\(run) "))
                    #expect(text.hasSuffix("<!-- assay:end -->\n\n\(tail)"))
                }
                let next = try await assay(["audit"] + common, in: folder)
                #expect(next.status == 1, "\(next.stderr)")
                for (name, head) in heads {
                    let text = try folder.read(name)
                    #expect(text.hasPrefix("\(head)<!-- assay:begin run=") && text.hasSuffix(tail))
                    #expect(text.components(separatedBy: "assay:begin").count == 2, "one entry, not two")
                }
                #expect(folder.files().allSatisfy { !$0.hasSuffix(".assay-new") })
            }
            #expect(kills > 0)
            // Some of very many kills hit the moment between two documents.
            if Self.kills >= 200 { #expect(halves > 0) }
        }
    }

    @Test func `evidence is attached to the entry that a person means`() async throws {
        try await DocumentProject.with { common, _, folder in
            let fix = try await assay(["audit", "--fix", "--no-documents"] + common, in: folder)
            #expect(fix.status == 0, "\(fix.stderr)")
            let run = try folder.record().id
            let unknown = try await assay(["attach", "20200101T000000Z-000000", "--bug", "BUG-1"], in: folder)
            #expect(unknown.status == 64 && unknown.stderr.contains(run), "\(unknown.stderr)")
            let several = try await assay(["attach", run, "--bug", "notes"], in: folder)
            #expect(several.status == 64, "\(several.stderr)")
            #expect(
                several.stderr.contains("\n  BUG-1: Notes vanish (line 3)\n  BUG-2: Notes are late (line 9)\n"),
                "\(several.stderr)"
            )
            #expect(several.stderr.contains("<!-- assay:bug ID -->"), "\(several.stderr)")
            let none = try await assay(["attach", run, "--bug", "BUG-3"], in: folder)
            #expect(none.status == 64 && none.stderr.contains("\n  BUG-2: Notes are late (line 9)\n"), "\(none.stderr)")
            let arguments = ["attach", run, "--bug", "vanish", "--status", "resolved"]
            let rehearsal = try await assay(arguments + ["--dry-run"], in: folder)
            #expect(rehearsal.status == 0 && rehearsal.stdout.contains("\n+**Status:** ✅ RESOLVED\n"))
            #expect(try folder.read("docs/BUGS.md") == DocumentProject.bugs)

            let attached = try await assay(arguments, in: folder)
            #expect(attached.status == 0 && attached.stderr == "", "\(attached.stderr)")
            #expect(
                attached.stdout == "docs/BUGS.md:3: BUG-1: Notes vanish\n  evidence of run \(run) added in line 9\n"
                    + "  status changed from 🔴 OPEN to ✅ RESOLVED in line 5\n"
            )
            let text = try folder.read("docs/BUGS.md")
            let start =
                "# Bugs\n\n## BUG-1: Notes vanish\n\n**Status:** ✅ RESOLVED\n\nThey do.\n\n<!-- assay:begin run=\(run) "
            #expect(text.hasPrefix(start), "\(text)")
            #expect(text.hasSuffix("<!-- assay:end -->\n\n## BUG-2: Notes are late"), "\(text)")
            for part in [
                "| owner-2 | 10 | 10 | 0 |", "assay undo \(run)", "../output/runs/\(run)/index.html", "item=",
            ] {
                #expect(text.contains(part), "\(part) in \(text)")
            }
            let again = try await assay(arguments, in: folder)
            #expect(again.status == 0 && again.stdout.contains("there already"), "\(again.stdout)\(again.stderr)")
            #expect(again.stdout.contains("the status says ✅ RESOLVED already, in line 5\n"), "\(again.stdout)")
            #expect(try folder.read("docs/BUGS.md") == text)
            let edited = text.replacing("<!-- assay:end -->", with: "By Ann.\n\n<!-- assay:end -->")
            try folder.write(edited, to: "docs/BUGS.md")
            let left = try await assay(arguments, in: folder)
            #expect(left.status == 0 && left.stderr.contains("was edited since"), "\(left.stdout)\(left.stderr)")
            #expect(try folder.read("docs/BUGS.md") == edited)
            let measured = try await assay(["audit", "--no-documents"] + common, in: folder)
            #expect(measured.status == 0)
            let late = try await assay(
                ["attach", try folder.record().id, "--bug", "BUG-2", "--status", "resolved"],
                in: folder
            )
            #expect(late.status == 0 && late.stderr.contains("no status was found"), "\(late.stderr)")
            #expect(late.stderr.contains("repaired nothing"), "\(late.stderr)")
            let rolledBack = try await assay(["undo", run, "--dry-run"] + common, in: folder)
            #expect(rolledBack.status == 0)
            let noEvidence = try await assay(["attach", try folder.record().id, "--bug", "BUG-2"], in: folder)
            #expect(noEvidence.status == 64 && noEvidence.stderr.contains("rolled back"), "\(noEvidence.stderr)")
        }
    }

    @Test func `a checklist tells its boxes and what would change`() async throws {
        try await DocumentProject.with { common, _, folder in
            let empty = try await assay(["checklist", "docs/CHECKLIST.md"], in: folder)
            #expect(empty.status == 0 && empty.stdout.contains("1 box is bound; no run"), "\(empty.stdout)")
            let fix = try await assay(["audit", "--fix", "--no-documents"] + common, in: folder)
            #expect(fix.status == 0, "\(fix.stderr)")
            let list = try await assay(["checklist", "docs/CHECKLIST.md"], in: folder)
            #expect(list.status == 0 && list.stderr == "")
            #expect(
                list.stdout.hasPrefix(
                    "docs/CHECKLIST.md:3: [ ] every item has a note (missing, would be ticked)\n"
                        + "1 box is bound; 1 would change by run \(try folder.record().id) of the suite suite.\n\n--- docs/CHECKLIST.md\n"
                ),
                "\(list.stdout)"
            )
            #expect(try folder.read("docs/CHECKLIST.md") == DocumentProject.checklist)
            let missing = try await assay(["checklist", "nowhere.md"], in: folder)
            #expect(missing.status == 65 && missing.stderr.contains("nowhere.md: there is no such file"))
        }
    }
}
