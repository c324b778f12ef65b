import AuditModel
import Glibc
import Postgres

/// Refuses to write to a database that is not the one it should be.
enum WriteGuard {
    /// Looks at the database of the connection's open transaction.
    ///
    /// - Parameters:
    ///   - expected: the only database that may be written to.
    ///   - cluster: the cluster that a person has named; then nothing else is compared.
    ///   - known: where earlier runs found the database.
    static func check(
        expected: String?,
        cluster: String?,
        known: KnownDatabase?,
        on connection: borrowing Connection
    ) throws {
        if let refusal = refusal(ofServer: connection.server.version, connection.server.versionText) {
            throw AuditError.notPermitted(refusal)
        }
        let name = try connection.query("/* assay: run */ SELECT current_database()").firstValue ?? ""
        if let expected, expected != name {
            throw AuditError.unexpectedDatabase(found: name, expected: expected)
        }
        if connection.server.isStandby {
            throw AuditError.notPermitted(
                "this server is a standby, which takes no writes. Nothing was changed. Name the primary with --database."
            )
        }
        let place = ServerPlace.read(on: connection)
        if let cluster = cluster ?? known?.systemIdentifier, let found = place.systemIdentifier, found != cluster {
            throw copy(
                of: name,
                "is on another cluster than the one expected, the last run's or that of --expect-cluster: "
                    + "\(cluster), and this one is \(found)",
                place
            )
        }
        guard cluster == nil, let known else { return }
        if let difference = try difference(from: known, at: place, on: connection) {
            throw copy(of: name, difference, place)
        }
    }

    /// Why a server is too old for repairs; nil when it is not.
    static func refusal(ofServer version: Int, _ text: String) -> String? {
        guard version < 120_000 else { return nil }
        return "--fix and undo need PostgreSQL 12 or newer, and this server is \(text). Nothing was changed. "
            + "`assay audit` without --fix works here."
    }

    /// What tells this server from the one that earlier runs met, though the cluster's number is the same.
    private static func difference(
        from known: KnownDatabase,
        at place: ServerPlace,
        on connection: borrowing Connection
    ) throws -> String? {
        if let earlier = known.timeline, let found = place.timeline, earlier != found {
            return "is on timeline \(found), and earlier runs found timeline \(earlier): this server was promoted or "
                + "restored, or the other one was"
        }
        if let earlier = known.address, let address = place.address, isSocket(earlier) == isSocket(address),
            resolved(earlier) != resolved(address)
        {
            return "is at \(address), and earlier runs found it at \(earlier)"
        }
        if known.timeline != nil, known.timeline == place.timeline, let earlier = known.lsn, let found = place.lsn,
            let before = position(earlier), let now = position(found), now < before
        {
            return "has its write-ahead log at \(found), and an earlier run found it at \(earlier) already: this is an "
                + "older state"
        }
        if let run = known.lastWriting, try !hasJournalled(run, on: connection) {
            return
                "has a journal that does not hold the run \(run), which changed rows: this is an older state, or the "
                + "journal was removed"
        }
        return nil
    }

    private static func copy(of name: String, _ difference: String, _ place: ServerPlace) -> AuditError {
        .notPermitted(
            "the database '\(name)' \(difference). Nothing was changed. It may be a copy. If it is the right one, say so "
                + "with --expect-cluster \(place.systemIdentifier ?? "NUMBER")."
        )
    }

    private static func isSocket(_ address: String) -> Bool { address.hasPrefix("/") }

    /// A socket's path without links, since one folder has two names on many systems.
    private static func resolved(_ address: String) -> String {
        guard isSocket(address), let colon = address.lastIndex(of: ":"),
            let path = realpath(String(address[..<colon]), nil)
        else { return address }
        defer { free(path) }
        return String(cString: path) + address[colon...]
    }

    /// Such as `5/A1B2C3D8`.
    private static func position(_ text: String) -> UInt64? {
        let halves = text.split(separator: "/").map { UInt64($0, radix: 16) }
        guard halves.count == 2, let high = halves[0], let low = halves[1] else { return nil }
        return high << 32 | low
    }

    /// True when the role may not look, too.
    private static func hasJournalled(_ run: RunID, on connection: borrowing Connection) throws -> Bool {
        guard try Journal.exists(on: connection) else { return false }
        let found = try? connection.withSavepoint {
            try connection.query("/* assay: run */ SELECT FROM assay.runs WHERE id = $1", [run.description])
        }
        return found.map { !$0.rows.isEmpty } ?? true
    }
}
