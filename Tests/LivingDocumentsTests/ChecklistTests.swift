import AuditModel
import Testing

@testable import LivingDocuments

struct ChecklistTests {
    private static let text = """
        # Release

        1 / 9 tasks (11%) <!-- assay:tasks -->

        <!-- assay:tasks -->

        | Phase | Done | Total | Progress |
        | --- | ---: | ---: | --- |
        | Data | 0 | 7 | ⏳ 0 / 7 (0%) |
        | Other \\| work | 9 | 9 | 100% |
        | **Total** | **0** | 9 | 0% |

        ## Data

        - [ ] all entries <!-- assay:check a -->
          1. [X] nested <!-- assay:check b -->
        - [x] unknown <!-- assay:check nobody -->
        * [ ] slow <!-- assay:check slow -->
        - [ ] by hand
        - no task <!-- assay:check a -->

        ```
        - [ ] code <!-- assay:check a -->
        ```

        ## Other | work

        - [x] not at the end <!-- assay:check b --> text behind
        - [x] at the end,
          on a second line <!-- assay:check b -->
        """

    private let run = SampleRuns.run(
        0,
        [.init(id: "a", before: 2, repaired: 2), .init(id: "b", before: 1), .init(id: "slow", before: nil)],
        mode: .fix
    )

    @Test(arguments: ["\n", "\r\n"])
    func boxesAndFigures(newline: String) throws {
        let document = try Document(Self.text.replacing("\n", with: newline))
        let expected = Self.text
            .replacing("- [ ] all entries", with: "- [x] all entries")
            .replacing("1. [X] nested", with: "1. [ ] nested")
            .replacing("- [x] at the end", with: "- [ ] at the end")
            .replacing("1 / 9 tasks (11%)", with: "3 / 7 tasks (43%)")
            .replacing("| 0 | 7 | ⏳ 0 / 7 (0%) |", with: "| 2 | 5 | ⏳ 2 / 5 (40%) |")
            .replacing("| 9 | 9 | 100% |", with: "| 1 | 2 | 50% |")
            .replacing("| **0** | 9 | 0% |", with: "| **3** | 7 | 43% |")
        let result = ChecklistDocument.updating(document, with: run)
        #expect(result.text == expected.replacing("\n", with: newline))
        #expect(ChecklistDocument.updating(result, with: run) == result)
    }

    /// Only the last count of a line is one, with the percentage behind it.
    @Test(arguments: [
        ("Overall 1 of 6 tasks (16%)", "Overall 1 of 2 tasks (50%)"),
        ("Sprint 3/4: 1 / 5 tasks (20%)", "Sprint 3/4: 1 / 2 tasks (50%)"),
        ("Since 14/11/2025: 1 / 5 tasks (20%), uptime 99.9%", "Since 14/11/2025: 1 / 2 tasks (50%), uptime 99.9%"),
        ("3/7 tasks, due 12/24", "1/2 tasks, due 12/24"), ("3/7 at 10:30 on 5/6", "3/7 at 10:30 on 5/6"),
        ("[3/7 tasks](x/1/2)", "[1/2 tasks](x/1/2)"), ("1,003 / 2,007 tasks", "1 / 2 tasks"),
        ("Since 14/11/2025", "Since 14/11/2025"), ("Done: 20 %", "Done: 50 %"), ("🟩⬜⬜⬜⬜⬜ 20 %", "🟩🟩🟩⬜⬜⬜ 50 %"),
        ("3/5", "1/2"),
    ])
    func otherNumbersStay(line: String, expected: String) throws {
        let tasks = "\n\n- [x] one\n- [ ] two\n"
        let document = try Document("# T\n\n\(line) <!-- assay:tasks -->" + tasks)
        let result = ChecklistDocument.updating(document, with: run)
        #expect(result.text == "# T\n\n\(expected) <!-- assay:tasks -->" + tasks)
    }

