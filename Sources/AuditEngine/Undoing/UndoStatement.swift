import Postgres
import SQLSyntax

/// The statements that take a group of journalled rows back, and that say why some of them stay.
///
/// A row is taken back only while it is what the fix made of it: all columns that the journal and the table both have are
/// compared, but for those that the server computes.
struct UndoStatement: Sendable {
    let group: UndoGroup
    let table: TableShape
    private let key: [TableShape.Column]
    /// Columns that are not compared: added or dropped since, or computed.
    let apart: [String]
    /// Columns in which a row need not be what it was: those apart, but for values that have nowhere to go back to.
    private let excused: [String]
    /// The columns that an `UPDATE` changed.
    private let changed: [String]

    /// Why nothing of a group can be taken back.
    struct Impossible: Error {
        let reason: String
    }

    /// - Parameter changed: the columns that an `UPDATE` changed.
    init(_ group: UndoGroup, table: TableShape?, changed: [String]) throws(Impossible) {
        guard let table else { throw Impossible(reason: "the table \(group.table) is not there any more") }
        let columns = table.columns.map(\.name)
        key = try group.key.map { name throws(Impossible) in
            guard let column = table.columns.first(where: { $0.name == name }) else {
                throw Impossible(reason: "the key column '\(name)' is not there any more")
            }
            return column
        }
        self.group = group
        self.table = table
        let generated = table.columns.filter(\.isGenerated).map(\.name)
        let added = columns.filter { !group.columns.contains($0) }
        let gone = group.columns.filter { !columns.contains($0) }
        apart = generated + added + gone
        excused = generated + added + (group.operation == .update ? gone.filter { !changed.contains($0) } : [])
        self.changed = changed.filter { columns.contains($0) && !generated.contains($0) }
        if group.operation == .update, self.changed.isEmpty {
            throw Impossible(
                reason: changed.isEmpty
                    ? "the fix changed nothing in it" : "the columns that the fix changed are not there any more"
            )
        }
    }

    /// The name by which the server's counters know the table.
    var root: String { table.root }

    /// What each row of the result of `text` holds, in this order.
    enum Result {
        static let key = 0, user = 1, before = 2, after = 3
        /// The columns that did not come back as they were.
        static let inexact = 4
    }

    /// Takes back, marks in the journal, and returns the rows before and after.
    ///
    /// The planner takes the journal for a row or two, so that it would join it row by row: where there is no index for
    /// that, the statement must not leave it the choice, or its time grows with the square of the rows.
    var text: String {
        """
        /* assay: \(group.check) */
        WITH journal AS MATERIALIZED (
        \(Self.journal(group))
        ), \(undone), marked AS (
            UPDATE assay.repairs AS entry SET undone_by = $7 FROM undone WHERE entry.id = undone.id
        )
        SELECT undone.key, undone.user_id, undone.before, undone.after,
            CASE WHEN undone.after - $8::text[] <> undone.wanted - $8::text[] THEN (
                SELECT string_agg(e.key, ', ' ORDER BY e.key) FROM jsonb_each(undone.wanted - $8::text[]) AS e
                WHERE coalesce(undone.after -> e.key, 'null') <> e.value
            ) END
        FROM undone
        """
    }

    /// The journalled rows of the group that are not taken back, in a range of ids.
    static func journal(_ group: UndoGroup) -> String {
        """
        SELECT id, key, before, after, user_id FROM assay.repairs
        WHERE id BETWEEN $1 AND $2 AND run = $3 AND check_id = $4 AND batch = $5
            AND table_name = \(SQLText.quoted(literal: group.table))
            AND operation = \(SQLText.quoted(literal: group.operation.rawValue))
            AND undone_by IS NULL AND \(UndoSettings.isOfUser(6))
        """
    }

    /// The parameters of `text`.
    ///
    /// - Parameter undo: the id of the run that takes back.
    func parameters(_ ids: ClosedRange<Int>, of settings: UndoSettings, undo: String) -> [String?] {
        let compared = [arrayLiteral(excused)] + (group.operation == .delete ? [] : [arrayLiteral(apart)])
        return Self.group(group, ids, settings) + [undo] + compared
    }

