internal import AuditModel
internal import SQLSyntax

/// What is said of a statement that PostgreSQL's parser accepts.
extension StatementReader {
    /// Refuses a list where PostgreSQL takes one value, and one value where it takes a list.
    func refuseMisplacedLists(_ parsed: Parsed, _ log: inout MistakeLog) {
        let path = parsed.passage.source.path
        for use in parsed.sql.statements.flatMap(\.parameterUses) {
            guard parsed.parameters.names.indices.contains(use.number - 1) else { continue }
            let name = parsed.parameters.names[use.number - 1]
            let offset = parsed.parameters.originalOffset(use.offset)
            let spot = parsed.passage.spot(offset, length: name.utf8.count + 1)
            switch (use.position, parameters[name]) {
            case (.inList(let isNegated), .list):
                let form = isNegated ? "<> ALL(:\(name))" : "= ANY(:\(name))"
                let word = isNegated ? "NOT IN" : "IN"
                log.error(path, spot, "':\(name)' is a list, and \(word) (…) takes single values: write \(form)")
            case (.pattern(let word), .list):
                let form = "\(word) \(word.hasPrefix("NOT") ? "ALL" : "ANY")(:\(name))"
                log.error(path, spot, "':\(name)' is a list, and \(word) takes one text: write \(form)")
            case (.range, .list):
                let advice = "give each end a parameter of its own, as BETWEEN :\(name)_from AND :\(name)_to"
                log.error(path, spot, "':\(name)' is a list, and each end of BETWEEN is one value: \(advice)")
            case (.array(let isAny), .text(let text)) where !text.isArrayLiteral:
                let message =
                    "':\(name)' is one value, and \(isAny ? "ANY" : "ALL") (…) takes a list: "
                    + "give it one in 'parameters' (\(name): [\(text.shortened)]), or compare with :\(name) itself"
                log.error(path, spot, message)
            case (.array(isAny: true), .list(let list)) where list.isEmpty && name != CheckReader.usersParameter:
                log.warning(path, spot, "':\(name)' is an empty list: a comparison with ANY of it holds for no row")
            default: break
            }
        }
    }

    /// `FROM user` returns one row, whatever the table "user" holds.
    func warnOfRole(_ passage: SQLPassage, _ log: inout MistakeLog) {
        guard let offset = SQLText.roleAsTable(in: passage.text) else { return }
        let message = "'user' without quotes is the name of the connected role; a table is written \"user\" or \"User\""
        log.warning(passage.source.path, passage.spot(ofWordAt: offset), message)
    }

    /// Tells of functions that do more than return a value.
    func warnOfEffects(
        of parsed: Parsed,
        _ log: inout MistakeLog,
        where isTold: (FunctionEffect) -> Bool = { _ in true }
    ) {
        for call in parsed.sql.statements.flatMap(\.functions) {
            guard let effect = FunctionEffect(call.value.name), isTold(effect) else { continue }
            let message = "\(call.value.name) \(effect.explanation)"
            let spot = parsed.spot(call.offset)
            if effect.isMistake {
                log.error(parsed.passage.source.path, spot, message)
            } else {
                log.warning(parsed.passage.source.path, spot, message)
            }
        }
    }
}

extension String {
    /// An array as PostgreSQL writes it: `{a,b}`, or with bounds `[0:1]={a,b}`.
    fileprivate var isArrayLiteral: Bool {
        let text = drop { $0 == " " }
        return text.hasPrefix("{") || text.hasPrefix("[")
    }

    fileprivate var shortened: String { count <= 30 ? self : prefix(30) + "…" }
}
