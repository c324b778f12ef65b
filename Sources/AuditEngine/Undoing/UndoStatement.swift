import Postgres
import SQLSyntax

/// The statements that take a group of journalled rows back, and that say why some of them stay.
///
/// A row is taken back only while it is what the fix made of it, and only as what it was: all columns that the journal and
/// the table both have are compared to the last digit, but for those that the server computes.
struct UndoStatement: Sendable {
    let group: UndoGroup
    let table: TableShape
    let key: [UndoColumn]
    /// The columns that the journal and the table both have, and that the server does not compute; by name.
    let shared: [UndoColumn]
    /// Columns of images that are not compared: added or dropped since, or computed.
    let apart: [String]
    /// The columns that are written: those that an `UPDATE` changed, and all of a deleted row.
    let restored: [UndoColumn]
    /// Dropped or renamed columns, whose values do not come back, which is told.
    let homeless: [String]

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
            return UndoColumn(column: column)
        }
        self.group = group
        self.table = table
        let generated = table.columns.filter(\.isGenerated).map(\.name)
        let gone = group.columns.filter { !columns.contains($0) }.sorted()
        apart = generated + gone + columns.filter { !group.columns.contains($0) }
        let shared = table.columns.filter { !$0.isGenerated && group.columns.contains($0.name) }
            .sorted { $0.name < $1.name }.map { UndoColumn(column: $0) }
        self.shared = shared
        switch group.operation {
        case .insert:
            restored = []
            homeless = []
        case .delete:
            restored = shared
            homeless = gone
        case .update:
            restored = shared.filter { changed.contains($0.column.name) }
            homeless = gone.filter { changed.contains($0) }
            guard restored.isEmpty else { break }
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
    ///
    /// - Parameter picked: only rows of a list of ids, the last parameter.
    func text(picked: Bool) -> String {
        """
        /* assay: \(group.check) */
        WITH journal AS MATERIALIZED (
        \(group.journal)\(picked ? " AND id = ANY ($8::bigint[])" : "")
        ), \(undone), marked AS (
            UPDATE assay.repairs AS entry SET undone_by = $7 FROM undone WHERE entry.id = undone.id
        )
        SELECT undone.key, undone.user_id, undone.before, undone.after, \(inexact) FROM undone
        """
    }

    /// - Parameters:
    ///   - ids: the rows to take back; all of the group when nil.
    ///   - undo: the id of the run that takes back.
    func parameters(_ ids: [Int]?, of settings: UndoSettings, undo: String) -> [String?] {
        group.parameters(of: settings) + [undo] + (ids.map { [arrayLiteral($0.map(String.init))] } ?? [])
    }

    private var undone: String {
        switch group.operation {
        case .insert:
            """
            undone AS (
                DELETE FROM \(table.own) AS target USING journal
                WHERE \(isKey(of: "target")) AND \(isUnchanged)
                RETURNING journal.id, journal.key, journal.user_id, \(image) AS before, NULL::jsonb AS after,
                    NULL::jsonb AS wanted
            )
            """
        case .update:
            """
            undone AS (
                UPDATE \(table.own) AS target
                SET \(restored.map(assignment).joined(separator: ", "))
                FROM journal
                WHERE \(isKey(of: "target")) AND journal.before IS NOT NULL AND \(isUnchanged) AND \(isRestorable)
                RETURNING journal.id, journal.key, journal.user_id, journal.after AS before,
                    \(image) AS after, journal.before AS wanted
            )
            """
        case .delete:
            // Without ON CONFLICT, which a deferrable constraint does not take, and which would hide what a trigger does.
            """
            inserted AS (
                INSERT INTO \(table.name) AS target (\(restored.map(\.name).joined(separator: ", ")))
                OVERRIDING SYSTEM VALUE
                SELECT \(restored.map { $0.value(in: "journal.before") }.joined(separator: ", "))
                FROM journal
                WHERE \(hasKey) AND NOT EXISTS (SELECT FROM \(table.own) AS present WHERE \(isKey(of: "present")))
                    AND \(isRestorable)
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
        key.indices.map { "target.\(key[$0].name) AS key_\($0)" }.joined(separator: ", ")
    }

    private var isInserted: String {
        key.indices.map { "inserted.key_\($0) = \(journalled(key[$0]))" }.joined(separator: " AND ")
    }

    /// A column that the fix left alone in this row keeps its value.
    private func assignment(_ column: UndoColumn) -> String {
        "\(column.name) = CASE WHEN \(isChanged(column.literal)) THEN \(column.value(in: "journal.before")) "
            + "ELSE target.\(column.name) END"
    }

    /// The columns in which a row that came back is another one; the images tell where nothing needs to be compared.
    private var inexact: String {
        guard group.operation != .insert else { return "NULL" }
        let names = shared.map { column in
            "CASE WHEN undone.after ->> \(column.literal) IS DISTINCT FROM "
                + "\(column.text(of: column.value(in: "undone.wanted"))) THEN \(column.literal) END"
        }
        let lost = homeless.map { name in
            let literal = SQLText.quoted(literal: name)
            let value = "undone.wanted ->> \(literal)"
            let isLost =
                group.operation == .update
                ? "\(value) IS DISTINCT FROM undone.before ->> \(literal)" : "\(value) IS NOT NULL"
            return "CASE WHEN \(isLost) THEN \(literal) END"
        }
        return """
            nullif(array_to_string(ARRAY[\(lost.joined(separator: ", "))]::text[] || \
            CASE WHEN (undone.after\(withoutApart))::text <> (undone.wanted\(withoutApart))::text \
            THEN ARRAY[\(names.joined(separator: ", "))] END, ', '), '')
            """
    }
}
