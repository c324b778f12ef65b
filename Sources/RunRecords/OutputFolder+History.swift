package import AuditModel
import FoundationEssentials

extension OutputFolder {
    /// The part of a record that says which database a run met, and what it did to it.
    private struct Meeting: Decodable {
        struct Totals: Decodable {
            var repaired: Int?
        }

        var mode: Run.Mode
        var database: DatabaseIdentity
        var snapshots: Snapshots?
        /// In records of format 1.
        var snapshot: SnapshotIdentity?
        var totals: Totals

        var hasWritten: Bool { (mode == .fix || mode == .undo) && totals.repaired ?? 0 != 0 }
        var lsn: String? { snapshots?.after?.lsn ?? snapshots?.before.lsn ?? snapshot?.lsn }
    }

    /// Where the recorded runs found a database of this name; nil when there is no record of it.
    ///
    /// An audit may have read a copy: where the database is, the runs that wrote know best.
    package func known(_ database: String) -> KnownDatabase? {
        let meetings = meetings(of: database)
        guard !meetings.isEmpty else { return nil }
        var known = KnownDatabase()
        known.systemIdentifier = meetings.lazy.compactMap(\.1.database.systemIdentifier).first
        let same = meetings.filter {
            [known.systemIdentifier, nil].contains($0.1.database.systemIdentifier)
        }
        let writings = same.filter(\.1.hasWritten)
        known.lastWriting = writings.first?.0
        let telling = writings.isEmpty ? same : writings
        known.timeline = telling.lazy.compactMap(\.1.database.timeline).first
        known.address = telling.lazy.compactMap(\.1.database.address).first
        known.lsn = same.lazy.filter { $0.1.database.timeline == known.timeline }.compactMap(\.1.lsn).first
        return known
    }

    /// The newest first; what is older than a hundred runs tells little of where the database is now.
    private func meetings(of database: String) -> [(RunID, Meeting)] {
        FileSystem.names(in: runs).compactMap(RunID.init).sorted(by: >).prefix(100).compactMap { run in
            guard let data = try? Data(contentsOf: URL(filePath: "\(runs)/\(run)/run.json")),
                let meeting = try? JSONDecoder().decode(Meeting.self, from: data),
                meeting.database.name == database
            else { return nil }
            return (run, meeting)
        }
    }
}
