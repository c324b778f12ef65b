internal import SQLSyntax

/// What a `sql fix` must keep to, as far as its text says it.
struct FixRules {
    let parsed: StatementReader.Parsed
    /// The table that `repairs` names.
    let table: TableName?

    private var passage: SQLPassage { parsed.passage }
    private var path: String { passage.source.path }

    func check(_ log: inout MistakeLog) {
        let rule = "\(passage.label) takes one INSERT, UPDATE or DELETE"
        guard let statement = parsed.sql.statements.first else {
            return log.error(path, passage.spot(ofWordAt: 0), "\(rule); this is no statement")
        }
        guard parsed.sql.statements.count == 1 else {
            let second = parsed.sql.statements[1].range.lowerBound
            return log.error(path, parsed.spot(second), "\(rule); this is \(parsed.sql.statements.count) statements")
        }
        guard [.insert, .update, .delete].contains(statement.kind) else {
            let spot = parsed.spot(statement.range.lowerBound)
            return log.error(path, spot, "\(rule); this is \(statement.kind.withArticle)")
        }
        checkTables(of: statement, &log)
        checkClauses(of: statement, &log)
    }

    private func checkTables(of statement: ParsedStatement, _ log: inout MistakeLog) {
        let violations = TableName(name: "violations")
        if !statement.tables.contains(violations) {
            let spot = parsed.spot(statement.range.lowerBound)
            log.error(path, spot, "\(passage.label) does not read from 'violations', the rows that 'sql find' returned")
        }
        for written in statement.writtenTables {
            if written.value == violations {
                log.error(path, parsed.spot(written.offset), "'violations' can only be read")
            } else if let table, !table.matches(written.value) {
                let message = "\(passage.label) writes '\(written.value)', but 'repairs' names '\(table)'"
                log.error(path, parsed.spot(written.offset), message)
            }
        }
        if statement.writtenTables.count > 1 {
            let message =
                "\(passage.label) writes more than once; a journal of its repairs needs one statement that writes"
            log.error(path, parsed.spot(statement.writtenTables[1].offset), message)
        }
    }

    private func checkClauses(of statement: ParsedStatement, _ log: inout MistakeLog) {
        guard let target = statement.target else { return }
        if let offset = target.returningOffset {
            log.error(
                path,
                parsed.spot(offset),
                "\(passage.label) has RETURNING; leave it out, the journal adds its own"
            )
        }
        if target.updatesOnConflict {
            let message =
                "ON CONFLICT DO UPDATE changes rows that were no violations; DO NOTHING leaves them, "
                + "or write an UPDATE of its own check"
            log.error(path, parsed.spot(target.conflictOffset ?? statement.range.lowerBound), message)
        }
    }
}
