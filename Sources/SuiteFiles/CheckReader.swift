internal import AuditModel
internal import Wording

/// Reads one check file.
struct CheckReader {
    /// The users whose figures or labels are wanted; assay gives the value.
    static let usersParameter = "users"
    /// How the names of parameters begin whose values assay gives.
    static let reservedPrefix = "assay_"

    let source: SourceText
    let fields: YAMLFields
    let text: CheckText
    private let body: Range<Int>
    /// Values from the suite and from the check, the configuration's above all.
    let parameters: [String: ParameterValue]

    /// Nil when the file has no front matter that can be read; the log then says why.
    init?(
        _ source: SourceText,
        suiteParameters: [String: ParameterValue],
        overriding: [String: ParameterValue],
        _ log: inout MistakeLog
    ) {
        guard let frontMatter = FrontMatter(source, &log) else { return nil }
        self.source = source
        body = frontMatter.body
        text = CheckText(source, body: frontMatter.body, &log)
        guard let fields = YAMLFields.read(source, frontMatter.yaml, &log) else { return nil }
        self.fields = fields
        let own = fields["parameters"]?.parameters(&log) ?? [:]
        parameters = suiteParameters.merging(own) { $1 }.merging(overriding) { $1 }
    }

    /// The id with its place, for the search of doubles.
    func id() -> YAMLField? {
        fields["id"]
    }

    /// The check; wrong parts of it are in the log.
    ///
    /// - Parameter used: takes the names of the parameters that its statements use.
    func check(used: inout Set<String>, _ log: inout MistakeLog) -> Check? {
        let id = required("id", &log)?.identifier(&log)
        let kindField = required("kind", &log)
        let namedKind = kindField.flatMap { self.kind($0, &log) }
        refuseUnknownKeys(namedKind, &log)
        if text.title == nil { refuseMissingTitle(&log) }
        let severities = Severity.allCases.map(\.rawValue)
        let severity = fields["severity"]?.word(among: severities, &log).flatMap(Severity.init)
        let tags = fields["tags"]?.tags(&log) ?? []
        let user = fields["user"]?.columnName(&log)
        // The rest is read as what was meant, so that one look shows every mistake.
        guard let kind = namedKind ?? meantKind(kindField) else { return nil }
        refuseForeignParts(kind, &log)

        let isPerUser = kind == .statistic && user != nil
        let users: [String: ParameterValue] = isPerUser ? [Self.usersParameter: .list([])] : [:]
        var statements = StatementReader(parameters: parameters.merging(users) { $1 })
        let work: Check.Work? =
            switch kind {
            case .integrity, .orphan: violations(isOrphan: kind == .orphan, user: user, &statements, &log)
            case .statistic: statistic(user: user, &statements, &log)
            case .probe: probe(kindField?.spot, &statements, &log)
            }
        used.formUnion(statements.usedParameters)
        if work != nil, !statements.hasGap { refuseUnusedParameters(statements.usedParameters, &log) }
        guard namedKind != nil, let id, let title = text.title, let work else { return nil }
        return Check(
            id: id,
            title: title,
            severity: severity ?? .error,
            tags: tags,
            documentation: text.documentation,
            path: source.path,
            work: work,
            parameters: parameters.filter { statements.usedParameters.contains($0.key) },
            user: user
        )
    }

    private func kind(_ field: YAMLField, _ log: inout MistakeLog) -> Check.Kind? {
        field.word(among: Check.Kind.allCases.map(\.rawValue), &log).flatMap(Check.Kind.init)
    }

    /// The kind whose name is nearest, or else the one that the fences and keys are of; the log has the mistake already.
    private func meantKind(_ field: YAMLField?) -> Check.Kind? {
        let names = Check.Kind.allCases.map(\.rawValue)
        if let name = field?.scalar.flatMap({ NearestName.of($0, among: names) }) { return Check.Kind(rawValue: name) }
        if text.fence(.measure) != nil { return .statistic }
        if text.fence(.act) != nil { return .probe }
        return fields["expect"] != nil || text.fence(.find) != nil ? .integrity : nil
    }

    private func refuseMissingTitle(_ log: inout MistakeLog) {
        guard let line = text.lowerHeading else {
            let line = source.line(at: body.lowerBound)
            return log.error(
                source.path,
                source.spot(line: line),
                "there is no title: write a line '# …' below the front matter, what the check is about"
            )
        }
        let written = source.string(source.line(line))
        let level = written.drop { $0 == " " }.prefix { $0 == "#" }
        let advice =
            level.count > 1
            ? "the title is a heading of the first level, '# …', and this one has '\(level)'"
            : "a blank belongs between '#' and the title"
        log.error(source.path, source.spot(line: line), "there is no title: \(advice)")
    }

    private func required(_ key: String, _ log: inout MistakeLog) -> YAMLField? {
        if fields[key] == nil { log.error(source.path, source.spot(line: 1), "there is no '\(key)'") }
        return fields[key]
    }
}
