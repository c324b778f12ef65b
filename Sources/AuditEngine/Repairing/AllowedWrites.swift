import Postgres
import SQLSyntax

/// What `also_writes` allows, as the database knows it.
struct AllowedWrites: Sendable, Equatable {
    /// A name that allows nothing; the whole reason.
    struct Mistake: Error, Equatable {
        let message: String
    }

    /// The ids of the relations.
    private(set) var ids: Set<String> = []

    /// Looks the names up, each as `also_writes` has it: exact, and without quotes.
    static func read(_ names: [String], on connection: borrowing Connection) throws -> AllowedWrites {
        var allowed = AllowedWrites()
        for name in names {
            let found = try RelationName.read(name, on: connection)
            guard let found else {
                throw Mistake(message: "the table \(name), which `also_writes` names, does not exist here")
            }
            switch found.kind {
            case "r", "p", "m", "f": allowed.ids.insert(found.id)
            case "v":
                throw Mistake(
                    message:
                        "\(name), which `also_writes` names, is a view: name the tables that are written through it"
                )
            default: throw Mistake(message: "\(name), which `also_writes` names, is \(found.word), and no table")
            }
        }
        return allowed
    }

    /// A table, or the table of which it is a partition, is allowed.
    func contains(_ relation: WriteCounters.Relation) -> Bool { relation.lineage.contains(where: ids.contains) }
}

/// A relation as a check file names it.
struct RelationName: Sendable, Equatable {
    var id: String
    /// As the catalog writes it, such as `r` for a table.
    var kind: String

    /// Nil when the database has none of that name.
    static func read(_ name: String, on connection: borrowing Connection) throws(PostgresError) -> RelationName? {
        let row = try connection.query(
            "/* assay: catalog */ SELECT oid, relkind FROM pg_class WHERE oid = (SELECT to_regclass($1))",
            [TableName(name)?.quoted ?? name]
        ).rows.first
        guard let row, let id = row[0], let kind = row[1] else { return nil }
        return RelationName(id: id, kind: kind)
    }

    /// Why a fix cannot repair what is no table of this database.
    static func whyUnrepairable(_ name: String, on connection: borrowing Connection) throws(PostgresError) -> String {
        guard let found = try read(name, on: connection) else { return "there is no table \(name) here" }
        let advice =
            found.kind == "v" || found.kind == "m" ? "; name the table that it shows in `repairs`, and write that" : ""
        return "\(name) is \(found.word), and only a table can be repaired\(advice)"
    }

    /// With its article, such as `a view`.
    var word: String {
        switch kind {
        case "r", "p": "a table"
        case "v": "a view"
        case "m": "a materialized view"
        case "f": "a foreign table"
        case "S": "a sequence"
        case "i", "I": "an index"
        default: "a composite type"
        }
    }
}
