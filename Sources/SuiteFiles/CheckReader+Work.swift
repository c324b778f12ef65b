internal import AuditModel
internal import SQLSyntax
internal import Wording

/// What each kind of check is made of.
extension CheckReader {
    func requiredFence(_ word: FenceWord, _ kind: String, _ log: inout MistakeLog) -> SQLFence? {
        if let fence = text.fence(word) { return fence }
        // Which word a fence should have is in the log already.
        guard !text.hasUnknownFence else { return nil }
        let message = "there is no fence 'sql \(word.rawValue)', which \(kind) needs"
        guard let wordless = wordless(for: word) else {
            log.error(source.path, nil, message)
            return nil
        }
        log.error(source.path, wordless.spot, "\(message): \(wordless.advice(word))")
        return nil
    }

    /// Code without a word that the fence may be, which begins as its statements do or else is the first.
    private func wordless(for word: FenceWord) -> WordlessCode? {
        let isFix = word == .fix
        return text.wordless.first { $0.changes == isFix } ?? (isFix ? nil : text.wordless.first)
    }

    func violations(
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
                    find: Statement(form.find, at: place, isGenerated: true),
                    scope: scope?.statement ?? Statement(form.scope, at: place, isGenerated: true),
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
            refuseKeysOfFix(&log)
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
        repair.limitsPlace = fields["fix_limits"]?.keySpot.map {
            Statement.Place(path: source.path, line: $0.line, column: $0.column)
        }
        return repair
    }

    private func refuseKeysOfFix(_ log: inout MistakeLog) {
        let keys = ["repairs", "also_writes", "left_because", "fix_limits", "guard"].filter { fields[$0] != nil }
        if let first = keys.first, let wordless = wordless(for: .fix) {
            let message = "there is no fence 'sql fix', which '\(first)' needs: \(wordless.advice(.fix))"
            return log.error(source.path, wordless.spot, message)
        }
        for name in keys { fields[name]?.refuseKey("'\(name)' needs a fence 'sql fix'", &log) }
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

    func statistic(
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

    func probe(
        _ spot: SuiteMistake.Spot?,
        _ statements: inout StatementReader,
        _ log: inout MistakeLog
    ) -> Check.Work? {
        log.note(
            source.path,
            spot,
            "this version cannot run probes: an audit lists it as not run, and ends with exit code 2"
        )
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
