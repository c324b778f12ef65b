import SQLSyntax

/// By what the rows of one user are found: the text of the user's value as the server sends it, and nothing else.
///
/// Values can be equal and not be the same text (`Ann@x` and `ann@x` as `citext`): these are two users, in each count and
/// for `--user`. NULL and the empty text are both no user.
struct UserCondition: Sendable, Equatable {
    /// The text, in the client's encoding; empty for rows without a user.
    let user: [UInt8]
    /// The name of the column's type.
    let type: String
    /// What the type's own equality can say beforehand, so that an index serves the query.
    let hint: Hint

    enum Hint: Sendable, Equatable {
        /// The type has no equality.
        case none
        case isEqual
        case isNull
        case isNullOrEqual
    }

    /// The condition on a column of a relation.
    ///
    /// - Parameters:
    ///   - text: the parameter with `textParameter`.
    ///   - value: the one with `valueParameter`.
    func sql(_ relation: String, _ column: String, text: String, value: String) -> String {
        let name = "\(relation).\(SQLText.quoted(identifier: column))"
        // The cast cuts nothing off: the text is what the server makes of a value of the type.
        let isEqual = "\(name) = \(value)::\(type)"
        let isText = "\(Self.bytes(relation, column)) = \(text)::bytea"
        return switch hint {
        case .none: isText
        case .isEqual: "\(isEqual) AND \(isText)"
        case .isNull: "\(name) IS NULL AND \(isText)"
        case .isNullOrEqual: "(\(name) IS NULL OR \(isEqual)) AND \(isText)"
        }
    }

    var textParameter: [UInt8] { byteaLiteral(user) }

    /// The value, of the column's own type; nil where the condition has no such parameter.
    var valueParameter: [UInt8]? {
        switch hint {
        case .isEqual, .isNullOrEqual: user
        case .none, .isNull: nil
        }
    }

    /// The parameters of a frame, in order.
    var parameters: [[UInt8]?] { [textParameter] + (valueParameter.map { [$0] } ?? []) }

    /// The bytes that the server sends of a column's value; those of an empty text for NULL.
    static func bytes(_ relation: String, _ column: String) -> String {
        "pg_catalog.textsend(\(text(relation, column)))"
    }

    /// The text of a column's value, which a cast to text would not be for every type; empty for NULL.
    static func text(_ relation: String, _ column: String) -> String {
        "pg_catalog.format('%s', \(relation).\(SQLText.quoted(identifier: column)))"
    }
}
