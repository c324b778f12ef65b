internal import AuditModel
internal import SQLSyntax
internal import Wording

extension YAMLField {
    /// A lower-case name with hyphens, safe as the name of a file.
    func identifier(_ log: inout MistakeLog) -> String? {
        guard let text = text(&log) else { return nil }
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let isGood = words.allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        guard isGood, text.utf8.count <= 100 else {
            refuse(
                "'\(text)' is no id: use lower-case letters, digits and hyphens, such as 'channel-incomplete', at most 100",
                &log
            )
            return nil
        }
        return text
    }

    /// Words for `--tag`.
    func tags(_ log: inout MistakeLog) -> [String]? {
        guard let names = names(&log) else { return nil }
        for item in items ?? [self] {
            guard let tag = item.scalar, tag.contains(where: \.isWhitespace) else { continue }
            let words = tag.split(whereSeparator: \.isWhitespace).joined(separator: ", ")
            item.refuse("a tag is one word; several stand in brackets: [\(words)]", &log)
            return nil
        }
        return names
    }

    /// Parameters by their names.
    func parameters(_ log: inout MistakeLog) -> [String: ParameterValue] {
        guard let fields = fields(&log, form: "{ since: 30 days }") else { return [:] }
        var values: [String: ParameterValue] = [:]
        for field in fields.all {
            let name = field.name.utf8
            let isName =
                name.allSatisfy {
                    $0 == UInt8(ascii: "_") || (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0)
                }
                && name.first.map { !(0x30...0x39).contains($0) } == true
            if !isName {
                field.refuseKey("'\(field.name)' is no name for a parameter: use letters, digits and underscores", &log)
            } else if field.name == CheckReader.usersParameter {
                field.refuseKey("':\(field.name)' is assay's own parameter: the users in question", &log)
            } else if field.name.lowercased().hasPrefix(CheckReader.reservedPrefix) {
                field.refuseKey(
                    "':\(field.name)' is reserved: names that begin with '\(CheckReader.reservedPrefix)' are assay's own",
                    &log
                )
            } else {
                values[field.name] = field.parameterValue(&log)
            }
        }
        return values
    }

    /// The value; null for one that is refused, so that no statement is told that there is none.
    private func parameterValue(_ log: inout MistakeLog) -> ParameterValue {
        if isNull { return .null }
        if let scalar { return .text(scalar) }
        guard let items else {
            refuse("the parameter '\(name)' takes a text, a number, null, or a list of texts", &log)
            return .null
        }
        for item in items where item.scalar == nil {
            let message =
                item.isNull
                ? "a list holds no null, which is like no value; write 'OR … IS NULL' into the query"
                : "the parameter '\(name)' is a list of texts or numbers, and this is a \(item.isMapping ? "mapping" : "list") in it"
            log.error(source.path, item.spot ?? spot, message)
            return .null
        }
        return .list(items.compactMap(\.scalar))
    }

    /// `fix_limits`, such as `{ rows: 10000, share: 20% }`, or `none`.
    func repairLimits(_ log: inout MistakeLog) -> RepairLimits {
        if scalar == "none" { return .none }
        guard items == nil, isMapping else {
            refuse("'fix_limits' takes 'rows' and 'share', as { rows: 10000, share: 20% }, or none", &log)
            return .none
        }
        var limits = RepairLimits()
        guard let fields = fields(&log) else { return limits }
        if fields.all.isEmpty { refuse("'fix_limits' is empty; 'fix_limits: none' lifts all limits", &log) }
        fields.refuseUnknown(["rows", "share"], &log)
        if let field = fields["rows"] {
            limits.rows = field.scalar.flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
            if limits.rows == nil { field.refuse("'rows' takes a whole number, such as 10000", &log) }
        }
        if let field = fields["share"] {
            limits.share = field.scalar.flatMap(Self.share)
            if limits.share == nil {
                field.refuse("'share' takes a part of the rows looked at, such as 20% or 0.2", &log)
            }
        }
        return limits
    }

    private static func share(_ text: String) -> Double? {
        let isPercent = text.hasSuffix("%")
        guard let number = Double(isPercent ? String(text.dropLast()) : text), number.isFinite else { return nil }
        let share = isPercent ? number / 100 : number
        return (0...1).contains(share) ? share : nil
    }

    /// `guard`: the table, the events and the columns to match.
    func guardTrigger(_ log: inout MistakeLog) -> GuardTrigger? {
        guard let fields = fields(&log, form: "{ table: orders, on: [insert], match: [id] }") else { return nil }
        fields.refuseUnknown(["table", "on", "match"], &log)
        for key in ["table", "on", "match"] where fields[key] == nil {
            refuseKey("'guard' needs '\(key)'", &log)
        }
        let table = fields["table"]?.tableName(&log)
        let events = fields["on"]?.events(&log)
        let match = fields["match"]?.columnNames(&log)
        guard let table, let events, let match else { return nil }
        return GuardTrigger(table: table.description, events: events, match: match)
    }

    private func events(_ log: inout MistakeLog) -> [GuardTrigger.Event]? {
        guard let words = names(&log) else { return nil }
        let known = GuardTrigger.Event.allCases.map(\.rawValue)
        for item in items ?? [self] where !known.contains(item.scalar ?? "") {
            let word = item.scalar ?? ""
            let message = "'\(word)' is no event of a table; there are \(known.joined(separator: ", "))"
            item.refuse(message, suggestion: NearestName.of(word, among: known), &log)
            return nil
        }
        return words.compactMap(GuardTrigger.Event.init)
    }
}
