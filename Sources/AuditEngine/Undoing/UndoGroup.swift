import Postgres
import SQLSyntax

/// Journalled rows that one statement takes back: those of one check that one transaction wrote to one table.
struct UndoGroup: Sendable, Equatable {
    typealias Operation = RepairStatement.Operation

    var check: String
    var batch: Int
    /// With its schema, quoted where needed.
    var table: String
    /// What the fix did.
    var operation: Operation
    /// The first and last of its rows in the journal.
    var ids: ClosedRange<Int>
    var rows: Int
    /// The columns of the table's key, as they were.
    var key: [String]
    /// The columns of the table, as they were.
    var columns: [String]

    /// The journalled rows of the group that are not taken back, between two ids.
    var journal: String {
        """
        SELECT id, key, before, after, user_id FROM assay.repairs
        WHERE id BETWEEN $1 AND $2 AND run = $3 AND check_id = $4 AND batch = $5
            AND table_name = \(SQLText.quoted(literal: table)) AND operation = \(SQLText.quoted(literal: operation.rawValue))
            AND undone_by IS NULL AND \(UndoSettings.isOfUser(6))
        """
    }

    /// The parameters of `journal`.
    func parameters(of settings: UndoSettings) -> [String?] {
        [String(ids.lowerBound), String(ids.upperBound), settings.run, check, String(batch), settings.userParameter]
    }

    /// The groups of a run that can still be taken back, the last repaired first.
    static func read(_ settings: UndoSettings, on connection: borrowing Connection) throws -> [UndoGroup] {
        let table = try connection.query(
            """
            /* assay: undo */
            SELECT g.check_id, g.batch, g.table_name, g.operation, g.low, g.high, g.count, image.key, image.columns
            FROM (
                SELECT check_id, batch, table_name, operation, min(id) AS low, max(id) AS high, count(*) AS count
                FROM assay.repairs
                WHERE run = $1 AND undone_by IS NULL
                    AND ($2::text[] = '{}' OR check_id = ANY ($2::text[]))
                    AND \(UndoSettings.isOfUser(3))
                GROUP BY check_id, batch, table_name, operation
            ) AS g
            CROSS JOIN LATERAL (
                SELECT
                    ARRAY(SELECT jsonb_object_keys(r.key))::text AS key,
                    ARRAY(SELECT jsonb_object_keys(coalesce(r.after, r.before)))::text AS columns
                FROM assay.repairs AS r WHERE r.id = g.low
            ) AS image
            ORDER BY g.high DESC
            """,
            [settings.run, arrayLiteral(settings.checks), settings.userParameter]
        )
        return try table.rows.compactMap { row in
            guard let check = row[0], let table = row[2], let operation = row[3].flatMap(Operation.init),
                let low = row[4].flatMap({ Int($0) }), let high = row[5].flatMap({ Int($0) })
            else { return nil }
            // Files of the record are named after it.
            guard check.utf8.allSatisfy({ $0.isIDByte }), check.utf8.first != UInt8(ascii: "-"), !check.isEmpty else {
                throw AuditError.undoFailed(
                    "the journal holds rows of '\(check)', which can be no check's id: somebody else wrote to "
                        + "assay.repairs. Nothing was changed. Look at these rows first"
                )
            }
            return UndoGroup(
                check: check,
                batch: row[1].flatMap { Int($0) } ?? 0,
                table: table,
                operation: operation,
                ids: low...high,
                rows: row[6].flatMap { Int($0) } ?? 0,
                key: arrayElements(row[7] ?? "{}"),
                columns: arrayElements(row[8] ?? "{}")
            )
        }
    }
}

/// The elements of a PostgreSQL array of texts in text form.
func arrayElements(_ literal: String) -> [String] {
    var elements: [String] = []
    var element = ""
    var isQuoted = false
    var isEscaped = false
    for character in literal.dropFirst().dropLast().unicodeScalars {
        if isEscaped {
            element.unicodeScalars.append(character)
            isEscaped = false
        } else if character == "\\" {
            isEscaped = true
        } else if character == "\"" {
            isQuoted.toggle()
        } else if character == ",", !isQuoted {
            elements.append(element)
            element = ""
        } else {
            element.unicodeScalars.append(character)
        }
    }
    return literal == "{}" ? [] : elements + [element]
}

extension UInt8 {
    /// A byte that the id of a check can have.
    fileprivate var isIDByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
