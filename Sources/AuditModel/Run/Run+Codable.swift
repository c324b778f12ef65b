// Every key is always written, with null where there is nothing to say, so that readers of a record need no defaults:
// that is why these conformances are written out.

extension Run: Encodable {
    private enum Key: String, CodingKey {
        case format, id, mode, undoes, selection, outcome, suite, database, snapshots, snapshot
        case startedAt = "started_at"
        case finishedAt = "finished_at"
        case checks, statistics, totals, coverage, commands
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(Self.format, forKey: .format)
        try c.encode(id, forKey: .id)
        try c.encode(mode, forKey: .mode)
        try c.encode(undoes, forKey: .undoes)
        try c.encode(selection, forKey: .selection)
        try c.encode(outcome, forKey: .outcome)
        try c.encode(suite, forKey: .suite)
        try c.encode(database, forKey: .database)
        try c.encode(snapshots, forKey: .snapshots)
        try c.encode(startedAt, forKey: .startedAt)
        try c.encode(finishedAt, forKey: .finishedAt)
        try c.encode(checks, forKey: .checks)
        try c.encode(statistics, forKey: .statistics)
        try c.encode(totals, forKey: .totals)
        try c.encode(coverage, forKey: .coverage)
        try c.encode(commands, forKey: .commands)
    }
}

extension Run: Decodable {
    /// Reads `run.json`, which does not hold the users: they are to be filled in from `users.csv`.
    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        let format = try c.decode(Int.self, forKey: .format)
        guard (1...Self.format).contains(format) else {
            throw DecodingError.dataCorruptedError(
                forKey: .format,
                in: c,
                debugDescription: "the record has format \(format), and this program reads formats 1 to \(Self.format)"
            )
        }
        id = try c.decode(RunID.self, forKey: .id)
        mode = try c.decode(Mode.self, forKey: .mode)
        // What a record of format 1 lacks is read as unknown.
        undoes = try c.decodeIfPresent(RunID.self, forKey: .undoes)
        selection = try c.decodeIfPresent(Selection.self, forKey: .selection) ?? Selection()
        outcome = try c.decode(Outcome.self, forKey: .outcome)
        suite = try c.decode(SuiteSummary.self, forKey: .suite)
        database = try c.decode(DatabaseIdentity.self, forKey: .database)
        snapshots =
            try c.decodeIfPresent(Snapshots.self, forKey: .snapshots)
            ?? Snapshots(before: c.decode(SnapshotIdentity.self, forKey: .snapshot))
        startedAt = try c.decode(Timestamp.self, forKey: .startedAt)
        finishedAt = try c.decode(Timestamp.self, forKey: .finishedAt)
        checks = try c.decode([CheckResult].self, forKey: .checks)
        statistics = try c.decode([StatisticResult].self, forKey: .statistics)
        totals = try c.decode(Totals.self, forKey: .totals)
        coverage = try c.decode(Coverage.self, forKey: .coverage)
        commands = try c.decodeIfPresent(RunCommands.self, forKey: .commands) ?? RunCommands()
        if format == 1, mode == .fix { commands.undo = "assay undo \(id)" }
        users = UserTallies(checks: checks.map(\.id))
    }
}

extension RunID: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = RunID(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not the id of a run")
            )
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.singleValueContainer()
        try c.encode(description)
    }
}

extension Timestamp: Codable {
    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let timestamp = Timestamp(rfc3339: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not an RFC 3339 time in UTC")
            )
        }
        self = timestamp
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.singleValueContainer()
        try c.encode(rfc3339)
    }
}

