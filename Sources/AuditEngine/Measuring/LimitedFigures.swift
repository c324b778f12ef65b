import AuditModel

/// Compares each user's figures with the limits of their statistic, as the figures come.
struct LimitedFigures {
    let work: StatisticWork
    let columns: [FigureColumn]
    /// By column, of those that have limits.
    private var standings: [Int: Standing] = [:]

    /// How the users compared so far stand to one limit.
    private struct Standing {
        var measured = 0
        var past = 0
        var broken: Severity?
        var worst: (value: DecimalNumber, user: [UInt8])?
    }

    init(work: StatisticWork, columns: [FigureColumn]) {
        self.work = work
        self.columns = columns
    }

    /// No user was compared.
    var isEmpty: Bool { standings.isEmpty }

    /// Compares one user's figures; throws when one of them cannot be compared.
    mutating func add(
        _ id: UnsafeRawBufferPointer,
        _ figures: UserFigures,
        user: Int,
        phase: UserTallies.Phase
    ) throws(MeasuringError) {
        for index in columns.indices {
            let name = columns[index].name
            guard let limits = work.limits[name] else { continue }
            let value = figures.value(column: index, user: user, phase: phase)
            let broken = try work.broken(name, value, whose: " of the user '\(String(decoding: id, as: UTF8.self))'")
            guard case .number(let number) = value else { continue }
            var standing = standings[index] ?? Standing()
            standing.measured += 1
            if broken != nil { standing.past += 1 }
            standing.broken = [standing.broken, broken].compactMap { $0 }.max()
            let entry = (value: number, user: Array(id))
            if standing.worst.map({ isWorse(entry, than: $0, limits) }) ?? true { standing.worst = entry }
            standings[index] = standing
        }
    }

    /// The figure for all of them: that of the worst user where there is a limit, and else the sum.
    func figure(_ index: Int, _ figures: UserFigures, phase: UserTallies.Phase) -> Figure {
        let column = columns[index]
        guard work.limits[column.name] != nil else {
            return work.figure(column, figures.sum(column: index, phase: phase), broken: nil)
        }
        guard let standing = standings[index], let worst = standing.worst else {
            return work.figure(column, nil, broken: nil)
        }
        let users = LimitedUsers(
            measured: standing.measured,
            past: standing.past,
            worst: String(decoding: worst.user, as: UTF8.self)
        )
        return work.figure(column, .number(worst.value), broken: standing.broken, users: users)
    }

    /// Farther past the limits, or nearer to them; of equals the first by the bytes of the id.
    private func isWorse(
        _ a: (value: DecimalNumber, user: [UInt8]),
        than b: (value: DecimalNumber, user: [UInt8]),
        _ limits: FigureLimits
    ) -> Bool {
        let severities = [limits.broken(by: a.value), limits.broken(by: b.value)].map {
            $0.map { $0 == .error ? 2 : 1 } ?? 0
        }
        if severities[0] != severities[1] { return severities[0] > severities[1] }
        if a.value == b.value { return a.user.lexicographicallyPrecedes(b.user) }
        return switch (limits.error ?? limits.warning)?.comparison {
        case .greater, .greaterOrEqual: a.value > b.value
        case .less, .lessOrEqual, .equal, .notEqual, nil: a.value < b.value
        }
    }
}
