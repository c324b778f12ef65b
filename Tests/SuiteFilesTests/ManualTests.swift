import AuditModel
import Foundation
import SuiteFiles
import Testing

/// The examples of `docs/check-files.md` are what the loader makes of them.
struct ManualTests {
    private static func manual() throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let text = try String(contentsOf: root.appending(path: "docs/check-files.md"), encoding: .utf8)
        return text.components(separatedBy: "\n")
    }

    /// The blocks of code by indentation, each with the first `sql` fence after it.
    private static func examples() throws -> [(example: String, sql: String)] {
        let lines = try manual()
        var examples: [(String, String)] = []
        var index = 0
        while index < lines.count {
            guard lines[index].hasPrefix("    ") else {
                index += 1
                continue
            }
            let rest = lines[index...]
            let end = rest.firstIndex { !$0.isEmpty && !$0.hasPrefix("    ") } ?? lines.count
            let example = lines[index..<end].map { String($0.dropFirst(4)) }.joined(separator: "\n")
            let fence = lines[end...].firstIndex(of: "```sql") ?? end
            let close = lines[fence...].firstIndex(of: "```") ?? fence
            let sql = close > fence ? lines[(fence + 1)..<close].joined(separator: "\n") : ""
            examples.append((example.trimmingCharacters(in: .newlines) + "\n", sql))
            index = end
        }
        return examples
    }

    @Test func theWorkedExampleIsRight() throws {
        let examples = try Self.examples().map(\.example)
        let suite = try #require(examples.first { $0.hasPrefix("id: shop") })
        let check = try #require(examples.first { $0.hasPrefix("---\nid: order-without-customer") })
        let negative = SuiteText.check.replacing("id: a", with: "id: stock-negative")
        let files = ["suite.yml": suite, "orders.md": check, "stock.md": negative]
        #expect(SuiteText.messages(files: files) == "")
    }

    @Test func shortFormsBecomeTheirQueries() throws {
        let forms = try Self.examples().filter { $0.example.hasPrefix("expect:") }
        #expect(forms.count == 4)
        for form in forms {
            let file = "---\nid: a\nkind: integrity\n\(form.example)---\n# A\n"
            let suite = try SuiteLoader.load(files: ["suite.yml": SuiteText.suite, "a.md": file], named: "s")
            guard case .violations(let work) = suite.checks[0].work else {
                Issue.record("wrong kind of work")
                return
            }
            #expect(work.find.text == form.sql)
        }
    }
}
