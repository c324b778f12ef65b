import Postgres

/// Watches a transaction from its first statement on, and tells at its end what was written.
struct WriteWitness: Sendable {
    private let counters: WriteCounters

    /// Knows the relations as they are now, should one be dropped: nothing is fetched unless that happens.
    private static let cursor = "assay_relations"

    static func begin(on connection: borrowing Connection) throws -> WriteWitness {
        let counters = try WriteCounters.read(on: connection)
        try connection.execute(
            """
            /* assay: counters */
            DECLARE \(cursor) NO SCROLL CURSOR FOR
            SELECT c.oid, CASE c.relkind WHEN 'v' THEN 'the view ' WHEN 'm' THEN 'the materialized view '
                WHEN 'f' THEN 'the foreign table ' WHEN 'S' THEN 'the sequence ' WHEN 'i' THEN 'the index '
                ELSE 'the table ' END || format('%I.%I', n.nspname, c.relname)
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relpersistence <> 't'
                AND c.relkind <> 't'
            """
        )
        return WriteWitness(counters: counters)
    }

    /// What was written since, and the names of what was dropped.
    func end(on connection: borrowing Connection) throws -> (changes: WriteChanges, dropped: [String]) {
        let changes = try WriteCounters.read(on: connection).since(counters)
        guard !changes.gone.isEmpty else { return (changes, []) }
        var dropped: [String] = []
        _ = try connection.stream("FETCH ALL FROM \(Self.cursor)") { row in
            if let id = row.text(0), changes.gone.contains(id) { dropped.append(row.text(1) ?? "") }
        }
        return (changes, dropped)
    }
}
