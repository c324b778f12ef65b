import AuditModel
import FoundationEssentials

extension OutputFolder {
    /// The part of a record that says which database a run read.
    private struct Identity: Decodable {
        var database: DatabaseIdentity
    }

    /// The cluster on which the newest recorded run found a database of this name; nil when no record tells.
    package func lastCluster(of database: String) -> String? {
        let newestFirst = FileSystem.names(in: runs).compactMap(RunID.init).sorted(by: >)
        // What is older than that tells little of where the database is now.
        for run in newestFirst.prefix(100) {
            guard let data = try? Data(contentsOf: URL(filePath: "\(runs)/\(run)/run.json")),
                let identity = try? JSONDecoder().decode(Identity.self, from: data).database,
                identity.name == database
            else { continue }
            return identity.systemIdentifier
        }
        return nil
    }
}
