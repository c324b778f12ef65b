import Foundation
import Glibc
import TestSupport
import Testing

/// What documents are spared, and what is said of them, from outside.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct DocumentCareTests {
    @Test(
        "F19: a document must be no file of another kind",
        arguments: [
            ("assay.yml", "the configuration itself"), ("output/P.md", "in the output folder"),
            ("output/runs/P.md", "in the output folder"), ("suite/P.md", "a file of the suite"),
            ("link.yml", "the configuration"),
        ]
    )
    func placesAreRefused(path: String, reason: String) async throws {
        try await DocumentProject.with { common, _, folder in
            symlink("assay.yml", folder.file("link.yml"))
            let configuration = "suite: suite\ndocuments:\n  progress: { path: \(path) }\n"
            try folder.write(configuration, to: "assay.yml")
            let result = try await assay(["audit"] + common, in: folder)
            #expect(result.status == 78 && result.stderr.contains(reason), "\(result.stderr)")
            #expect(!folder.exists("output"))
            #expect(try folder.read("assay.yml") == configuration)
            let without = try await assay(["audit", "--no-documents"] + common, in: folder)
            #expect(without.status == 1, "\(without.stderr)")
            let lint = try await assay(["lint"], in: folder)
            #expect(lint.status == 65 && lint.stdout.contains(reason), "\(lint.stdout)")
        }
    }

    @Test(
        "F19: lint tells before a run what would keep documents from being written",
        arguments: [
            "Latin-1", "read-only", "no folder", "no checklist", "conflict", "misspelt", "dangling",
        ]
    )
    func lintLooksAtDocuments(trouble: String) async throws {
        try await DocumentProject.with { _, _, folder in
            let sound = try await assay(["lint"], in: folder)
            #expect(sound.status == 0, "\(sound.stdout)")
            let bugs = folder.file("docs/BUGS.md")
            var expected = "docs/BUGS.md: "
            switch trouble {
            case "Latin-1":
                try Data([0x23, 0x20, 0xE4, 0x0A]).write(to: URL(filePath: bugs))
                expected += "line 1 is not UTF-8"
            case "read-only":
                chmod(bugs, 0o444)
                expected += "it is read-only"
            case "no folder":
                try folder.write(
                    DocumentProject.configuration.replacing("docs/BUGS", with: "nowhere/BUGS"),
                    to: "assay.yml"
                )
                expected = "nowhere/BUGS.md: it cannot be created"
            case "no checklist":
                unlink(folder.file("docs/CHECKLIST.md"))
                expected = "docs/CHECKLIST.md: there is no such file"
            case "conflict":
                try folder.write("# B\n\n<<<<<<< a\n=======\n>>>>>>> b\n", to: "docs/BUGS.md")
                expected += "line 3 begins a conflict"
            case "misspelt":
                try folder.write(
                    DocumentProject.checklist.replacing("missing", with: "mising"),
                    to: "docs/CHECKLIST.md"
                )
                expected = "docs/CHECKLIST.md:3:46: the suite has no check 'mising'"
            default:
                unlink(bugs)
                symlink("nowhere.md", bugs)
                expected += "this symbolic link leads to nothing"
            }
            let result = try await assay(["lint"], in: folder)
            #expect(result.status == 65 && result.stdout.contains(expected), "\(result.stdout)")
            #expect(result.stdout.hasSuffix("1 mistake\n"), "\(result.stdout)")
        }
    }

    @Test("F19: what a person removed stays removed, and that is said once on standard error")
    func removedEntries() async throws {
        try await DocumentProject.with { common, conninfo, folder in
            let fix = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(fix.status == 0, "\(fix.stderr)")
            let run = try folder.record().id
            try folder.write(DocumentProject.progress, to: "docs/PROGRESS.md")
            try folder.write("# Our decisions\n", to: "docs/DECISIONS.md")
            let quiet = try await assay(["audit", "--quiet"] + common, in: folder)
            #expect(quiet.status == 0 && quiet.stdout.isEmpty)
            #expect(
                quiet.stderr
                    == "assay: docs/PROGRESS.md: the entry of run \(run) was removed, and does not come back by itself.\n"
            )
            let again = try await assay(["audit", "--quiet"] + common, in: folder)
            #expect(again.status == 0 && again.stderr.isEmpty, "\(again.stderr)")
            #expect(try folder.read("docs/PROGRESS.md") == DocumentProject.progress)
            try await psql("DELETE FROM note WHERE item < 4", at: conninfo)
            let next = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(
                next.stderr.contains("docs/DECISIONS.md: the decision on missing of run \(run) was removed"),
                "\(next.stderr)"
            )
            #expect(!next.stderr.contains("PROGRESS"), "\(next.stderr)")
            #expect(try folder.read("docs/DECISIONS.md") == "# Our decisions\n")
            #expect(try folder.read("docs/PROGRESS.md").contains("since run `\(run)`"))
        }
    }

    @Test("F16, F17: boxes that were unticked are told, and notices stand on standard error")
    func noticesAreTold() async throws {
        try await DocumentProject.with { common, _, folder in
            let entries = "\n## BUG-2: Two\n\nx\n\n## BUG-1: One\n\nx\n"
            try folder.write("# Bugs\n\n- [Two](#bug-2-two)\n- [One](#bug-1-one)\n" + entries, to: "docs/BUGS.md")
            let checklist =
                DocumentProject.checklist.replacing("[ ]", with: "[X]")
                + "- [ ] x <!-- assay:check mising -->\n\n## Later\n\n8 / 19 tasks <!-- assay:tasks -->\n"
            try folder.write(checklist, to: "docs/CHECKLIST.md")
            let found = try await assay(["audit"] + common, in: folder)
            #expect(found.status == 1)
            #expect(
                found.stdout.contains("\nUnticked: docs/CHECKLIST.md:3: every item has a note (missing)\n"),
                "\(found.stdout)"
            )
            for notice in [
                "docs/BUGS.md: its table of contents (line 3) does not list the new entry.\n",
                "docs/CHECKLIST.md: line 5 names the check 'mising', which is not there; did you mean 'missing'?\n",
                "docs/CHECKLIST.md: line 9 counts the tasks of its section, which has none, so that it is left as it is.\n",
            ] {
                #expect(found.stderr.contains("assay: " + notice), "\(found.stderr)")
            }
            let fix = try await assay(["audit", "--fix", "--quiet"] + common, in: folder)
            #expect(fix.status == 0 && fix.stderr.isEmpty, "\(fix.stderr)")
            #expect(try folder.read("docs/CHECKLIST.md") == checklist)
        }
    }

    @Test("F19: links are right from where a linked document is, and paths are told in normal form")
    func linkedFolders() async throws {
        try await DocumentProject.with { common, _, folder in
            try folder.write("# P\n", to: "far/away/docs/PROGRESS.md")
            unlink(folder.file("docs/PROGRESS.md"))
            symlink("../far/away/docs/PROGRESS.md", folder.file("docs/PROGRESS.md"))
            try folder.write(
                DocumentProject.configuration.replacing("docs/BUGS.md", with: "suite/../docs/BUGS.md"),
                to: "assay.yml"
            )
            let found = try await assay(["audit"] + common, in: folder)
            #expect(found.stdout.contains("\nWrote:  docs/PROGRESS.md, docs/BUGS.md\n"), "\(found.stdout)")
            let run = try folder.record().id
            #expect(
                try folder.read("far/away/docs/PROGRESS.md").contains("](../../../output/runs/\(run)/index.html)")
            )
        }
    }

    @Test("As a reader: evidence of one check, and links to where a site is published")
    func evidenceOfOneCheck() async throws {
        try await DocumentProject.with { common, _, folder in
            try folder.write(
                DocumentProject.configuration + "  link: https://audits.example.org/site/\n",
                to: "assay.yml"
            )
            let fix = try await assay(["audit", "--fix"] + common, in: folder)
            #expect(fix.status == 0, "\(fix.stderr)")
            let run = try folder.record().id
            let site = "](https://audits.example.org/site/runs/\(run)/index.html)"
            #expect(try folder.read("docs/PROGRESS.md").contains(site))
            let arguments = ["attach", run, "--bug", "vanish", "--check"]
            let unknown = try await assay(arguments + ["mising"], in: folder)
            #expect(unknown.status == 64 && unknown.stderr.contains("has no check 'mising'"), "\(unknown.stderr)")
            #expect(unknown.stderr.contains("\n  missing\n"), "\(unknown.stderr)")
            let attached = try await assay(arguments + ["missing"], in: folder)
            #expect(attached.status == 0 && attached.stderr.isEmpty, "\(attached.stderr)")
            let bugs = try folder.read("docs/BUGS.md")
            #expect(bugs.contains("**Fix evidence:** 30 of 30 repaired, 0 left, for 3 users in "), "\(bugs)")
            #expect(bugs.contains(site))
            let again = try await assay(arguments + ["missing", "--check", "missing"], in: folder)
            #expect(again.status == 0 && again.stdout.contains("is there already"), "\(again.stdout)")
            #expect(try folder.read("docs/BUGS.md") == bugs)
        }
    }
}
