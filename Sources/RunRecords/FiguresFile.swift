import AuditModel

/// `figures/STATISTIC.csv`: the figures of a statistic for each affected user, as the server wrote them.
enum FiguresFile {
    static func write(_ figures: UserFigures, users: UserTallies, to path: String) throws(OutputError) {
        var file = try FileWriter.create(path)
        try file.write(CSV.line(["user", "label", "figure", "before", "after"]))
        var line: [UInt8] = []
        for user in users.sortedByID() {
            for (index, column) in figures.columns.enumerated() {
                let before = figures.text(column: index, user: user, phase: .before)
                let after = figures.text(column: index, user: user, phase: .after)
                guard before != nil || after != nil else { continue }
                line.removeAll(keepingCapacity: true)
                users.appendFields(of: user, to: &line)
                CSV.append(column.name, to: &line)
                for value in [before, after] {
                    line.append(CSV.comma)
                    CSV.append(value ?? "", to: &line)
                }
                line.append(CSV.newline)
                try file.write(line)
            }
        }
        try file.finish()
    }
}
