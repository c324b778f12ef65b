import AuditModel
import CommonMark
import Templating

extension PageView {
    /// What the run was for and what it was narrowed to.
    static let mode: KeyValuePairs<String, Field<PageView>> = [
        "mode": .text { $0.run.mode.rawValue },
        "is_audit": .flag { $0.run.mode == .audit },
        "is_fix": .flag { $0.run.mode == .fix },
        "is_dry_run": .flag { $0.report.isRehearsal },
        "is_undo": .flag { $0.report.isUndo },
        "undoes": .text { $0.run.undoes?.description },
        "undoes_href": .text { $0.undoneReport },
        "selection": .list { SelectionView.all($0.run.selection) },
        "repairs": .flag { $0.report.repairs },
        "repaired_heading": .text { $0.run.repairedHeading },
        "gone_heading": .text { $0.run.goneHeading },
        "new_heading": .text { $0.run.newHeading },
        "after_heading": .text { $0.run.afterHeading },
        "shows_gone": .flag { $0.report.showsGone },
        "shows_new": .flag { $0.report.showsNew },
    ]
}

/// One option that narrowed a run.
struct SelectionView: View {
    let option: String

    static let fields = Fields<SelectionView>([
        "option": .text { MarkdownEscaping.visible($0.option) },
        "option_markdown": .markup { MarkdownEscaping.code($0.option) },
    ])

    static func all(_ selection: Selection) -> [SelectionView] { selection.options.map(SelectionView.init) }
}

/// A command line for what a reader may want to do next.
struct CommandView: View {
    let label: String
    let command: String

    static let fields = Fields<CommandView>([
        "label": .text { $0.label },
        "command": .text { MarkdownEscaping.visible($0.command) },
        "command_markdown": .markup { MarkdownEscaping.code($0.command) },
    ])

    static func all(_ commands: RunCommands) -> [CommandView] {
        [
            ("Take the repairs back", commands.undo), ("Repair what has a fix", commands.fix),
            ("Audit the same again", commands.again),
        ]
        .compactMap { label, command in command.map { CommandView(label: label, command: $0) } }
    }
}
