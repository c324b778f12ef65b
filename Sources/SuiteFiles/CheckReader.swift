internal import AuditModel
internal import SQLSyntax

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
    func check(_ log: inout MistakeLog) -> Check? {
        let known = Self.commonKeys + Self.violationKeys + Self.statisticKeys
        fields.refuseUnknown(known, &log)
        let id = required("id", &log)?.identifier(&log)
        if text.title == nil {
            let line = source.line(at: body.lowerBound)
            log.error(source.path, source.spot(line: line), "there is no title: a check file has a heading '# …'")
        }
        let severities = Severity.allCases.map(\.rawValue)
        let severity = fields["severity"]?.word(among: severities, &log).flatMap(Severity.init)
        let tags = fields["tags"]?.names(&log) ?? []
        let user = fields["user"]?.text(&log)
        guard let kindField = required("kind", &log), let kind = kind(kindField, &log) else { return nil }
        refuseForeignParts(kind, &log)

        let isPerUser = kind == .statistic && user != nil
        var statements = StatementReader(
            knownParameters: Set(parameters.keys).union(isPerUser ? [Self.usersParameter] : [])
        )
        let work: Check.Work? =
            switch kind {
            case .integrity, .orphan: violations(isOrphan: kind == .orphan, user: user, &statements, &log)
            case .statistic: statistic(user: user, &statements, &log)
            case .probe: probe(&statements, &log)
            }
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

    private func required(_ key: String, _ log: inout MistakeLog) -> YAMLField? {
        if fields[key] == nil { log.error(source.path, source.spot(line: 1), "there is no '\(key)'") }
        return fields[key]
    }

    private func refuseForeignParts(_ kind: Check.Kind, _ log: inout MistakeLog) {
        let (keys, words): ([String], [FenceWord]) =
            switch kind {
            case .integrity, .orphan: (Self.violationKeys, [.find, .fix, .scope])
            case .statistic: (Self.statisticKeys, [.measure])
            case .probe: ([], [.setup, .act, .expect])
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
            log.error(source.path, nil, "there is no fence 'sql \(word.rawValue)', which \(kind) needs")
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
        let key = fields["key"]?.names(&log) ?? []
        let repair = repair(&statements, &log)
        var scope = text.fence(.scope).map(\.passage)
        if let passage = scope, statements.select(passage, &log) == nil { scope = nil }
        var work: ViolationWork?
        if let expect = fields["expect"] {
            if let fence = text.fence(.find) {
                log.error(source.path, fence.spot, "a check has either 'expect' or a fence 'sql find', not both")
            }
            let shown = (user.map { [$0] } ?? []) + key.filter { $0 != user }
            if let form = ShortForm(expect, fields, shown: shown, &log), let spot = expect.keySpot {
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
                    requireColumns(of: find, for: ["user", "key", "left_because"], &log)
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
            log.warning(
                source.path,
                share.keySpot,
                "'share' is a part of the rows looked at, which only a fence 'sql scope' can count"
            )
        }
        return work.map(Check.Work.violations)
    }

    private func repair(_ statements: inout StatementReader, _ log: inout MistakeLog) -> Repair? {
        let table = fields["repairs"]?.tableName(&log)
        let limits = fields["fix_limits"]?.repairLimits(&log) ?? RepairLimits()
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
        repair.leftBecause = fields["left_because"]?.text(&log)
        repair.alsoWrites = others ?? []
        return repair
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
            requireColumns(of: measure, for: ["user", "limits", "format"], &log)
        }
        return .statistic(StatisticWork(measure: fence.passage.statement, limits: limits, formats: formats))
    }

    private func probe(_ statements: inout StatementReader, _ log: inout MistakeLog) -> Check.Work? {
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

    /// Refuses names of columns that the query, as far as the parser can tell, does not return.
    ///
    /// - Parameter keys: the front matter's keys that name columns.
    private func requireColumns(of query: StatementReader.Parsed, for keys: [String], _ log: inout MistakeLog) {
        guard let output = query.sql.statements.first?.outputColumns else { return }
        let columns = output.compactMap(\.self)
        // A `*` or an expression without a name: only the server knows.
        guard columns.count == output.count else { return }
        for key in keys {
            guard let field = fields[key] else { continue }
            // A mapping's columns are its keys. What is wrong with it is in the log already.
            var ignored = MistakeLog()
            let items = field.isMapping ? field.fields(&ignored)?.all.map(\.nameField) : field.items
            for item in items ?? [field] {
                guard let column = item.scalar, !column.isEmpty, !columns.contains(column) else { continue }
                let message = "\(query.passage.label) returns no column '\(column)', which '\(key)' names"
                item.refuse(message, suggestion: NearestName.of(column, among: columns), &log)
            }
        }
    }
}
