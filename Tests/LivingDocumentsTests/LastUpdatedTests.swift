import AuditModel
import Testing

@testable import LivingDocuments

struct LastUpdatedTests {
    private let run = SampleRuns.run(0, [.init(id: "a", before: 1)])

    @Test(arguments: [
        ("**Last Updated:** 2025-11-14", "**Last Updated:** 2026-11-23"),
        ("*Last updated: November 14, 2025*", "*Last updated: November 23, 2026*"),
        ("Last Update: November 14th, 2025", "Last Update: November 23rd, 2026"),
        ("- **Last Updated:** 14/11/2025", "- **Last Updated:** 23/11/2026"),
        ("**Last Updated:** 2025-11-14 10:32 UTC", "**Last Updated:** 2026-11-23 03:15 UTC"),
        ("Last Updated: 2025-11-14, 10:32:59", "Last Updated: 2026-11-23, 03:15:00"),
        ("最終更新: 2025-11-14", "最終更新: 2026-11-23"),
        ("最終更新：2025年3月5日", "最終更新：2026年11月23日"),
        ("**Letzte Aktualisierung:** 14.11.2025", "**Letzte Aktualisierung:** 23.11.2026"),
        ("Stand: 5. März 2025", "Stand: 23. November 2026"),
        ("Ostatnia aktualizacja: 2025-11-14", "Ostatnia aktualizacja: 2026-11-23"),
        ("Dernière mise à jour : 5 mars 2025", "Dernière mise à jour : 23 novembre 2026"),
        ("Última actualización: 15 de marzo de 2025", "Última actualización: 23 de noviembre de 2026"),
        ("Обновлено: 14.11.2025", "Обновлено: 23.11.2026"),
        ("## Last updated: 2025-11-14", "## Last updated: 2026-11-23"),
        // In a language that nobody taught it, a date as new as the newest entry.
        ("Viimati muudetud: 2025-11-14", "Viimati muudetud: 2026-11-23"),
        ("Viimati muudetud: 2025-11-13", nil),
        ("Created: 2025-11-14", nil), ("Erstellt: 14.11.2025", nil), ("Standard: 2025-11-01", nil),
        // What would become false, or is newer, stays.
        ("**Last Updated**: 2027-01-01", nil),
        ("**Last Updated:** 2025-11-14 (Session 157)", nil),
        ("**Last Updated:** 2025-11-14 10:32 UTC (Session 157)", nil),
        ("**Last Updated:** 2025-11-14 10:32 CET", nil),
        ("**Last Updated:** 2025-11-14T10:32Z", nil),
        ("Last Updated: 2025-11-14 by Ana", nil),
        ("Last Updated: 05/11/2025", nil),
        ("Last Updated: yesterday (was 2025-11-01)", nil),
        ("`Last Updated` someday", nil),
        ("`Last Updated: 2025-11-14`", nil),
    ])
    func lines(line: String, expected: String?) throws {
        let document = try Document(
            "# P\r\n\r\n\(line)\r\n\r\n## 2025-11-14 x\r\n\r\nLast Updated: 2025-11-01\r\n\r\nend\r\n"
        )
        let text = try document.progress(run).text
        #expect(text.hasPrefix("# P\r\n\r\n\(expected ?? line)\r\n"))
        #expect(text.contains("\r\nLast Updated: 2025-11-01\r\n"))
    }

    /// A line that says `OLD` stays, one that says `NEW` is brought up to date.
    @Test(arguments: [
        "# P\n\n## 2025-11-14 Foo\n\nx\n\nLast updated: OLD\n\n## 2025-11-13 Bar\n\nLast updated: OLD\n",
        "# P\n\n## 2025-11-13 Foo\n\nLast updated: OLD\n\n## 2025-11-14 Bar\n\nx\n\nLast updated: OLD\n",
        "# P\n\n## 2025-11-14 Foo\n\nx\n\n---\n\n*Last updated: NEW*\n",
        "# P\n\n## 2025-11-14 Foo\n\nx\n\nLast updated: OLD\n",
        "# P\n\nLast updated: NEW\n\n## 2025-11-14 Foo\n\n---\n\n*Last updated: OLD*\n",
        "# P\n\n## Overview\n\nLast updated: NEW\n\n## 2025-11-14 Foo\n",
        "# P\n\n## Log\n\nLast updated: NEW\n\n### 2025-11-14 Foo\n",
        "# P\n\n## Login\n\nLast updated: OLD\n\n## Log\n\n### 2025-11-14 Foo\n",
    ])
    func places(marked: String) throws {
        let before = marked.replacing("OLD", with: "2025-11-14").replacing("NEW", with: "2025-11-14")
        let after = marked.replacing("OLD", with: "2025-11-14").replacing("NEW", with: "2026-11-23")
        let document = try Document(before).progress(run)
        #expect(document.removingEntries().text == after)
    }
}
