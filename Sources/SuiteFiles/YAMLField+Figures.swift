internal import AuditModel
internal import SQLSyntax
internal import Wording

extension YAMLField {
    /// `limits` of a statistic, by the figure's column.
    func figureLimits(_ log: inout MistakeLog) -> [String: FigureLimits] {
        guard let fields = fields(&log) else { return [:] }
        if fields.all.isEmpty { refuse("'limits' is empty", &log) }
        var limits: [String: FigureLimits] = [:]
        for field in fields.all {
            guard let levels = field.fields(&log) else { continue }
            levels.refuseUnknown(["error", "warning"], &log)
            if levels.all.isEmpty { field.refuse("'\(field.name)' needs 'error' or 'warning'", &log) }
            limits[field.name] = FigureLimits(
                error: levels["error"]?.limit(&log),
                warning: levels["warning"]?.limit(&log)
            )
        }
        return limits
    }

    private func limit(_ log: inout MistakeLog) -> FigureLimits.Limit? {
        guard let text = text(&log) else { return nil }
        let sign = text.prefix { "<>=!".contains($0) }
        let bound = DecimalNumber(String(text.dropFirst(sign.count).drop { $0 == " " }))
        guard let comparison = FigureLimits.Limit.Comparison(rawValue: String(sign)), let bound else {
            refuse("'\(name)' takes a comparison with a number, such as \"< 0.90\"; it fails when that holds", &log)
            return nil
        }
        return FigureLimits.Limit(comparison, bound, description: text)
    }

    /// `format` of a statistic, by the figure's column.
    func figureFormats(_ log: inout MistakeLog) -> [String: FigureFormat] {
        guard let fields = fields(&log) else { return [:] }
        if fields.all.isEmpty { refuse("'format' is empty", &log) }
        var formats: [String: FigureFormat] = [:]
        let known = FigureFormat.allCases.map(\.rawValue)
        for field in fields.all {
            guard let word = field.text(&log) else { continue }
            formats[field.name] = FigureFormat(rawValue: word)
            guard !known.contains(word) else { continue }
            let message = "'\(word)' is no format of a figure; it is one of \(known.joined(separator: ", "))"
            field.refuse(message, suggestion: NearestName.of(word, among: known), &log)
        }
        return formats
    }
}
