internal import AuditModel
internal import SQLSyntax

/// The keys, fences and parameters that a check file may have.
extension CheckReader {
    private static let commonKeys = ["id", "kind", "severity", "user", "tags", "parameters"]
    private static let violationKeys = [
        "key", "repairs", "also_writes", "left_because", "fix_limits", "guard", "expect", "table", "columns", "values",
        "references",
    ]
    private static let statisticKeys = ["limits", "format"]

    func refuseUnknownKeys(_ kind: Check.Kind?, _ log: inout MistakeLog) {
        var known = Self.commonKeys + Self.violationKeys + Self.statisticKeys
        for name in ["where", "filter", "condition"] {
            guard let field = fields[name] else { continue }
            known.append(name)
            let advice =
                fields["expect"] == nil
                ? "a condition stands in the query, behind its WHERE"
                : "a short form has no condition; a fence 'sql find' in place of 'expect' can have one"
            field.refuseKey(advice, &log)
        }
        fields.refuseUnknown(known, listing: kind.map { Self.commonKeys + Self.keys(of: $0) }, &log)
    }

    /// A parameter that nothing uses is one that was meant to be used.
    func refuseUnusedParameters(_ used: Set<String>, _ log: inout MistakeLog) {
        // What is wrong with the names is in the log already.
        var ignored = MistakeLog()
        for field in fields["parameters"]?.fields(&ignored)?.all ?? [] where parameters[field.name] != nil {
            guard !used.contains(field.name) else { continue }
            let passages = text.fences.map(\.passage)
            let found = passages.lazy.compactMap { passage in
                ForeignPlaceholder.likely(field.name, in: passage.text).map { (passage, $0) }
            }.first
            guard let (passage, foreign) = found else {
                field.refuseKey("no statement of the check uses the parameter ':\(field.name)'", &log)
                continue
            }
            let spot = passage.spot(foreign.range.lowerBound, length: foreign.range.count)
            let written = String(decoding: Array(passage.text.utf8)[foreign.range], as: UTF8.self)
            log.error(
                source.path,
                spot,
                "'\(written)' is not the parameter '\(field.name)': write \(foreign.replacement)"
            )
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

    func refuseForeignParts(_ kind: Check.Kind, _ log: inout MistakeLog) {
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
}
