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
        case usersBefore = "users_before"
        case usersAfter = "users_after"
        case scope
        case seconds
        case error
        case notes
        case left
        case sample
        case repairs
        case lifecycle
        case user
        case tags
        case documentation
        case query
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
        try c.encode(after, forKey: .after)
        try c.encode(usersBefore, forKey: .usersBefore)
        try c.encode(usersAfter, forKey: .usersAfter)
        try c.encode(scope, forKey: .scope)
        try c.encode(seconds, forKey: .seconds)
        try c.encode(error, forKey: .error)
        try c.encode(notes, forKey: .notes)
        try c.encode(left, forKey: .left)
        try c.encode(sample, forKey: .sample)
        try c.encode(repairs, forKey: .repairs)
        try c.encode(lifecycle, forKey: .lifecycle)
        try c.encode(user, forKey: .user)
        try c.encode(tags, forKey: .tags)
        try c.encode(documentation, forKey: .documentation)
        try c.encode(query, forKey: .query)
        try c.encode(hasFix, forKey: .hasFix)
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
        after = try c.decode(Int?.self, forKey: .after)
        usersBefore = try c.decode(Int?.self, forKey: .usersBefore)
        usersAfter = try c.decode(Int?.self, forKey: .usersAfter)
        scope = try c.decode(Int?.self, forKey: .scope)
        seconds = try c.decode(Double.self, forKey: .seconds)
        error = try c.decode(String?.self, forKey: .error)
        // Records of before there were repairs lack the key.
        notes = try c.decodeIfPresent([String].self, forKey: .notes) ?? []
        left = try c.decodeIfPresent(Int.self, forKey: .left)
        sample = try c.decode(Sample.self, forKey: .sample)
        repairs = try c.decode(Sample.self, forKey: .repairs)
        lifecycle = try c.decode(Lifecycle?.self, forKey: .lifecycle)
        user = try c.decode(String?.self, forKey: .user)
        tags = try c.decode([String].self, forKey: .tags)
        documentation = try c.decode(String.self, forKey: .documentation)
        query = try c.decode(String.self, forKey: .query)
        hasFix = try c.decode(Bool.self, forKey: .hasFix)
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
