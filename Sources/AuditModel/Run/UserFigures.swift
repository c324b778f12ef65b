/// The figures of one statistic for each affected user.
package struct UserFigures: Sendable, Equatable {
    /// The statistic's id.
    package let statistic: String
    /// The figures' names, the columns of its query without the user.
    package let names: [String]
    /// By name, then user; not a number where nothing was measured. An array ends with the last user it knows.
    private var before: [[Double]]
    private var after: [[Double]]

    package init(statistic: String, names: [String]) {
        self.statistic = statistic
        self.names = names
        before = Array(repeating: [], count: names.count)
        after = before
    }

    package func value(name: Int, user: Int, phase: UserTallies.Phase) -> Double? {
        let column = phase == .before ? before[name] : after[name]
        guard user < column.count, !column[user].isNaN else { return nil }
        return column[user]
    }

    /// The sum over all users; nil when no user has the figure.
    package func sum(name: Int, phase: UserTallies.Phase) -> Double? {
        let values = (phase == .before ? before[name] : after[name]).filter { !$0.isNaN }
        return values.isEmpty ? nil : values.reduce(0, +)
    }

    package mutating func set(_ value: Double, name: Int, user: Int, phase: UserTallies.Phase) {
        if phase == .before {
            before[name].set(value, at: user)
        } else {
            after[name].set(value, at: user)
        }
    }

    /// What a run that only measures says of the end: the same as of the beginning.
    package mutating func copyBeforeToAfter() {
        after = before
    }

    package static func == (a: UserFigures, b: UserFigures) -> Bool {
        func same(_ x: [[Double]], _ y: [[Double]]) -> Bool {
            x.elementsEqual(y) { $0.elementsEqual($1) { $0 == $1 || ($0.isNaN && $1.isNaN) } }
        }
        return a.statistic == b.statistic && a.names == b.names && same(a.before, b.before) && same(a.after, b.after)
    }
}

extension [Double] {
    fileprivate mutating func set(_ value: Double, at index: Int) {
        if index >= count { append(contentsOf: repeatElement(.nan, count: index + 1 - count)) }
        self[index] = value
    }
}
