import Postgres
import SQLSyntax

/// The statements that say which rows stay, and why.
extension UndoStatement {
    /// What each row of a list of rows that stay holds, in this order.
    enum Left {
        static let id = 0, key = 1, user = 2, reason = 3, columns = 4
    }

    /// Lists the rows of the group that were not taken back, with the reason.
    var leftText: String {
        """
        /* assay: \(group.check) */
        WITH journal AS MATERIALIZED (
        \(Self.journal(group))
        )
        SELECT DISTINCT ON (journal.id) journal.id, journal.key, journal.user_id, \
        \(group.operation == .delete ? deletedReason : writtenReason)
        FROM journal LEFT JOIN \(table.name) AS target ON \(isKey(of: "target"))
        ORDER BY journal.id
        """
    }

    func leftParameters(of settings: UndoSettings) -> [String?] {
        let group = Self.group(group, group.ids, settings)
        return self.group.operation == .delete ? group : group + [arrayLiteral(apart)]
    }

    private var writtenReason: String {
        """
        CASE WHEN target.tableoid IS NULL THEN 'removed since' ELSE 'changed since' END,
            CASE WHEN target.tableoid IS NOT NULL THEN (
                SELECT string_agg(e.key, ', ' ORDER BY e.key) FROM jsonb_each(journal.after - $7::text[]) AS e
                WHERE \(image) -> e.key IS DISTINCT FROM e.value
            ) END
        """
    }

    private var deletedReason: String {
        """
        CASE WHEN target.tableoid IS NULL THEN 'another row has its unique values'
            ELSE 'a row with its key is there again' END, NULL
        """
    }

    /// Lists the columns that an `UPDATE` changed in any row of a group.
    static func changedColumns(_ group: UndoGroup, of settings: UndoSettings) -> (text: String, parameters: [String?]) {
        (
            """
            /* assay: \(group.check) */
            SELECT DISTINCT e.key FROM (
            \(journal(group))
            ) AS journal CROSS JOIN LATERAL jsonb_each(journal.before) AS e
            WHERE journal.after -> e.key IS DISTINCT FROM e.value ORDER BY 1
            """,
            Self.group(group, group.ids, settings)
        )
    }

    /// Lists the rows of a group of which nothing can be taken back.
    static func all(_ group: UndoGroup, of settings: UndoSettings) -> (text: String, parameters: [String?]) {
        (
            "/* assay: \(group.check) */ SELECT id, key, user_id, NULL, NULL FROM (\n\(journal(group))\n) AS journal ORDER BY id",
            Self.group(group, group.ids, settings)
        )
    }
}
