import AuditModel
import Postgres

/// Leaves out the users that cannot be values of an array parameter's type, such as e-mail addresses of one check where
/// the query of another takes UUIDs: one of them would make the statement fail for all.
struct UserFilter: Sendable {
    /// The parameter's type, such as `uuid[]`.
    let arrayType: String

    func readable(_ users: [[UInt8]], on connection: borrowing Connection) throws -> [[UInt8]] {
        if ["text[]", "character varying[]"].contains(arrayType) { return users }
        let likely = users.filter(isLikely)
        if try likely.isEmpty || areReadable(likely[...], on: connection) { return likely }
        if connection.server.version >= 160_000 { return try valid(likely, on: connection) }
        return try readableParts(of: likely[...], on: connection)
    }

    /// Tells most of them apart without the server; what the server writes as a value of the type is always likely.
    private func isLikely(_ user: [UInt8]) -> Bool {
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        return switch arrayType {
        case "uuid[]":
            user.count == 36
                && user.allSatisfy { isDigit($0) || (0x61...0x66).contains($0) || $0 == UInt8(ascii: "-") }
        case "smallint[]", "integer[]", "bigint[]":
            user.count <= 20 && (user.first == UInt8(ascii: "-") ? user.dropFirst() : user[...]).allSatisfy(isDigit)
        default: true
        }
    }

    private func areReadable(_ users: ArraySlice<[UInt8]>, on connection: borrowing Connection) throws -> Bool {
        do {
            _ = try connection.withSavepoint {
                try connection.query(
                    "/* assay: users */ SELECT pg_catalog.cardinality($1::\(arrayType))",
                    bytes: [arrayLiteral(Array(users))]
                )
            }
            return true
        } catch let error as PostgresError where error.isAboutValue {
            return false
        }
    }

    /// Asks a server that can say so of each value.
    private func valid(_ users: [[UInt8]], on connection: borrowing Connection) throws -> [[UInt8]] {
        var valid: [[UInt8]] = []
        _ = try connection.stream(
            """
            /* assay: users */ SELECT id FROM pg_catalog.unnest($1::text[]) AS given (id)
            WHERE pg_catalog.pg_input_is_valid(id, $2)
            """,
            bytes: [arrayLiteral(users), Array(arrayType.dropLast(2).utf8)]
        ) { row in
            if let id = row.bytes(0) { valid.append(Array(id)) }
        }
        return valid
    }

    /// Halves what an older server refuses, down to the values that it refuses.
    private func readableParts(
        of users: ArraySlice<[UInt8]>,
        on connection: borrowing Connection
    ) throws -> [[UInt8]] {
        if try areReadable(users, on: connection) { return Array(users) }
        guard users.count > 1 else { return [] }
        let middle = users.startIndex + users.count / 2
        return try readableParts(of: users[..<middle], on: connection)
            + readableParts(of: users[middle...], on: connection)
    }
}
