import AuditModel
import Postgres

/// The columns of a statistic's query that are figures, found right.
struct FigureColumns {
    let columns: [FigureColumn]
    /// Where they stand in a row.
    let positions: [Int]
    /// Where the user stands, when the statistic names one.
    let user: Int?

    /// Throws when the query's columns are no figures, or none that the check's keys speak of.
    init(_ shape: [StatementShape.Column], of check: Check, _ work: StatisticWork) throws(MeasuringError) {
        let place = work.measure.place
        let names = shape.map(\.name)
        if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
            throw MeasuringError(
                place,
                twice == "?column?"
                    ? "the query returns several columns without a name; give each figure one with AS"
                    : "the query returns several columns '\(twice)'; give each figure a name of its own with AS"
            )
        }
        let user = check.user.flatMap(names.firstIndex)
        if let column = check.user, user == nil {
            throw MeasuringError(
                place,
                "the query returns no column '\(column)', which `user:` names; it returns "
                    + names.joined(separator: ", ")
            )
        }
        positions = shape.indices.filter { $0 != user }
        self.user = user
        guard !positions.isEmpty else {
            throw MeasuringError(place, "the query returns no figure\(user == nil ? "" : " beside the user")")
        }
        columns = try positions.map { position throws(MeasuringError) in
            let column = shape[position]
            if !Self.numbers.contains(column.type), !Self.others.contains(column.type) {
                throw MeasuringError(
                    place,
                    "the figure '\(column.name)' is of the type \(column.typeName), and a figure is a number, a boolean, "
                        + "a date, a time, an interval or money. Return a number, as with ::numeric or count(*), or leave "
                        + "the column out"
                )
            }
            return FigureColumn(
                name: column.name,
                isNumber: Self.numbers.contains(column.type),
                format: work.formats[column.name]
            )
        }
        for (key, named) in [("limits", Array(work.limits.keys)), ("format", Array(work.formats.keys))] {
            for name in named.sorted() {
                guard let index = columns.firstIndex(where: { $0.name == name }) else {
                    let known = columns.map(\.name).joined(separator: ", ")
                    throw MeasuringError(place, "`\(key):` names the figure '\(name)', and the query returns \(known)")
                }
                guard !columns[index].isNumber else { continue }
                let column = shape[positions[index]]
                throw MeasuringError(
                    place,
                    "`\(key):` names the figure '\(name)', which is no number but of the type \(column.typeName). "
                        + Self.advice(column.type, name)
                )
            }
        }
    }

    /// smallint, integer, bigint, oid, real, double precision, numeric.
    private static let numbers: Set<UInt32> = [21, 23, 20, 26, 700, 701, 1700]
    private static let boolean: UInt32 = 16
    private static let money: UInt32 = 790
    private static let interval: UInt32 = 1186
    /// Also date, time and timestamp, with and without a time zone.
    private static let others: Set<UInt32> = [boolean, money, interval, 1082, 1083, 1266, 1114, 1184]

    /// How to make a number of a value.
    private static func advice(_ type: UInt32, _ name: String) -> String {
        switch type {
        case boolean: "Write (…)::int AS \(name), which is 1 or 0"
        case money: "Write (…)::numeric AS \(name)"
        case interval: "Write extract(epoch FROM …) AS \(name), which is its seconds"
        default: "Write extract(epoch FROM now() - …) AS \(name), the seconds since then"
        }
    }
}

extension StatisticWork {
    /// Compares a figure with its limits; throws when it cannot be compared.
    ///
    /// - Parameter whose: of whom the figure is, such as ` of the user 'ann'`; empty when of all.
    func broken(_ name: String, _ value: FigureValue?, whose: String = "") throws(MeasuringError) -> Severity? {
        switch value {
        case .number(let number): return limits[name]?.broken(by: number)
        case nil:
            throw MeasuringError(
                measure.place,
                "the figure '\(name)'\(whose) is NULL, which its limits cannot be compared with. Write coalesce(…, 0), or "
                    + "what else it is where there is nothing to measure"
            )
        case .text(let text):
            throw MeasuringError(
                measure.place,
                "the figure '\(name)'\(whose) is \(text), which its limits cannot be compared with. Look at what it is "
                    + "computed from"
            )
        }
    }

    /// A figure of a run that only measures: after equals before.
    func figure(_ column: FigureColumn, _ value: FigureValue?, broken: Severity?, users: LimitedUsers? = nil) -> Figure
    {
        let applied = limits[column.name].map {
            AppliedLimit(
                error: $0.error?.description,
                warning: $0.warning?.description,
                broken: broken,
                users: users
            )
        }
        return Figure(name: column.name, before: value, after: value, limit: applied, format: column.format)
    }
}