extension DatabaseIdentity: Codable {
    private enum Key: String, CodingKey {
        case name, host, port, user
        case serverVersion = "server_version"
        case systemIdentifier = "system_identifier"
        case timeline, address
        case timeZone = "time_zone"
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(name, forKey: .name)
        try c.encode(host, forKey: .host)
        try c.encode(port, forKey: .port)
        try c.encode(user, forKey: .user)
        try c.encode(serverVersion, forKey: .serverVersion)
        try c.encode(systemIdentifier, forKey: .systemIdentifier)
        try c.encode(timeline, forKey: .timeline)
        try c.encode(address, forKey: .address)
        try c.encode(timeZone, forKey: .timeZone)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        name = try c.decode(String.self, forKey: .name)
        host = try c.decode(String?.self, forKey: .host)
        port = try c.decode(Int?.self, forKey: .port)
        user = try c.decode(String.self, forKey: .user)
        serverVersion = try c.decode(String.self, forKey: .serverVersion)
        systemIdentifier = try c.decode(String?.self, forKey: .systemIdentifier)
        timeline = try c.decodeIfPresent(Int.self, forKey: .timeline)
        address = try c.decodeIfPresent(String.self, forKey: .address)
        timeZone = try c.decodeIfPresent(String.self, forKey: .timeZone)
    }
}

extension SuiteSummary: Codable {
    private enum Key: String, CodingKey {
        case name, title, path, digest
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(name, forKey: .name)
        try c.encode(title, forKey: .title)
        try c.encode(path, forKey: .path)
        try c.encode(digest, forKey: .digest)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        name = try c.decode(String.self, forKey: .name)
        title = try c.decode(String.self, forKey: .title)
        path = try c.decodeIfPresent(String.self, forKey: .path)
        digest = try c.decode(String.self, forKey: .digest)
    }
}

extension Selection: Codable {
    private enum Key: String, CodingKey {
        case checks, tags, user
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(checks, forKey: .checks)
        try c.encode(tags, forKey: .tags)
        try c.encode(user, forKey: .user)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        checks = try c.decode([String].self, forKey: .checks)
        tags = try c.decode([String].self, forKey: .tags)
        user = try c.decode(String?.self, forKey: .user)
    }
}

extension RunCommands: Codable {
    private enum Key: String, CodingKey {
        case undo, fix, again
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(undo, forKey: .undo)
        try c.encode(fix, forKey: .fix)
        try c.encode(again, forKey: .again)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        undo = try c.decode(String?.self, forKey: .undo)
        fix = try c.decode(String?.self, forKey: .fix)
        again = try c.decode(String?.self, forKey: .again)
    }
}

extension Snapshots: Codable {
    private enum Key: String, CodingKey {
        case before, after
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(before, forKey: .before)
        try c.encode(after, forKey: .after)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        before = try c.decode(SnapshotIdentity.self, forKey: .before)
        after = try c.decode(SnapshotIdentity?.self, forKey: .after)
    }
}

extension SnapshotIdentity: Codable {
    private enum Key: String, CodingKey {
        case takenAt = "taken_at"
        case lsn
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(takenAt, forKey: .takenAt)
        try c.encode(lsn, forKey: .lsn)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        takenAt = try c.decode(Timestamp.self, forKey: .takenAt)
        lsn = try c.decode(String?.self, forKey: .lsn)
    }
}

extension Totals: Codable {
    private enum Key: String, CodingKey {
        case before, repaired, gone, new, after
        case usersBefore = "users_before"
        case usersAfter = "users_after"
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(before, forKey: .before)
        try c.encode(repaired, forKey: .repaired)
        try c.encode(gone, forKey: .gone)
        try c.encode(new, forKey: .new)
        try c.encode(after, forKey: .after)
        try c.encode(usersBefore, forKey: .usersBefore)
        try c.encode(usersAfter, forKey: .usersAfter)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        before = try c.decode(Int.self, forKey: .before)
        repaired = try c.decode(Int?.self, forKey: .repaired)
        gone = try c.decodeIfPresent(Int.self, forKey: .gone)
        new = try c.decodeIfPresent(Int.self, forKey: .new)
        after = try c.decode(Int.self, forKey: .after)
        usersBefore = try c.decode(Int.self, forKey: .usersBefore)
        usersAfter = try c.decode(Int.self, forKey: .usersAfter)
    }
}
