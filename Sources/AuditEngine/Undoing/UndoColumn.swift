import Postgres
import SQLSyntax

/// The SQL for one column of a table, of whose values the journal holds the text.
struct UndoColumn: Sendable {
    let column: TableShape.Column

    var name: String { SQLText.quoted(identifier: column.name) }
    var literal: String { SQLText.quoted(literal: column.name) }

    /// The text that an image holds.
    func journalled(in image: String) -> String { "(\(image) ->> \(literal))" }

    /// The value of an image in the type that the column has now; what does not fit is cut or rounded.
    func value(in image: String) -> String {
        // The domain of a column that is left alone must not be asked, so each value is made on its own.
        let value = "\(journalled(in: image))::\(column.baseType)"
        return column.type == column.baseType ? value : "\(value)::\(column.type)"
    }

    /// A value as an image writes it.
    func text(of value: String) -> String {
        column.isImagedAsText ? "(\(value))::text" : "(to_jsonb(\(value)) #>> '{}')"
    }

    /// Whether the column takes the value of an image as it is; nil when it takes any.
    ///
    /// A type that was changed may write the same value otherwise: 1.5 as 1.5000, or a moment in another time zone.
    func isKept(in image: String) -> String? {
        guard !["text", "character varying", "bpchar"].contains(column.type) else { return nil }
        let (now, then) = (text(of: value(in: image)), journalled(in: image))
        guard let type = Self.comparisons[column.baseType] else { return "\(now) IS NOT DISTINCT FROM \(then)" }
        return "CASE WHEN \(now) IS NOT DISTINCT FROM \(then) THEN true "
            + "ELSE coalesce(\(now)::\(type) = \(then)::\(type), false) END"
    }

    /// Whether a row of the table still has the value of an image, to the last digit.
    func isUnchanged(_ row: String, since image: String) -> String {
        let same = "\(text(of: "\(row).\(name)")) IS NOT DISTINCT FROM \(text(of: value(in: image)))"
        return isKept(in: image).map { "(\(same) AND \($0))" } ?? "(\(same))"
    }

    /// The types that tell whether two texts mean one value, by the type of the column.
    private static let comparisons: [String: String] = {
        let numbers = ["smallint", "integer", "bigint", "numeric", "real", "double precision"]
        let moments = ["date", "timestamp without time zone", "timestamp with time zone"]
        return Dictionary(uniqueKeysWithValues: numbers.map { ($0, "numeric") })
            .merging(moments.map { ($0, "timestamptz") }) { first, _ in first }
            .merging(["bpchar", "bytea", "interval"].map { ($0, $0) }) { first, _ in first }
    }()
}
