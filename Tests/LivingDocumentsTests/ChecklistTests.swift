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
            .replacing("1 / 9 tasks (11%)", with: "3 / 7 tasks (42%)")
            .replacing("| 0 | 7 | ⏳ 0 / 7 (0%) |", with: "| 2 | 5 | ⏳ 2 / 5 (40%) |")
            .replacing("| 9 | 9 | 100% |", with: "| 1 | 2 | 50% |")
            .replacing("| **0** | 9 | 0% |", with: "| **3** | 7 | 42% |")
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
        ("Since 14/11/2025", "Since 14/11/2025"), ("Done: 20 %", "Done: 50 %"), ("3/5", "1/2"),
    ])
    func otherNumbersStay(line: String, expected: String) throws {
        let tasks = "\n\n- [x] one\n- [ ] two\n"
        let document = try Document("# T\n\n\(line) <!-- assay:tasks -->" + tasks)
        let result = ChecklistDocument.updating(document, with: run)
        #expect(result.text == "# T\n\n\(expected) <!-- assay:tasks -->" + tasks)
    }

    @Test func boxesAreListed() throws {
        let boxes = ChecklistDocument.boxes(in: try Document(Self.text), run: run)
        #expect(boxes.map(\.check) == ["a", "b", "nobody", "slow", "b"])
        #expect(boxes.map(\.line) == [15, 16, 17, 18, 29])
        #expect(boxes.map(\.wouldChange) == [true, true, false, false, true])
        #expect(boxes[0].text == "all entries")
    }
}
