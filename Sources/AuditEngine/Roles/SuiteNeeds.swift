import AuditModel
import SQLSyntax

/// What the statements of a suite name, and so need privileges for.
struct SuiteNeeds {
    /// What a fix does to the table that it writes.
    struct Write {
        let table: TableName
        /// What the fix and an undo of it need, in the order of the words.
        let privileges: [String]
    }

    /// The tables, views and sequences that are read, sorted.
    private(set) var tables: [TableName] = []
    /// The functions that are called by name, sorted; without those that are said to be the server's.
    private(set) var functions: [TableName] = []
    /// The types that are named, sorted.
    private(set) var types: [TableName] = []
    /// Every schema that a name gives, sorted.
    private(set) var schemas: [String] = []
    /// Sorted by table.
    private(set) var writes: [Write] = []
    /// The tables that triggers write (`also_writes`), sorted.
    private(set) var alsoWritten: [TableName] = []
    /// Where statements stand that PostgreSQL 15's grammar refuses.
    private(set) var unread: [Statement.Place] = []

    private static let systemSchemas: Set = ["pg_catalog", "information_schema"]

    init(_ suite: Suite) {
        var tables: Set<TableName> = []
        var functions: Set<TableName> = []
        var types: Set<TableName> = []
        var writes: [TableName: Set<String>] = [:]
        var alsoWritten: Set<TableName> = []
        func parse(_ statement: Statement) -> ParsedStatement? {
            guard let parsed = try? ParsedSQL(NamedParameters(statement.text).text).statements.first else {
                unread.append(statement.place)
                return nil
            }
            functions.formUnion(parsed.functions.map { TableName(schema: $0.value.schema, name: $0.value.name) })
            types.formUnion(parsed.types)
            return parsed
        }
        for statement in suite.readingStatements { tables.formUnion(parse(statement)?.tables ?? []) }
        for case .violations(let work) in suite.checks.map(\.work) {
            guard let repair = work.repair, let fix = parse(repair.fix) else { continue }
            // Here it is what the query found; with a schema, or in a query, it is a table.
            tables.formUnion(fix.tables.filter { $0 != TableName(name: "violations") })
            alsoWritten.formUnion(repair.alsoWrites.compactMap { TableName($0) })
            if let target = fix.target {
                writes[target.table, default: []].formUnion(fix.kind == .update ? ["UPDATE"] : ["DELETE", "INSERT"])
            }
        }
        tables = tables.filter { !Self.systemSchemas.contains($0.schema ?? "") }
        functions = functions.filter { !Self.systemSchemas.contains($0.schema ?? "") }
        let schemas = Set(tables.union(functions).union(types).union(alsoWritten).compactMap(\.schema))
        self.tables = tables.sorted { $0.description < $1.description }
        self.functions = functions.sorted { $0.description < $1.description }
        self.types = types.sorted { $0.description < $1.description }
        self.schemas = schemas.subtracting(Self.systemSchemas).sorted()
        self.writes = writes.map { Write(table: $0.key, privileges: $0.value.sorted()) }
            .sorted { $0.table.description < $1.table.description }
        self.alsoWritten = alsoWritten.sorted { $0.description < $1.description }
    }
}

extension Suite {
    /// Every statement that an audit sends.
    fileprivate var readingStatements: [Statement] {
        let ofChecks = checks.flatMap { check -> [Statement] in
            switch check.work {
            case .violations(let work): return [work.find, work.scope].compactMap { $0 }
            case .statistic(let work): return [work.measure]
            // A probe is no part of an audit or a fix.
            case .probe: return []
            }
        }
        return ofChecks + [userLabels].compactMap { $0 }
    }
}
