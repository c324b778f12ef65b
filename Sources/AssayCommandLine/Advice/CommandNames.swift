internal import ArgumentParser
import SuiteFiles
internal import Wording

/// The commands that there are, and what other tools call them.
struct CommandNames {
    /// The command that the arguments lead to.
    private(set) var command: any ParsableCommand.Type
    /// What is said when they name one that is not there.
    private(set) var mistake: String?

    init(_ arguments: [String], of root: any ParsableCommand.Type) {
        command = root
        var words = arguments[...]
        if words.first == "help" { words = words.dropFirst() }
        var path = [root._commandName]
        for word in words {
            let known = command.configuration.subcommands
            if word.hasPrefix("-") || known.isEmpty { return }
            guard let next = known.first(where: { $0._commandName == word }) else {
                mistake = Self.unknown(word, path, known.map { $0._commandName })
                return
            }
            command = next
            path.append(word)
        }
    }

    private static func unknown(_ word: String, _ path: [String], _ known: [String]) -> String {
        let command = path.joined(separator: " ")
        let advice =
            if path.count == 1, let meant = others[word.lowercased()] {
                "did you mean \(meant)?"
            } else if let nearest = NearestName.of(word, among: known) {
                "did you mean `\(command) \(nearest)`?"
            } else {
                "there are \(known.joined(separator: ", ")); see `\(command) --help`"
            }
        return "there is no command '\(word)'; \(advice)"
    }

    private static let both =
        "`assay audit`, which runs the checks, or `assay lint`, which looks for mistakes in their files"
    private static let others = [
        "run": "`assay audit`", "start": "`assay audit`", "scan": "`assay audit`", "exec": "`assay audit`",
        "check": both, "checks": both, "test": both, "verify": both, "validate": "`assay lint`",
        "fix": "`assay audit --fix`", "repair": "`assay audit --fix`", "apply": "`assay audit --fix`",
        "rollback": "`assay undo`", "revert": "`assay undo`", "restore": "`assay undo`",
        "log": "`assay history`", "runs": "`assay history`", "list": "`assay history`", "ls": "`assay history`",
        "evidence": "`assay attach`", "roles": "`assay sql roles`", "grants": "`assay sql roles`",
        "journal": "`assay sql journal`", "version": "`assay --version`",
    ]
}