    @Test func boxesAreListed() throws {
        let boxes = ChecklistDocument.boxes(in: try Document(Self.text), run: run)
        #expect(boxes.map(\.checks) == [["a"], ["b"], ["nobody"], ["slow"], ["b"]])
        #expect(boxes.map(\.line) == [15, 16, 17, 18, 29])
        #expect(boxes.map(\.wouldChange) == [true, true, false, false, true])
        #expect(boxes[0].text == "all entries")
    }

    /// `T` stands for a section with one task of two done, `U` for one with one of three.
    @Test(
        "F16: a row is recounted as a whole, whatever its columns, or left as it is",
        arguments: [
            // The story's own table.
            (
                "| Phase | Status | Tasks Completed | Total Tasks | Progress |",
                "| Phase T: x | ✅ COMPLETE | 2 / 3 | 3 | 67% |", "| Phase T: x | ✅ COMPLETE | 1 / 2 | 2 | 50% |"
            ),
            ("| % | Total | Done | Left | Phase |", "| 67% | 3 | 2 | 1 | T |", "| 50% | 2 | 1 | 1 | T |"),
            (
                "| Phase | Fortschritt | Erledigt | Gesamt | Offen |", "| Phase T | **67%** | **2** | 3 | 1 |",
                "| Phase T | **50%** | **1** | 2 | 1 |"
            ),
            (
                "| Phase | Tasks | Points | Due |", "| T | **2** / **3** | 13 | 12/24 |",
                "| T | **1** / **2** | 13 | 12/24 |"
            ),
            ("| Phase | Completed | Total | Progress |", "| T | 2 | about 3 of 4 or 5 | 67% |", nil),
            ("| Phase | Completed | Progress |", "| T | 2 | 60–70 |", nil),
            ("| Phase | Done | Progress |", "| T | `2` | 66.7 % |", "| T | `1` | 50.0 % |"),
            ("| Phase | Done | Progress |", "| T | 2 | ██████░░░░ |", "| T | 1 | █████░░░░░ |"),
            (
                "| Phase | Bar | Priority |", "| T | [######----] **67%** | ●●●○ |",
                "| T | [#####-----] **50%** | ●●●○ |"
            ),
            ("| Phase | Done (%) | Left |", "| T | 67 | – |", "| T | 50 | – |"),
            ("| Phase | Done | Total |", "| nobody's | 2 | 3 |", nil),
            ("| Phase | Done | Total |", "| empty | 2 | 3 |", nil),
            (
                "| Phase | Progress |", "| [Phase T](#phase-t) | 2/3 tasks (67%) |",
                "| [Phase T](#phase-t) | 1/2 tasks (50%) |"
            ),
        ] as [(String, String, String?)]
    )
    func rows(header: String, row: String, expected: String?) throws {
        let columns = String(repeating: "| --- ", count: header.count { $0 == "|" } - 1) + "|"
        let tasks = "## Phase T: x\n\n- [x] a\n- [ ] b\n\n## Phase TT\n\n- [ ] c\n\n## Empty\n\nno task\n"
        let other = "| Phase TT |\n"
        let text = { (row: String) in
            "# C\n\n<!-- assay:tasks -->\n\n\(header)\n\(columns)\n\(row)\n\(row)\n\(other)\n\(tasks)"
        }
        let result = ChecklistDocument.updating(try Document(text(row)), with: run)
        #expect(result.text == text(expected ?? row))
        #expect(ChecklistDocument.updating(result, with: run) == result)
    }

    @Test("F16: a row finds its section by name, numbers aside, and no other row is taken for it")
    func namesOfSections() throws {
        let table = { (rows: [String]) in
            "# List\n\n<!-- assay:tasks -->\n| # | Area | % | Left | Ticked |\n|---|---|--:|---|---|\n"
                + rows.joined(separator: "\n")
                + "\n\n## 1. Database\n\n- [ ] a\n  - [x] b\n\n## 2. Sign-off\n\n* [X] c\n* [ ] d\n* [ ] e\n\n## 12. Other\n\n- [ ] f\n"
        }
        let text = table([
            "| 1 | **Database** | 0 | 9 | **0 / 9** |", "| 2 | Sign-off (week 47) ✅ | 0.0 | 9 | 0/9 |",
            "| | _Sum_ | 0 | 9 | 0/9 |", "| 3 | Data | 0 | 9 | 0/9 |",
        ])
        let expected = table([
            "| 1 | **Database** | 50 | 1 | **1 / 2** |", "| 2 | Sign-off (week 47) ✅ | 33.3 | 2 | 1/3 |",
            "| | _Sum_ | 33 | 4 | 2/6 |", "| 3 | Data | 0 | 9 | 0/9 |",
        ])
        #expect(ChecklistDocument.updating(try Document(text), with: run).text == expected)
    }

