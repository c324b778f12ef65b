import AuditModel
import Postgres

extension MeasuringContext {
    /// By what the rows of one user are found in a check's query.
    ///
    /// - Parameters:
    ///   - user: as `--user` has it.
    ///   - column: the one that the check's `user:` names.
    func condition(
        for user: [UInt8],
        _ column: StatementShape.Column,
        of statement: Statement,
        of check: Check,
        on connection: borrowing Connection
    ) throws -> UserCondition {
        let written = try spelling(user, as: column, of: check, on: connection)
        let hint: UserCondition.Hint =
            switch written {
            case .text: user.isEmpty ? .isNullOrEqual : .isEqual
            case .none: .isNull
            case .unreadable, .tooLong: .none
            }
        var text = user
        if case .text(let spelling) = written, !user.isEmpty { text = spelling }
        let condition = UserCondition(user: text, type: column.typeName, hint: hint)
        let bound = try bind(statement, of: check, in: .ofUser(condition, column.name), extra: condition.parameters)
        // A text that is no UTF-8 is compared as bytes only.
        let isText = String(validating: text, as: UTF8.self) != nil
        return try isText && isAccepted(bound, on: connection)
            ? condition : UserCondition(user: text, type: column.typeName, hint: .none)
    }

    /// A check's query, narrowed to one user.
    func narrowed(
        _ statement: Statement,
        of check: Check,
        to user: [UInt8],
        _ column: StatementShape.Column,
        on connection: borrowing Connection
    ) throws -> BoundStatement {
        let condition = try condition(for: user, column, of: statement, of: check, on: connection)
        return try bind(statement, of: check, in: .ofUser(condition, column.name), extra: condition.parameters)
    }

    /// What a user's id is to a type.
    private enum Spelling {
        /// How the server writes the value that it is read as, such as a UUID in small letters.
        case text([UInt8])
        /// It is empty, and that is no value of the type.
        case none
        /// Values of the type are only written, such as anonymous rows.
        case unreadable
        /// The column's length or precision has no room for it, so that it is nobody's.
        case tooLong
    }

    private func spelling(
        _ user: [UInt8],
        as column: StatementShape.Column,
        of check: Check,
        on connection: borrowing Connection
    ) throws -> Spelling {
        let type = column.typeName
        // A length or a precision would cut the value in silence.
        let isWhole = type.contains("(") ? "$1 = $1::\(type)" : "true"
        let sql = "\(BoundStatement.comment(check.id)) SELECT pg_catalog.format('%s', $1::\(type)), \(isWhole)"
        var spelling = Spelling.none
        do {
            _ = try connection.withSavepoint {
                try connection.stream(sql, bytes: [user]) { row in
                    spelling = row.text(1) == "t" ? .text(row.bytes(0).map { Array($0) } ?? []) : .tooLong
                }
            }
        } catch let error as PostgresError where error.sqlState?.errorClass == "0A" {
            return .unreadable
        } catch let error as PostgresError where error.isAboutValue {
            if user.isEmpty { return .none }
            throw AuditError.wrongUsage(
                "the user '\(String(decoding: user, as: UTF8.self))' cannot be one of the check '\(check.id)', which "
                    + "names its users by '\(column.name)' of the type \(type). Give --user such a value, or choose "
                    + "the checks with --check"
            )
        }
        return spelling
    }

    /// Whether the server takes a statement; where not, the transaction goes on.
    func isAccepted(_ bound: BoundStatement, on connection: borrowing Connection) throws -> Bool {
        do {
            _ = try connection.withSavepoint { try connection.describe(bound.sql) }
            return true
        } catch let error as PostgresError where error.sqlState?.errorClass == "42" {
            return false
        }
    }
}

extension PostgresError {
    /// A value is none of the type that it is read as.
    var isAboutValue: Bool {
        guard let sqlState, sqlState != .insufficientPrivilege else { return false }
        // 42 is that of names that are none, such as those of tables.
        return ["22", "23", "42", "P0"].contains(sqlState.errorClass)
    }
}
