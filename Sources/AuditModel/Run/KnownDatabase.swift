/// Where the records of earlier runs found a database, and what they did to it.
package struct KnownDatabase: Sendable, Equatable {
    /// The newest that a record tells.
    package var systemIdentifier: String?
    package var timeline: Int?
    /// The server's own address, or the path of its socket.
    package var address: String?
    /// The newest position in the write-ahead log, on the timeline.
    package var lsn: String?
    /// The newest run whose changes were committed.
    package var lastWriting: RunID?

    package init(
        systemIdentifier: String? = nil,
        timeline: Int? = nil,
        address: String? = nil,
        lsn: String? = nil,
        lastWriting: RunID? = nil
    ) {
        self.systemIdentifier = systemIdentifier
        self.timeline = timeline
        self.address = address
        self.lsn = lsn
        self.lastWriting = lastWriting
    }
}
