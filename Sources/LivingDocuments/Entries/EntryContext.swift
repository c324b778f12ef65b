import AuditModel
import CommonMark
import Templating

/// What the entries of every kind show of their run and of the document around them.
struct EntryContext {
    let run: Run
    let links: RunLinks?
    /// How the entry's heading is written.
    var form: EntryForm
    /// How the bug stands, which some headings say.
    let status: BugStatus?
    /// People write emoji in the document, or it is new.
    var hasEmoji: Bool
    /// Entries have a line across the page between them.
    let hasRules: Bool
    /// The day that the heading gives.
    let date: CalendarDate

    /// Nothing of what the run tells was committed.
    var isRehearsal: Bool { run.mode == .dryRun }

    /// Takes the repairs back; nil where nothing can, as after a rehearsal or in a demo, whose server is gone.
    var undoCommand: String? { isRehearsal ? nil : run.commands.undo }

    /// What the run did to rows, or would have done.
    var repairedWord: String {
        let word = run.undoes == nil ? "repaired" : "taken back"
        return isRehearsal ? "would be \(word)" : word
    }

    private var isUndo: Bool { run.undoes != nil || run.mode == .undo }

    /// The heading over violations that ended without a repair of their own.
    var goneHeading: String {
        guard !isUndo, (run.totals.repaired ?? 0) > 0 else { return "Gone meanwhile" }
        return isRehearsal ? "Would go with them" : "Gone with them"
    }

    /// The same of one check, after a number.
    func goneWords(of finding: Finding) -> String {
        let repaired = finding.repaired ?? 0
        if isUndo || (run.totals.repaired ?? 0) <= 0 { return "gone meanwhile" }
        let others = repaired > 0 ? "with them" : "with other repairs"
        return "\(isRehearsal ? "would go" : "gone") \(others)"
    }

    /// The heading over violations that came up while the run was at work; an undo brings some back.
    var newHeading: String { isUndo ? "Back" : "New" }

    init(
        _ run: Run,
        _ links: RunLinks?,
        _ habit: EntryHabit,
        _ document: Document,
        date: CalendarDate? = nil,
        status: BugStatus? = nil
    ) {
        self.run = run
        self.links = links
        self.status = status
        let place = habit.place(for: status?.state ?? .open)
        form = place.form
        hasRules = place.hasRules
        hasEmoji = document.hasEmoji
        self.date = date ?? CalendarDate(run.startedAt)
    }
}

/// An entry that has the fields of a run.
protocol EntryView: View {
    var context: EntryContext { get }
}

extension EntryView {
    static func entryFields(_ own: KeyValuePairs<String, Field<Self>>) -> Fields<Self> {
        let common: KeyValuePairs<String, Field<Self>> = [
            "heading_start": .markup { $0.context.form.prefix($0.context.date, status: $0.context.status) },
            "heading_end": .markup { $0.context.form.suffix($0.context.date, status: $0.context.status) },
            "has_emoji": .flag { $0.context.hasEmoji },
            "has_rules": .flag { $0.context.hasRules },
            "suite_title": .text { $0.context.run.suite.title.shortened(to: 200) },
            "database": .text { $0.context.run.database.name },
            "run_id": .text { $0.context.run.id.description },
            "run_date": .text { $0.context.run.startedAt.minuteText },
            "run_link": .markup { $0.context.links?.page(of: $0.context.run.id) },
            "users_link": .markup { $0.context.links?.users(of: $0.context.run.id) },
            "undo_command": .text { $0.context.undoCommand },
            "undo_code": .markup { $0.context.undoCommand.map { MarkdownEscaping.code($0) } },
            "repairs": .flag { $0.context.run.mode != .audit },
            "repaired_word": .text { $0.context.repairedWord },
            "repaired_heading": .text {
                $0.context.repairedWord.prefix(1).uppercased() + $0.context.repairedWord.dropFirst()
            },
            "gone_heading": .text { $0.context.goneHeading },
            "gone_words": .text { $0.context.goneHeading.lowercased() },
            "new_heading": .text { $0.context.newHeading },
            "new_word": .text { $0.context.newHeading.lowercased() },
            "left_word": .text { $0.context.isRehearsal ? "would be left" : "left" },
        ]
        return Fields(common, own)
    }
}

extension Document {
    /// Somebody wrote an emoji here, or nobody has written anything yet.
    var hasEmoji: Bool {
        if isEmpty { return true }
        return bytes.withUnsafeBufferPointer { bytes in
            var last: (UInt8, UInt8) = (0, 0)
            for byte in bytes {
                // U+1F000 and above, and of the older signs those in common use.
                switch (last.0, last.1, byte) {
                case (_, 0xF0, 0x9F), (0xE2, 0x9C, 0x85), (0xE2, 0x8F, 0xB3), (0xE2, 0x9D, 0x8C), (0xE2, 0x9A, 0xA0):
                    return true
                default: last = (last.1, byte)
                }
            }
            return false
        }
    }
}
