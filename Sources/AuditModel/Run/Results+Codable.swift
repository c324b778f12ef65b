// As in `Run+Codable.swift`: every key is always written.

extension CheckResult: Codable {
    private enum Key: String, CodingKey {
        case id
        case title
        case kind
        case severity
        case status
        case before
        case repaired
        case after
        case gone
        case new
        case usersBefore = "users_before"
        case usersAfter = "users_after"
        case scopeBefore = "scope"
        case scopeAfter = "scope_after"
        case seconds
        case error
        case notes
        case left
        case sample
        case ended
        case repairs
        case lifecycle
        case user
        case tags
        case documentation
        case query
        case fix
        case hasFix = "has_fix"
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(id, forKey: .id)
        try c.encode(title, forKey: .title)
        try c.encode(kind, forKey: .kind)
        try c.encode(severity, forKey: .severity)
        try c.encode(status, forKey: .status)
        try c.encode(before, forKey: .before)
        try c.encode(repaired, forKey: .repaired)
        try c.encode(gone, forKey: .gone)
        try c.encode(new, forKey: .new)
        try c.encode(after, forKey: .after)
        try c.encode(usersBefore, forKey: .usersBefore)
        try c.encode(usersAfter, forKey: .usersAfter)
        try c.encode(scopeBefore, forKey: .scopeBefore)
        try c.encode(scopeAfter, forKey: .scopeAfter)
        try c.encode(seconds, forKey: .seconds)
        try c.encode(error, forKey: .error)
        try c.encode(notes, forKey: .notes)
        try c.encode(left, forKey: .left)
        try c.encode(sample, forKey: .sample)
        try c.encode(ended, forKey: .ended)
        try c.encode(repairs, forKey: .repairs)
        try c.encode(lifecycle, forKey: .lifecycle)
        try c.encode(user, forKey: .user)
        try c.encode(tags, forKey: .tags)
        try c.encode(documentation, forKey: .documentation)
        try c.encode(query, forKey: .query)
        try c.encode(fix, forKey: .fix)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        id = try c.decode(String.self, forKey: .id)
        title = try c.decode(String.self, forKey: .title)
        kind = try c.decode(Check.Kind.self, forKey: .kind)
        severity = try c.decode(Severity.self, forKey: .severity)
        status = try c.decode(Status.self, forKey: .status)
        before = try c.decode(Int?.self, forKey: .before)
        repaired = try c.decode(Int?.self, forKey: .repaired)
        gone = try c.decodeIfPresent(Int.self, forKey: .gone)
        new = try c.decodeIfPresent(Int.self, forKey: .new)
        after = try c.decode(Int?.self, forKey: .after)
        usersBefore = try c.decode(Int?.self, forKey: .usersBefore)
        usersAfter = try c.decode(Int?.self, forKey: .usersAfter)
        scopeBefore = try c.decode(Int?.self, forKey: .scopeBefore)
        scopeAfter = try c.decodeIfPresent(Int.self, forKey: .scopeAfter)
        seconds = try c.decode(Double.self, forKey: .seconds)
        error = try c.decode(String?.self, forKey: .error)
        // What a record of format 1 lacks is read as unknown.
        notes = try c.decodeIfPresent([String].self, forKey: .notes) ?? []
        left = try c.decodeIfPresent(Int.self, forKey: .left)
        sample = try c.decode(Sample.self, forKey: .sample)
        ended = try c.decodeIfPresent(Sample.self, forKey: .ended) ?? Sample()
        repairs = try c.decode(Sample.self, forKey: .repairs)
        lifecycle = try c.decode(Lifecycle?.self, forKey: .lifecycle)
        user = try c.decode(String?.self, forKey: .user)
        tags = try c.decode([String].self, forKey: .tags)
        documentation = try c.decode(String.self, forKey: .documentation)
        query = try c.decode(String.self, forKey: .query)
        fix =
            try c.decodeIfPresent(FixSummary.self, forKey: .fix)
            ?? (c.decodeIfPresent(Bool.self, forKey: .hasFix) == true ? FixSummary() : nil)
    }
}

extension FixSummary: Codable {
    private enum Key: String, CodingKey {
        case statement
        case table
        case limitRows = "limit_rows"
        case limitShare = "limit_share"
        case alsoWrites = "also_writes"
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(statement, forKey: .statement)
        try c.encode(table, forKey: .table)
        try c.encode(limitRows, forKey: .limitRows)
        try c.encode(limitShare, forKey: .limitShare)
        try c.encode(alsoWrites, forKey: .alsoWrites)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        statement = try c.decode(String?.self, forKey: .statement)
        table = try c.decode(String?.self, forKey: .table)
        limitRows = try c.decode(Int?.self, forKey: .limitRows)
        limitShare = try c.decode(Double?.self, forKey: .limitShare)
        alsoWrites = try c.decode([String].self, forKey: .alsoWrites)
    }
}

extension StatisticResult: Codable {
    private enum Key: String, CodingKey {
        case id
        case title
        case status
        case figures
        case seconds
        case error
        case user
        case documentation
        case query
    }

    package func encode(to encoder: any Encoder) throws {
        var c = encoder.container(keyedBy: Key.self)
        try c.encode(id, forKey: .id)
        try c.encode(title, forKey: .title)
        try c.encode(status, forKey: .status)
        try c.encode(figures, forKey: .figures)
        try c.encode(seconds, forKey: .seconds)
        try c.encode(error, forKey: .error)
        try c.encode(user, forKey: .user)
        try c.encode(documentation, forKey: .documentation)
        try c.encode(query, forKey: .query)
    }

    package init(from decoder: any Decoder) throws {
        let c = try decoder.container(keyedBy: Key.self)
        id = try c.decode(String.self, forKey: .id)
        title = try c.decode(String.self, forKey: .title)
        status = try c.decode(Status.self, forKey: .status)
        figures = try c.decode([Figure].self, forKey: .figures)
        seconds = try c.decode(Double.self, forKey: .seconds)
        error = try c.decode(String?.self, forKey: .error)
        user = try c.decode(String?.self, forKey: .user)
        documentation = try c.decode(String.self, forKey: .documentation)
        query = try c.decode(String.self, forKey: .query)
    }
}
