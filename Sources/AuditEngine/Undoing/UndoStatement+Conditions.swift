import SQLSyntax

/// What a row of the table, or of the journal, must be like to be taken back.
extension UndoStatement {
    /// The row in the table as an image.
    var image: String { table.image(of: "target") }

    /// What leaves the columns out of an image that are not compared.
    var withoutApart: String {
        apart.isEmpty ? "" : " - \(SQLText.quoted(literal: arrayLiteral(apart)))::text[]"
    }

    /// The row is what the fix made of it. Equal images say so at once; others may be written in another type.
    var isUnchanged: String {
        let columns = shared.map { $0.isUnchanged("target", since: "journal.after") }.joined(separator: " AND ")
        return """
            CASE WHEN (\(image)\(withoutApart))::text = (journal.after\(withoutApart))::text THEN true \
            ELSE \(columns.isEmpty ? "true" : columns) END
            """
    }

    /// All columns take the values that are to come back as they are.
    var isRestorable: String {
        let conditions = unfit.map { "NOT (\($0.isUnfit))" }
        return conditions.isEmpty ? "true" : "(\(conditions.joined(separator: " AND ")))"
    }

    /// The columns that may not take a value, with the condition under which they do not.
    var unfit: [(column: UndoColumn, isUnfit: String)] {
        restored.compactMap { column in
            guard let isKept = column.isKept(in: "journal.before") else { return nil }
            let isUnfit = "NOT (\(isKept))"
            // What the fix left alone does not come back.
            return (column, group.operation == .update ? "\(isChanged(column.literal)) AND \(isUnfit)" : isUnfit)
        }
    }

    /// The fix changed a column in this row, be it only its scale.
    func isChanged(_ literal: String) -> String {
        "journal.before ->> \(literal) IS DISTINCT FROM journal.after ->> \(literal)"
    }

    /// No column of the key is NULL, which is like no other.
    var hasKey: String {
        key.map { "\($0.journalled(in: "journal.key")) IS NOT NULL" }.joined(separator: " AND ")
    }

    func isKey(of table: String) -> String {
        key.map { "\(table).\($0.name) = \(journalled($0))" }.joined(separator: " AND ")
    }

    /// A column of the key in a type that cuts nothing.
    func journalled(_ column: UndoColumn) -> String {
        "\(column.journalled(in: "journal.key"))::\(column.column.baseType)"
    }

    /// Lists the columns that an `UPDATE` changed in any row of a group.
    static func changedColumns(_ group: UndoGroup) -> String {
        """
        /* assay: \(group.check) */
        SELECT DISTINCT e.key FROM (
        \(group.journal)
        ) AS journal CROSS JOIN LATERAL jsonb_each_text(journal.before) AS e
        WHERE journal.after ->> e.key IS DISTINCT FROM e.value ORDER BY 1
        """
    }
}