    @Test("F16: percentages are rounded as people round, but 100 means all and 0 none")
    func percentages() {
        let text = { (done: Int, all: Int) in
            TaskCount((0..<all).map { $0 < done }).percent(decimals: 0)
        }
        #expect([text(2, 3), text(8, 12), text(1, 8), text(3, 7)] == ["67", "67", "13", "43"])
        #expect([text(0, 9), text(9, 9), text(299, 300), text(1, 300)] == ["0", "100", "99", "1"])
        #expect(TaskCount([true, false, false]).percent(decimals: 2) == "33.33")
    }

    @Test("F16: what counts a section without tasks is left as it is, and told")
    func sectionsWithoutTasks() throws {
        let text = "# C\n\n- [ ] a\n\n## Later\n\n8 / 19 tasks (42%) <!-- assay:tasks -->\n"
        let document = try Document(text)
        #expect(ChecklistDocument.updating(document, with: run) == document)
        #expect(ChecklistDocument.remarks(on: document).map(\.line) == [7])
        let stray = try Document("- [ ] a <!-- assay:check a --> b\n\n<!-- assay:tasks -->\n\ntext\n")
        #expect(ChecklistDocument.remarks(on: stray).map(\.line) == [1, 3])
    }

    @Test(
        "F16: all checks of a task count, in one comment or several",
        arguments: [
            ("a --> <!-- assay:check clear", true), ("a, clear", true), ("clear b", false),
            ("b --> <!-- assay:check a", false),
            ("a slow", nil), ("b slow", false),
        ] as [(String, Bool?)]
    )
    func severalChecks(ids: String, isTicked: Bool?) throws {
        let run = SampleRuns.run(
            0,
            [
                .init(id: "a", before: 2, repaired: 2), .init(id: "b", before: 1), .init(id: "clear", before: 0),
                .init(id: "slow", before: nil),
            ],
            mode: .fix
        )
        for box in ["x", " "] {
            for end in [
                " <!-- assay:check \(ids) -->",
                "\n  <!-- assay:check \(ids.replacing("--> <!-- assay:check ", with: "")) -->",
            ] {
                let text = { (box: String) in "- [\(box)] task\(end)\n" }
                let expected = text(isTicked.map { $0 ? "x" : " " } ?? box)
                #expect(ChecklistDocument.updating(try Document(text(box)), with: run).text == expected, "\(end)")
            }
        }
    }

    @Test("F16: a box that was ticked with X comes back with X")
    func capitalsComeBack() throws {
        let text = "- [X] one <!-- assay:check a -->\n- [x] two <!-- assay:check a -->\n- [x] three\n"
        let document = try Document(text)
        let broken = ChecklistDocument.updating(document, with: SampleRuns.run(0, [.init(id: "a", before: 1)]))
        #expect(broken.text == text.replacing("[X]", with: "[ ]").replacing("[x] two", with: "[ ] two"))
        let change = DocumentChange(path: "C.md", old: document.bytes, new: broken.bytes)
        #expect(change.unticked == ["C.md:1: one (a)", "C.md:2: two (a)"])
        var memory = DocumentMemory()
        memory.add(change, of: "C.md")
        let known = DocumentMemory([memory.text]).entries(of: "C.md")
        let mended = SampleRuns.run(1, [.init(id: "a", before: 0)])
        #expect(ChecklistDocument.updating(broken, with: mended, known: known) == document)
    }
}
