internal import AuditModel
internal import SQLSyntax
internal import Wording

/// Reads one check file.
struct CheckReader {
    /// The users whose figures or labels are wanted; assay gives the value.
    static let usersParameter = "users"

    private let source: SourceText
    private let fields: YAMLFields
    private let text: CheckText
    private let body: Range<Int>
    /// Values from the suite and from the check, the configuration's above all.
    private let parameters: [String: ParameterValue]

    private static let commonKeys = ["id", "kind", "severity", "user", "tags", "parameters"]
    private static let violationKeys = [
        "key", "repairs", "also_writes", "left_because", "fix_limits", "guard", "expect", "table", "columns", "values",
        "references",
    ]
    private static let statisticKeys = ["limits", "format"]

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
        let kind = kindField.flatMap { self.kind($0, &log) }
        refuseUnknownKeys(kind, &log)
        if text.title == nil { refuseMissingTitle(&log) }
        let severities = Severity.allCases.map(\.rawValue)
        let severity = fields["severity"]?.word(among: severities, &log).flatMap(Severity.init)
        let tags = fields["tags"]?.names(&log) ?? []
        let user = fields["user"]?.columnName(&log)
        guard let kind, let kindField else { return nil }
        refuseForeignParts(kind, &log)

        let isPerUser = kind == .statistic && user != nil
        let users: [String: ParameterValue] = isPerUser ? [Self.usersParameter: .list([])] : [:]
        var statements = StatementReader(parameters: parameters.merging(users) { $1 })
        let work: Check.Work? =
            switch kind {
            case .integrity, .orphan: violations(isOrphan: kind == .orphan, user: user, &statements, &log)
            case .statistic: statistic(user: user, &statements, &log)
            case .probe: probe(kindField, &statements, &log)
            }
        used.formUnion(statements.usedParameters)
        if work != nil, !statements.hasGap { refuseUnusedParameters(statements.usedParameters, &log) }
        guard let id, let title = text.title, let work else { return nil }
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

    private func refuseUnknownKeys(_ kind: Check.Kind?, _ log: inout MistakeLog) {
        var known = Self.commonKeys + Self.violationKeys + Self.statisticKeys
        if fields["expect"] != nil, let condition = fields["where"] {
            known.append("where")
            condition.refuseKey(
                "a short form has no condition; a fence 'sql find' in place of 'expect' can have one",
                &log
            )
        }
        fields.refuseUnknown(known, listing: kind.map { Self.commonKeys + Self.keys(of: $0) }, &log)
    }

