import AuditModel
import Wording

/// Something that was written beside what may be written.
enum Trespass: Sendable, Equatable {
    typealias Counts = WriteCounters.Counts
    typealias Relation = WriteCounters.Relation

    case dropped(String)
    case seized(Relation)
    case altered(Relation)
    case written(Relation, Counts)
    case foreign(Relation)
    /// Files in the database, which are in no table of the user's.
    case largeObjects(Counts)
    case catalog(Relation, Counts)

    /// What was changed, such as `public.other`.
    var subject: String {
        switch self {
        case .dropped(let name): name
        case .seized(let relation), .altered(let relation), .written(let relation, _), .foreign(let relation),
            .catalog(let relation, _):
            relation.name
        case .largeObjects: "large objects"
        }
    }
}

extension Trespass: CustomStringConvertible {
    /// What a fix did, with the fix as `it`.
    var description: String {
        switch self {
        case .dropped(let name): "it dropped \(name) (by a trigger or a function)"
        case .seized(let relation) where relation.kind == "m", .altered(let relation) where relation.kind == "m",
            .written(let relation, _) where relation.kind == "m":
            "it refreshed or altered the materialized view \(relation.name) (by a trigger or a function); `also_writes` can allow it"
        case .seized(let relation):
            "it truncated or altered the table \(relation.name), or locked it as only that does (by a trigger or a function)"
        case .altered(let relation): "it created or altered \(relation.name) (by a trigger or a function)"
        case .written(let relation, let counts):
            "it wrote another table than `repairs` names: \(relation.name), \(counts.ofRows) (by a trigger, a cascade or a function)"
        case .foreign(let relation):
            "it wrote the foreign table \(relation.name), whose rows nobody counts here (by a trigger or a function)"
        case .largeObjects(let counts):
            "it wrote large objects, of which no journal has a copy: \(counts.inserted.grouped) created, "
                + "\(counts.deleted.grouped) removed (by a trigger such as lo_manage, or a function)"
        case .catalog(let relation, let counts):
            "it changed the server's catalog \(relation.name), \(counts.ofRows), as DDL, GRANT or COMMENT do (by a trigger or a "
                + "function)"
        }
    }
}

extension WriteCounters.Counts: CustomStringConvertible {
    /// Such as `1 inserted, 0 updated, 2 deleted`.
    var description: String { "\(inserted.grouped) inserted, \(updated.grouped) updated, \(deleted.grouped) deleted" }

    /// Such as `1 row inserted, 0 updated, 2 deleted`.
    var ofRows: String { "\(inserted.of("row")) inserted, \(updated.grouped) updated, \(deleted.grouped) deleted" }
}

extension WriteChanges {
    /// The first thing that was written and may not be; nil when there is none.
    ///
    /// - Parameters:
    ///   - dropped: the names of relations that were there before, and are gone.
    ///   - isAllowed: rows of this relation may be written; a materialized view may be refreshed.
    func trespass(dropped: [String], _ isAllowed: (Relation) -> Bool) -> Trespass? {
        let byName = { (one: Relation, other: Relation) in one.name < other.name }
        func isRefreshed(_ relation: Relation) -> Bool { relation.kind == "m" && isAllowed(relation) }
        // The table rather than its indexes.
        if let name = dropped.max() { return .dropped(name) }
        if let table = seized.filter({ !isRefreshed($0) }).min(by: byName) { return .seized(table) }
        if let relation = altered.filter({ !isRefreshed($0) }).min(by: byName) { return .altered(relation) }
        let foreigners = foreign.filter { !isAllowed($0) }
        if let table = foreigners.min(by: byName) { return .foreign(table) }
        let others = rows.keys.filter { !isAllowed($0) }.sorted(by: byName)
        if let table = others.first(where: { !$0.isCatalog }), let counts = rows[table] {
            return .written(table, counts)
        }
        let isExplained = createsTemporary || !gone.isEmpty || refreshes(isAllowed)
        let catalogs = others.filter { catalog in
            let name = catalog.name.dropFirst("pg_catalog.".count)
            return !Self.statistics.contains(String(name)) && !(isExplained && Self.structure.contains(String(name)))
        }
        if catalogs.contains(where: { $0.name.hasPrefix("pg_catalog.pg_largeobject") }) {
            return .largeObjects(
                catalogs.first { $0.name == "pg_catalog.pg_largeobject_metadata" }.flatMap { rows[$0] } ?? Counts()
            )
        }
        return catalogs.first.flatMap { catalog in rows[catalog].map { .catalog(catalog, $0) } }
    }

    /// A materialized view that may be was refreshed.
    func refreshes(_ isAllowed: (Relation) -> Bool) -> Bool {
        seized.union(rows.keys).contains { $0.kind == "m" && isAllowed($0) }
    }

    /// Catalogs that change with each temporary table and each refresh of a materialized view.
    private static let structure: Set = [
        "pg_class", "pg_attribute", "pg_attrdef", "pg_type", "pg_depend", "pg_shdepend", "pg_index", "pg_constraint",
        "pg_sequence", "pg_namespace",
    ]
    /// What the planner knows of tables is nobody's data.
    private static let statistics: Set = ["pg_statistic", "pg_statistic_ext_data"]
}
