/// What the numbers of a table's column count.
enum CountedColumn: Equatable {
    case done, total, left
    /// A fraction, a percentage, or both.
    case progress
    /// A percentage without its sign.
    case percent
    /// Nothing that is known.
    case other

    private static let doneWords: Set = [
        "done", "completed", "complete", "finished", "ticked", "checked", "closed", "tasks completed",
        "completed tasks", "tasks done", "done tasks", "tasks complete", "tasks finished",
    ]
    private static let totalWords: Set = [
        "total", "tasks", "all", "count", "total tasks", "all tasks", "tasks total", "number of tasks", "task count",
        "items", "total items",
    ]
    private static let leftWords: Set = [
        "open", "remaining", "left", "todo", "to do", "pending", "outstanding", "tasks left", "tasks remaining",
        "remaining tasks", "open tasks", "tasks open",
    ]
    private static let progressWords: Set = ["progress", "completion", "ratio", "share"]
    private static let dateWords: Set = [
        "due", "date", "deadline", "when", "start", "end", "until", "started", "finish", "updated", "week", "sprint",
        "target", "eta", "due date", "start date", "end date", "target date",
    ]

    /// The roles of a table's columns: by their names, else by what their numbers were.
    static func all(_ header: [String], name: Int, _ rows: [CountedTable.Row], _ bytes: [UInt8]) -> [CountedColumn] {
        var roles = header.map(named)
        if roles.indices.contains(name) { roles[name] = .other }
        let unknown = header.indices.filter { column in
            column != name && roles[column] == .other && !dateWords.contains(SectionNames.words(header[column]))
        }
        if !roles.contains(.total), !roles.contains(.done), let (done, all) = divided(rows, unknown, bytes) {
            (roles[done], roles[all]) = (.done, .total)
        }
        let pairs = rows.map { OldCount($0, roles, unknown, bytes) }
        for column in unknown where roles[column] == .other {
            let own = zip(rows, pairs).filter { !$0.0.isEmpty(column, in: bytes) }
            if let role = told(by: own.map { (figures($0.0, column), $0.1.pair) }, bytes) {
                roles[column] = role
            } else if progressWords.contains(SectionNames.words(header[column])) {
                roles[column] = .progress
            }
        }
        return roles
    }

    private static func figures(_ row: CountedTable.Row, _ column: Int) -> CountedText? {
        row.figures.indices.contains(column) ? row.figures[column] : nil
    }

    private static func named(_ header: String) -> CountedColumn {
        let words = SectionNames.words(header)
        if doneWords.contains(words) { return header.contains("%") ? .percent : .done }
        if totalWords.contains(words) { return .total }
        if leftWords.contains(words) { return .left }
        return header.contains("%") || words == "percent" || words == "percentage" ? .percent : .other
    }

    /// The two columns of which the percentages were made; nil when several could be.
    private static func divided(_ rows: [CountedTable.Row], _ unknown: [Int], _ bytes: [UInt8]) -> (Int, Int)? {
        func value(_ row: CountedTable.Row, _ column: Int) -> Int? {
            guard case .number(let number) = figures(row, column) else { return nil }
            return CountedText.value(bytes, number)
        }
        func percent(_ row: CountedTable.Row) -> Int? {
            for case .percent(let range)? in row.figures {
                return Int(String(decoding: bytes[range].prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self))
            }
            return nil
        }
        let rows = rows.filter { row in row.figures.contains { $0 != nil } }
        var found: [(Int, Int)] = []
        for done in unknown {
            for all in unknown where all != done {
                let fits = rows.allSatisfy { row in
                    guard let done = value(row, done), let all = value(row, all), let percent = percent(row) else {
                        return false
                    }
                    return all > 0 && done <= all && abs(done * 100 - percent * all) <= all
                }
                if fits, !rows.isEmpty { found.append((done, all)) }
            }
        }
        return found.count == 1 ? found.first : nil
    }

    /// What a column without a known name counts, told by the old figures of its rows.
    private static func told(by rows: [(figures: CountedText?, pair: OldCount.Pair?)], _ bytes: [UInt8])
        -> CountedColumn?
    {
        guard !rows.isEmpty else { return nil }
        let isProgress = rows.allSatisfy { figures, pair in
            switch figures {
            case .percent: true
            case .fraction(_, _, percent: .some): true
            case .fraction(let done, let all, percent: nil):
                pair.map { $0.done == CountedText.value(bytes, done) && $0.all == CountedText.value(bytes, all) }
                    ?? false
            default: false
            }
        }
        if isProgress { return .progress }
        // By chance, one number may be another one.
        guard rows.count > 1 else { return nil }
        let values = rows.map { figures, pair -> (value: Int, pair: OldCount.Pair)? in
            guard case .number(let number) = figures, let value = CountedText.value(bytes, number), let pair else {
                return nil
            }
            return (value, pair)
        }
        let known = values.compactMap(\.self)
        guard known.count == values.count else { return nil }
        let fits: [(CountedColumn, (OldCount.Pair) -> Int)] = [
            (.total, { $0.all }), (.done, { $0.done }), (.left, { $0.all - $0.done }),
        ]
        let fitting = fits.filter { fit in known.allSatisfy { fit.1($0.pair) == $0.value } }
        return fitting.count == 1 ? fitting.first?.0 : nil
    }
}

/// What a row said before: how many of how many.
struct OldCount {
    struct Pair: Equatable {
        var done: Int
        var all: Int
    }

    private(set) var pair: Pair?

    /// By a fraction with a percentage, the columns whose names tell, or the only fraction.
    init(_ row: CountedTable.Row, _ roles: [CountedColumn], _ unknown: [Int], _ bytes: [UInt8]) {
        var told: Pair?
        var plain: [Pair] = []
        var numbers: [CountedColumn: Int] = [:]
        for (column, figures) in row.figures.enumerated() where roles.indices.contains(column) {
            switch figures {
            case .fraction(let done, let all, let percent):
                guard roles[column] != .other || unknown.contains(column), let done = CountedText.value(bytes, done),
                    let all = CountedText.value(bytes, all)
                else { continue }
                if percent != nil || roles[column] != .other { told = Pair(done: done, all: all) }
                plain.append(Pair(done: done, all: all))
            case .number(let number): numbers[roles[column]] = CountedText.value(bytes, number)
            default: break
            }
        }
        var columns: Pair?
        if let all = numbers[.total], let done = numbers[.done] ?? numbers[.left].map({ all - $0 }) {
            columns = Pair(done: done, all: all)
        }
        pair = told ?? columns ?? (plain.count == 1 ? plain.first : nil)
    }
}
