import SQLSyntax

/// The statements that say which rows stay, and why.
extension UndoStatement {
    /// What each row of a list of rows that stay holds, in this order.
    enum Left {
        static let id = 0, key = 1, user = 2, reason = 3, columns = 4
    }

    /// Lists the rows of the group that were not taken back, without those of a list of ids, and says why.
    ///
    /// Those of the list were refused with an error: their values are not touched again.
    var leftText: String {
        let reasons = group.operation == .delete ? deletedReasons : writtenReasons
        return """
            /* assay: \(group.check) */
            WITH journal AS MATERIALIZED (
            \(group.journal) AND NOT EXISTS (SELECT FROM unnest($7::bigint[]) AS refused (id) WHERE refused.id = repairs.id)
            )
            SELECT DISTINCT ON (journal.id) journal.id, journal.key, journal.user_id,
                CASE \(reasons.map { "WHEN \($0.condition) THEN \(SQLText.quoted(literal: $0.text))" }.joined(separator: "\n"))
                ELSE 'a trigger or rule of the table kept it as it is' END,
                CASE \(reasons.map { "WHEN \($0.condition) THEN \($0.columns)" }.joined(separator: "\n")) END
            FROM journal LEFT JOIN \(table.own) AS target ON \(isKey(of: "target"))
            ORDER BY journal.id
            """
    }

    func leftParameters(of settings: UndoSettings, without refused: [Int]) -> [String?] {
        group.parameters(of: settings) + [arrayLiteral(refused.map(String.init))]
    }

    /// Why a row stays, the first that holds; with the columns that are to blame.
    private struct Reason {
        let condition: String
        let text: String
        var columns = "NULL"
    }

    private var noKey: Reason {
        Reason(condition: "NOT (\(hasKey))", text: "its key has no value, so that it cannot be told from others")
    }

    private var writtenReasons: [Reason] {
        let differing = shared.map { ("NOT \($0.isUnchanged("target", since: "journal.after"))", $0.column.name) }
        let isUpdate = group.operation == .update
        return [
            noKey,
            Reason(condition: "target.tableoid IS NULL", text: "removed since"),
            Reason(condition: "NOT (\(isUnchanged))", text: "changed since", columns: Self.names(differing)),
            Reason(condition: "\(isUpdate) AND journal.before IS NULL", text: "the journal does not hold it as it was"),
        ] + restoringReasons
    }

    private var deletedReasons: [Reason] {
        let isThere = Reason(condition: "target.tableoid IS NOT NULL", text: "a row with its key is there again")
        return [noKey, isThere] + restoringReasons
    }

    /// Values that the table does not take as they are.
    private var restoringReasons: [Reason] {
        unfit.map { unfit in
            let type = unfit.column.column.type
            let isLonger = ["character", "bpchar", "bit"].contains { unfit.column.column.baseType.hasPrefix($0) }
            return Reason(
                condition: unfit.isUnfit,
                text: isLonger ? "value too long for type \(type)" : "value would be changed by type \(type)",
                columns: SQLText.quoted(literal: unfit.column.column.name)
            )
        }
    }

    /// The names whose conditions hold, as one text.
    private static func names(_ names: [(condition: String, name: String)]) -> String {
        let cases = names.map { "CASE WHEN \($0.condition) THEN \(SQLText.quoted(literal: $0.name)) END" }
        return cases.isEmpty ? "NULL" : "array_to_string(ARRAY[\(cases.joined(separator: ", "))], ', ')"
    }
}
