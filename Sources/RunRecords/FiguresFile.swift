import AuditModel

/// `figures/STATISTIC.csv`: the figures of a statistic for each affected user.
enum FiguresFile {
    static func write(_ figures: UserFigures, users: UserTallies, to path: String) throws(OutputError) {
        var file = try FileWriter.create(path)
        try file.write(CSV.line(["user", "label", "figure", "before", "after"]))
        var line: [UInt8] = []
        for user in users.sortedByID() {
            for (name, title) in figures.names.enumerated() {
                let before = figures.value(name: name, user: user, phase: .before)
                let after = figures.value(name: name, user: user, phase: .after)
                guard before != nil || after != nil else { continue }
                line.removeAll(keepingCapacity: true)
                users.appendFields(of: user, to: &line)
                CSV.append(title, to: &line)
                for value in [before, after] {
                    line.append(CSV.comma)
                    line.append(contentsOf: text(value).utf8)
                }
                line.append(CSV.newline)
                try file.write(line)
            }
        }
        try file.finish()
    }

    /// A whole number without a decimal point, as the server counts.
    private static func text(_ value: Double?) -> String {
        guard let value else { return "" }
        return Int(exactly: value).map { String($0) } ?? String(value)
    }
}
