/// Which suite a run executed.
package struct SuiteSummary: Sendable, Equatable {
    /// The suite's `id`.
    package var name: String
    package var title: String
    /// Where the suite's files lay, as the user named it; nil in a record of format 1.
    package var path: String?
    /// `sha256:` and 64 hexadecimal digits over the suite's files.
    package var digest: String

    package init(name: String, title: String, path: String? = nil, digest: String) {
        self.name = name
        self.title = title
        self.path = path
        self.digest = digest
    }
}

/// Which database a run read, as the server itself tells it.
package struct DatabaseIdentity: Sendable, Equatable {
    package var name: String
    /// The server's host name, or the folder of its socket.
    package var host: String?
    package var port: Int?
    /// The role the run was connected as.
    package var user: String
    /// Such as `15.18`.
    package var serverVersion: String
    /// The cluster's own number, which copies of a cluster share; nil when the role may not read it.
    package var systemIdentifier: String?
    /// The cluster's timeline, which a promoted copy counts up; nil when the role may not read it.
    package var timeline: Int?
    /// The server's own address and port, or the path of its socket; nil where a pooler hides it.
    package var address: String?
    /// The time zone in which the database's SQL was evaluated.
    package var timeZone: String?

    package init(
        name: String,
        host: String?,
        port: Int?,
        user: String,
        serverVersion: String,
        systemIdentifier: String?,
        timeline: Int? = nil,
        address: String? = nil,
        timeZone: String? = nil
    ) {
        self.name = name
        self.host = host
        self.port = port
        self.user = user
        self.serverVersion = serverVersion
        self.systemIdentifier = systemIdentifier
        self.timeline = timeline
        self.address = address
        self.timeZone = timeZone
    }
}

/// Which state of the database a run read.
package struct SnapshotIdentity: Sendable, Equatable {
    package var takenAt: Timestamp
    /// The position in the write-ahead log, such as `5/A1B2C3D8`; nil when the role may not read it.
    package var lsn: String?

    package init(takenAt: Timestamp, lsn: String?) {
        self.takenAt = takenAt
        self.lsn = lsn
    }
}

/// What a run looked at, and what it could not.
package struct Coverage: Sendable, Equatable, Codable {
    /// Checks and statistics that were measured.
    package var measured: Int
    package var notMeasured: [Gap]

    private enum CodingKeys: String, CodingKey {
        case measured
        case notMeasured = "not_measured"
    }

    package init(measured: Int, notMeasured: [Gap]) {
        self.measured = measured
        self.notMeasured = notMeasured
    }

    /// A check or statistic that was not measured.
    package struct Gap: Sendable, Equatable, Codable {
        package var id: String
        package var reason: String

        package init(id: String, reason: String) {
            self.id = id
            self.reason = reason
        }
    }
}
