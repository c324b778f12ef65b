/// What was written between two readings of the counters.
struct WriteChanges: Sendable, Equatable {
    typealias Counts = WriteCounters.Counts
    typealias Relation = WriteCounters.Relation

    /// Rows by relation, the catalogs among them; those without a change are left out.
    private(set) var rows: [Relation: Counts]
    /// Tables that were truncated, altered, or locked as only that does.
    private(set) var seized: Set<Relation>
    private(set) var altered: Set<Relation>
    /// Foreign tables that were written.
    private(set) var foreign: Set<Relation>
    /// The ids of relations that were dropped, temporary ones among them.
    private(set) var gone: Set<String>
    private(set) var createsTemporary: Bool

    init(from earlier: WriteCounters, to later: WriteCounters) {
        rows = later.rows.reduce(into: [:]) { rows, entry in
            let change = entry.value - (earlier.rows[entry.key] ?? Counts())
            if change != Counts() { rows[entry.key] = change }
        }
        seized = later.seized.subtracting(earlier.seized)
        altered = later.altered.subtracting(earlier.altered)
        foreign = later.foreign.subtracting(earlier.foreign)
        gone = later.gone.subtracting(earlier.gone)
        createsTemporary = !later.temporary.subtracting(earlier.temporary).isEmpty
    }

    /// Rows by the name of the table, partitions counted for their root; without the server's catalogs.
    var tables: [String: Counts] {
        rows.reduce(into: [:]) { tables, entry in
            guard !entry.key.isCatalog else { return }
            tables[entry.key.root, default: Counts()] += entry.value
        }
    }

    /// Rows of a table and all its partitions.
    func counts(of table: String) -> Counts {
        rows.reduce(into: Counts()) { if $1.key.lineage.contains(table) { $0 += $1.value } }
    }
}

extension WriteCounters.Counts {
    static func += (one: inout Self, other: Self) {
        one.inserted += other.inserted
        one.updated += other.updated
        one.deleted += other.deleted
    }
}

extension WriteCounters {
    /// What was written since earlier counters.
    func since(_ earlier: WriteCounters) -> WriteChanges { WriteChanges(from: earlier, to: self) }
}