    static func group(_ group: UndoGroup, _ ids: ClosedRange<Int>, _ settings: UndoSettings) -> [String?] {
        [
            String(ids.lowerBound), String(ids.upperBound), settings.run, group.check, String(group.batch),
            settings.userParameter,
        ]
    }

    private var undone: String {
        switch group.operation {
        case .insert:
            """
            undone AS (
                DELETE FROM \(table.name) AS target USING journal
                WHERE \(isKey(of: "target")) AND \(isUnchanged)
                RETURNING journal.id, journal.key, journal.user_id, \(image) AS before, NULL::jsonb AS after,
                    NULL::jsonb AS wanted
            )
            """
        case .update:
            """
            undone AS (
                UPDATE \(table.name) AS target
                SET \(changed.map(assignment).joined(separator: ", "))
                FROM journal
                WHERE \(isKey(of: "target")) AND \(isUnchanged) AND journal.before IS NOT NULL
                RETURNING journal.id, journal.key, journal.user_id, journal.after AS before,
                    \(image) AS after, journal.before AS wanted
            )
            """
        case .delete:
            """
            inserted AS (
                INSERT INTO \(table.name) AS target (\(restored.map(quoted).joined(separator: ", ")))
                OVERRIDING SYSTEM VALUE
                SELECT \(restored.map(previous).joined(separator: ", "))
                FROM journal
                WHERE NOT EXISTS (SELECT FROM \(table.name) AS present WHERE \(isKey(of: "present")))
                ON CONFLICT DO NOTHING
                RETURNING true AS is_back, \(image) AS after, \(keys)
            ), undone AS (
                SELECT journal.id, journal.key, journal.user_id, NULL::jsonb AS before, inserted.after,
                    journal.before AS wanted
                -- A full join is never done row by row; a coalesce does not let the planner make it an inner one.
                FROM inserted FULL JOIN journal ON \(isInserted)
                WHERE coalesce(inserted.is_back, false)
            )
            """
        }
    }

    /// The key of a row that was inserted again.
    private var keys: String {
        key.indices.map { "target.\(quoted(key[$0].name)) AS key_\($0)" }.joined(separator: ", ")
    }

    private var isInserted: String {
        key.indices.map { "inserted.key_\($0) = \(journalled(key[$0]))" }.joined(separator: " AND ")
    }

    /// The columns of a deleted row that can be written again.
    private var restored: [String] {
        table.columns.filter { !$0.isGenerated && group.columns.contains($0.name) }.map(\.name)
    }

    /// A column that the fix left alone in this row keeps its value.
    private func assignment(_ column: String) -> String {
        let name = quoted(column)
        let literal = SQLText.quoted(literal: column)
        return """
            \(name) = CASE WHEN journal.before -> \(literal) IS DISTINCT FROM journal.after -> \(literal) \
            THEN \(previous(column)) ELSE target.\(name) END
            """
    }

    /// The row in the table as an image.
    var image: String { table.image(of: "target") }

    /// The value that a column had before the fix.
    private func previous(_ column: String) -> String {
        // Each on its own: a whole record would ask the domains of columns, too, that are left alone.
        let type = table.columns.first { $0.name == column }?.type ?? "text"
        return "(journal.before ->> \(SQLText.quoted(literal: column)))::\(type)"
    }

    private var isUnchanged: String {
        "\(image) - $9::text[] = journal.after - $9::text[]"
    }

    func isKey(of table: String) -> String {
        key.map { "\(table).\(quoted($0.name)) = \(journalled($0))" }.joined(separator: " AND ")
    }

    private func journalled(_ column: TableShape.Column) -> String {
        "(journal.key ->> \(SQLText.quoted(literal: column.name)))::\(column.type)"
    }

    private func quoted(_ name: String) -> String { SQLText.quoted(identifier: name) }
}
