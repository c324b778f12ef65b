internal import SQLSyntax

extension ShortForm {
    static let words = ["not_null", "unique", "accepted_values", "references"]

    /// Reads the keys of a short form; nil when one of them is wrong.
    ///
    /// - Parameters:
    ///   - shown: the columns that violations show besides.
    ///   - survivorKey: the columns of `key` when the check has a fix.
    init?(
        _ expect: YAMLField,
        _ fields: YAMLFields,
        shown: [String],
        survivorKey: [String]?,
        _ log: inout MistakeLog
    ) {
        guard let word = expect.word(among: Self.words, &log) else { return nil }
        let table = Self.required("table", word, expect, fields, &log)?.tableName(&log)
        let columnsField = Self.required("columns", word, expect, fields, &log)
        let columns = columnsField?.columnNames(&log)
        for (key, owner) in [("values", "accepted_values"), ("references", "references")] where word != owner {
            fields[key]?.refuseKey("'\(key)' belongs to 'expect: \(owner)'", &log)
        }
        let expectation: Expectation?
        switch word {
        case "not_null": expectation = .notNull
        case "unique": expectation = .unique
        case "accepted_values":
            expectation = Self.required("values", word, expect, fields, &log)?.names(&log).map(
                Expectation.acceptedValues
            )
            if let columnsField, let columns, columns.count > 1 {
                columnsField.refuse("'expect: accepted_values' takes one column", &log)
                return nil
            }
        default:
            let field = Self.required("references", word, expect, fields, &log)
            expectation = field.flatMap { Self.parent($0, columns: columns?.count, &log) }
        }
        guard let table, let columns, let expectation else { return nil }
        self.init(expectation: expectation, table: table, columns: columns, shown: shown)
        guard case .unique = expectation, let survivorKey else { return }
        self.survivorKey = survivorKey.filter { !columns.contains($0) }
        if self.survivorKey == [] {
            expect.refuse(
                "a fix of 'expect: unique' needs 'key', the columns that tell the rows apart: of equal rows the one with "
                    + "the smallest key stays, and the others are violations",
                &log
            )
        }
    }

    private static func required(
        _ key: String,
        _ word: String,
        _ expect: YAMLField,
        _ fields: YAMLFields,
        _ log: inout MistakeLog
    ) -> YAMLField? {
        guard let field = fields[key] else {
            expect.refuse("'expect: \(word)' needs '\(key)'", &log)
            return nil
        }
        return field
    }

    private static func parent(_ field: YAMLField, columns count: Int?, _ log: inout MistakeLog) -> Expectation? {
        guard let fields = field.fields(&log) else { return nil }
        fields.refuseUnknown(["table", "columns"], &log)
        guard let tableField = fields["table"], let columnsField = fields["columns"] else {
            field.refuse("'references' needs 'table' and 'columns'", &log)
            return nil
        }
        guard let table = tableField.tableName(&log), let columns = columnsField.columnNames(&log) else { return nil }
        if let count, count != columns.count {
            columnsField.refuse("'references' names \(columns.count) columns, but 'columns' names \(count)", &log)
            return nil
        }
        return .references(table: table, columns: columns)
    }
}

extension YAMLField {
    /// A table as `name` or `schema.name`.
    func tableName(_ log: inout MistakeLog) -> TableName? {
        guard let text = text(&log) else { return nil }
        if let advice = Self.adviceOnName(text) {
            refuse(advice, &log)
            return nil
        }
        guard let name = TableName(text) else {
            refuse("'\(self.name)' takes a table's name, as 'table' or 'schema.table'", &log)
            return nil
        }
        return name
    }

    /// Logs a key that should not be here.
    func refuseKey(_ message: String, _ log: inout MistakeLog) {
        log.error(source.path, keySpot, message)
    }
}
