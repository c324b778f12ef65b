internal import SQLSyntax
internal import Wording

/// Compares the columns that a query returns, as far as its text tells them, with what the front matter names.
struct QueryColumns {
    let parsed: StatementReader.Parsed
    let fields: YAMLFields

    private var path: String { parsed.passage.source.path }
    private var label: String { parsed.passage.label }

    /// Refuses two columns of one name, and names of columns that the query does not return.
    ///
    /// - Parameter keys: the front matter's keys that name columns.
    func require(_ keys: [String], _ log: inout MistakeLog) {
        guard let output = parsed.sql.statements.first?.output else { return }
        refuseDoubles(output, &log)
        let columns = output.compactMap(\.name)
        // A `*` or an expression without a name: only the server knows.
        guard columns.count == output.count else { return }
        for key in keys {
            guard let field = fields[key] else { continue }
            // A mapping's columns are its keys. What is wrong with it is in the log already.
            var ignored = MistakeLog()
            let items = field.isMapping ? field.fields(&ignored)?.all.map(\.nameField) : field.items
            for item in items ?? [field] {
                guard let column = item.scalar, !column.isEmpty, !columns.contains(column) else { continue }
                item.refuse(
                    "\(label) returns no column '\(column)', which '\(key)' names; it returns "
                        + columns.joined(separator: ", ") + renamed(column, in: output),
                    suggestion: NearestName.of(column, among: columns),
                    &log
                )
            }
        }
    }

    /// Refuses a scope that is more than one column.
    func requireOneNumber(_ log: inout MistakeLog) {
        guard let output = parsed.sql.statements.first?.output, output.count > 1 else { return }
        let message = "\(label) returns one number, and this returns \(output.count) columns"
        log.error(path, parsed.spot(output[1].offset), message)
    }

    private func refuseDoubles(_ output: [ParsedStatement.OutputColumn], _ log: inout MistakeLog) {
        var seen: Set<String> = []
        for column in output {
            guard let name = column.name, !seen.insert(name).inserted else { continue }
            log.error(
                path,
                parsed.spot(column.offset),
                "\(label) returns two columns of the name '\(name)'; give one of them another: … AS other_name"
            )
        }
    }

    /// A column that goes by another name, as one does after which a comma is missing.
    private func renamed(_ column: String, in output: [ParsedStatement.OutputColumn]) -> String {
        guard let other = output.first(where: { $0.source == column }), let name = other.name else { return "" }
        return ". '\(column)' is called '\(name)' there: is a comma missing between the two?"
    }
}

extension String {
    /// Without blanks around it.
    var trimmingBlanks: String {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return String(text)
    }
}
