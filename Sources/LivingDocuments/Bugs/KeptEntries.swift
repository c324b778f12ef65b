import AuditModel

/// The entries of one bug in a document.
struct KeptEntries {
    /// The one in which the bug goes on.
    var current: Entry?
    /// Copies, and those that an earlier version left behind.
    var others: [Entry]

    init(_ entries: [Entry], of check: String, for run: Run) {
        let own = entries.filter {
            $0.marker.kind == .bug && $0.marker.check == check && $0.marker.goesOn == nil && $0.marker.tells(of: run)
        }
        // One that names its database is not a copy of one that names none.
        let most = own.map(\.marker.precision).max() ?? 0
        let alike = own.filter { $0.marker.precision == most }
        current = alike.min { a, b in
            if a.marker.run != b.marker.run { return a.marker.run > b.marker.run }
            if a.isUntouched != b.isUntouched { return a.isUntouched }
            return a.range.lowerBound < b.range.lowerBound
        }
        let place = current?.range.lowerBound
        others = alike.filter { $0.range.lowerBound != place }
    }
}

extension EntryMarker {
    /// How much it says of its database.
    fileprivate var precision: Int { (database == nil ? 0 : 1) + (cluster == nil ? 0 : 1) }
}