    private func refuseMissingTitle(_ log: inout MistakeLog) {
        guard let line = text.lowerHeading else {
            let line = source.line(at: body.lowerBound)
            return log.error(
                source.path,
                source.spot(line: line),
                "there is no title: a check file has a heading '# …'"
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

    /// A parameter that nothing uses is one that was meant to be used.
    private func refuseUnusedParameters(_ used: Set<String>, _ log: inout MistakeLog) {
        // What is wrong with the names is in the log already.
        var ignored = MistakeLog()
        for field in fields["parameters"]?.fields(&ignored)?.all ?? [] where parameters[field.name] != nil {
            guard !used.contains(field.name) else { continue }
            field.refuseKey("no statement of the check uses the parameter ':\(field.name)'", &log)
        }
    }

    /// The keys that only some kinds have.
    private static func keys(of kind: Check.Kind) -> [String] {
        switch kind {
        case .integrity, .orphan: violationKeys
        case .statistic: statisticKeys
        case .probe: []
        }
    }

    private func required(_ key: String, _ log: inout MistakeLog) -> YAMLField? {
        if fields[key] == nil { log.error(source.path, source.spot(line: 1), "there is no '\(key)'") }
        return fields[key]
    }

    private func refuseForeignParts(_ kind: Check.Kind, _ log: inout MistakeLog) {
        let keys = Self.keys(of: kind)
        let words: [FenceWord] =
            switch kind {
            case .integrity, .orphan: [.find, .fix, .scope]
            case .statistic: [.measure]
            case .probe: [.setup, .act, .expect]
            }
        let article = kind == .integrity || kind == .orphan ? "an" : "a"
        for field in fields.all where (Self.violationKeys + Self.statisticKeys).contains(field.name) {
            if !keys.contains(field.name) {
                field.refuseKey("'\(field.name)' does not belong to \(article) \(kind.rawValue) check", &log)
            }
        }
        for fence in text.fences where !words.contains(fence.word) {
            let message = "the fence 'sql \(fence.word.rawValue)' does not belong to \(article) \(kind.rawValue) check"
            log.error(source.path, fence.spot, message)
        }
    }

    private func requiredFence(_ word: FenceWord, _ kind: String, _ log: inout MistakeLog) -> SQLFence? {
        let fence = text.fence(word)
        if fence == nil {
            let message = "there is no fence 'sql \(word.rawValue)', which \(kind) needs"
            if let wordless = text.wordless.first {
                let info = source.string(source.line(wordless.line)).trimmingBlanks
                let form = "write '```sql \(word.rawValue)' where '\(info)' stands, if that is the one"
                log.error(source.path, wordless, "\(message): \(form)")
            } else {
                log.error(source.path, nil, message)
            }
        }
        return fence
    }
}

extension CheckReader {
    private func violations(
        isOrphan: Bool,
        user: String?,
        _ statements: inout StatementReader,
        _ log: inout MistakeLog
    ) -> Check.Work? {
        let key = fields["key"]?.columnNames(&log) ?? []
        let repair = repair(&statements, &log)
        let scope = text.fence(.scope).map(\.passage)
        if let scope, let parsed = statements.select(scope, &log) {
            QueryColumns(parsed: parsed, fields: fields).requireOneNumber(&log)
        }
        var work: ViolationWork?
        if let expect = fields["expect"] {
            if let fence = text.fence(.find) {
                log.error(source.path, fence.spot, "a check has either 'expect' or a fence 'sql find', not both")
            }
            let shown = (user.map { [$0] } ?? []) + key.filter { $0 != user }
            let survivorKey = text.fence(.fix) == nil ? nil : key
            if let form = ShortForm(expect, fields, shown: shown, survivorKey: survivorKey, &log),
                let spot = expect.keySpot
            {
                let place = Statement.Place(path: source.path, line: spot.line, column: spot.column)
                work = ViolationWork(
                    isOrphan: isOrphan,
                    find: Statement(form.find, at: place),
                    scope: scope?.statement ?? Statement(form.scope, at: place),
                    key: key
                )
            }
        } else {
            for name in ["table", "columns", "values", "references"] {
                fields[name]?.refuseKey("'\(name)' belongs to a check with 'expect'", &log)
            }
            let kind = isOrphan ? "an orphan check" : "an integrity check"
            if let fence = requiredFence(.find, "\(kind) without 'expect'", &log) {
                if let find = statements.select(fence.passage, &log) {
                    QueryColumns(parsed: find, fields: fields).require(["user", "key", "left_because"], &log)
                }
                work = ViolationWork(
                    isOrphan: isOrphan,
                    find: fence.passage.statement,
                    scope: scope?.statement,
                    key: key
                )
            }
        }
        work?.repair = repair
        if let share = fields["fix_limits"], repair?.limits.share != nil, work?.scope == nil {
            log.note(
                source.path,
                share.keySpot,
                "'share' is a part of the rows that a fence 'sql scope' counts; without one, of the rows of the table"
            )
        }
        return work.map(Check.Work.violations)
    }

    private func repair(_ statements: inout StatementReader, _ log: inout MistakeLog) -> Repair? {
        let table = fields["repairs"]?.tableName(&log)
        let limits = fields["fix_limits"]?.repairLimits(&log) ?? .default
        let trigger = fields["guard"]?.guardTrigger(&log)
        guard let fence = text.fence(.fix) else {
            for name in ["repairs", "also_writes", "left_because", "fix_limits", "guard"] {
                fields[name]?.refuseKey("'\(name)' needs a fence 'sql fix'", &log)
            }
            return nil
        }
        statements.fix(fence.passage, repairs: table, &log)
        if fields["repairs"] == nil {
            log.error(source.path, fence.spot, "a fix needs the key 'repairs', which names the table that it writes")
        }
        if let trigger = fields["guard"] {
            log.note(source.path, trigger.keySpot, "'guard' does nothing yet: no trigger is made of it in this version")
        }
        if fields["fix_limits"] == nil { noteDefaultLimits(fence, &log) }
        let others = fields["also_writes"].map { field in
            (field.items ?? [field]).compactMap { $0.tableName(&log)?.description }
        }
        guard let table else { return nil }
        var repair = Repair(
            fix: fence.passage.statement,
            table: table.description,
            limits: limits,
            guardTrigger: trigger
        )
        repair.leftBecause = fields["left_because"]?.columnName(&log)
        repair.alsoWrites = others ?? []
        return repair
    }

    private func noteDefaultLimits(_ fence: SQLFence, _ log: inout MistakeLog) {
        let limits = RepairLimits.default
        let share = limits.share.map { " or \(Int(($0 * 100).rounded())) % of the rows" } ?? ""
        log.note(
            source.path,
            fence.spot,
            "there is no 'fix_limits', so that the fix refuses more than \((limits.rows ?? 0).grouped) violations\(share), "
                + "and repairs up to \(RepairLimits.alwaysAllowed) in any case; 'fix_limits: none' lifts this"
        )
    }

    private func statistic(
        user: String?,
        _ statements: inout StatementReader,
        _ log: inout MistakeLog
    ) -> Check.Work? {
        let limits = fields["limits"]?.figureLimits(&log) ?? [:]
        let formats = fields["format"]?.figureFormats(&log) ?? [:]
        guard let fence = requiredFence(.measure, "a statistic check", &log) else { return nil }
        if let measure = statements.select(fence.passage, &log) {
            QueryColumns(parsed: measure, fields: fields).require(["user", "limits", "format"], &log)
        }
        return .statistic(StatisticWork(measure: fence.passage.statement, limits: limits, formats: formats))
    }

    private func probe(
        _ kind: YAMLField,
        _ statements: inout StatementReader,
        _ log: inout MistakeLog
    ) -> Check.Work? {
        log.note(source.path, kind.spot, "a probe is not run yet: an audit with this version shows it as not measured")
        let setup = text.fence(.setup)
        if let setup { statements.actions(setup.passage, &log) }
        let act = requiredFence(.act, "a probe check", &log)
        let expect = requiredFence(.expect, "a probe check", &log)
        if let act { statements.actions(act.passage, &log) }
        if let expect { _ = statements.select(expect.passage, &log) }
        guard let act, let expect else { return nil }
        return .probe(
            ProbeWork(setup: setup?.passage.statement, act: act.passage.statement, expect: expect.passage.statement)
        )
    }
}
