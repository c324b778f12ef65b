/// How many violations each user has of each check, and each user's own figures.
///
/// Users can be hundreds of thousands, so that nothing here is an object a user: ids and labels lie in one byte array
/// each, counts and figures in one array a column. The empty id stands for violations without a user.
package struct UserTallies: Sendable, Equatable {
    /// What a count counts.
    package enum Phase: Int, Sendable, CaseIterable {
        case before, repaired
        /// Ended without a repair of the check's own rows.
        case gone
        /// Came up while the run was at work.
        case new
        case after
    }

    /// One user's counts for one check.
    package struct Tally: Sendable, Equatable {
        package var before = 0
        /// Below zero for rows that an undo took back.
        package var repaired = 0
        package var gone = 0
        package var new = 0
        package var after = 0

        package init(before: Int = 0, repaired: Int = 0, gone: Int = 0, new: Int = 0, after: Int = 0) {
            self.before = before
            self.repaired = repaired
            self.gone = gone
            self.new = new
            self.after = after
        }
    }

    /// The ids of the checks that count, in the suite's order.
    package let checks: [String]
    private var ids = InternedBytes()
    private var labels = TextColumn()
    /// By check, then phase.
    private var counts: [[CountColumn]]
    package private(set) var figures: [UserFigures] = []

    package init(checks: [String]) {
        self.checks = checks
        counts = Array(
            repeating: Array(repeating: CountColumn(), count: Phase.allCases.count),
            count: checks.count
        )
    }
}

extension UserTallies {
    /// Users with an entry, the empty one included; they are numbered from 0 in the order of their first violation.
    package var count: Int { ids.count }

    /// Counts one violation of a user, who is entered when new.
    ///
    /// - Parameters:
    ///   - user: the id's bytes as the server sent them.
    ///   - check: the check's position in `checks`.
    /// - Returns: the user's number.
    @discardableResult
    package mutating func add(_ user: UnsafeRawBufferPointer, check: Int, phase: Phase, times: Int = 1) -> Int {
        let index = ids.index(of: user)
        count(times, of: index, check: check, phase: phase)
        return index
    }

    private mutating func count(_ times: Int, of user: Int, check: Int, phase: Phase) {
        if times != 0 { counts[check][phase.rawValue].add(times, at: user) }
    }

    /// Counts violations of a user, who is entered when new.
    ///
    /// - Returns: the user's number.
    @discardableResult
    package mutating func add(_ user: String, check: Int, phase: Phase, times: Int = 1) -> Int {
        var user = user
        return user.withUTF8 { add(UnsafeRawBufferPointer($0), check: check, phase: phase, times: times) }
    }

    /// Sets what became of each user's violations of a check, from the counts before, repaired and after.
    ///
    /// - Parameter kept: violations of a user that were there in the beginning and are left; nil when that is not known.
    package mutating func settle(check: Int, kept: ((_ user: Int) -> Int)?) {
        clear(check: check, phase: .gone)
        clear(check: check, phase: .new)
        for user in 0..<count {
            let tally = tally(check: check, user: user)
            let balance = Balance(
                before: tally.before,
                repaired: tally.repaired,
                after: tally.after,
                kept: kept?(user)
            )
            count(balance.gone, of: user, check: check, phase: .gone)
            count(balance.new, of: user, check: check, phase: .new)
        }
    }

    /// A check's counts over all users.
    package func sum(check: Int, phase: Phase) -> Int {
        let column = counts[check][phase.rawValue]
        return column.users.reduce(0) { $0.saturatingAdding(column[$1]) }
    }

    /// A run that only measures says of the end what it says of the beginning.
    package mutating func copyBeforeToAfter() {
        for check in counts.indices { copyBeforeToAfter(check: check) }
        for index in figures.indices { figures[index].copyBeforeToAfter() }
    }

    /// A run that only measures says of the end what it says of the beginning.
    package mutating func copyBeforeToAfter(check: Int) {
        counts[check][Phase.after.rawValue] = counts[check][Phase.before.rawValue]
    }

    /// Forgets what was counted for a check, when its measuring broke off.
    package mutating func clear(check: Int, phase: Phase) {
        counts[check][phase.rawValue] = CountColumn()
    }

    package func tally(check: Int, user: Int) -> Tally {
        func value(_ phase: Phase) -> Int { counts[check][phase.rawValue][user] }
        return Tally(
            before: value(.before),
            repaired: value(.repaired),
            gone: value(.gone),
            new: value(.new),
            after: value(.after)
        )
    }

    /// A user's counts over all checks.
    package func total(user: Int) -> Tally { total(user: user, of: checks.indices) }

    /// A user's counts over some checks, by their positions in `checks`.
    package func total(user: Int, of some: some Sequence<Int>) -> Tally {
        some.reduce(into: Tally()) { total, check in
            let one = tally(check: check, user: user)
            total.before = total.before.saturatingAdding(one.before)
            total.repaired = total.repaired.saturatingAdding(one.repaired)
            total.gone = total.gone.saturatingAdding(one.gone)
            total.new = total.new.saturatingAdding(one.new)
            total.after = total.after.saturatingAdding(one.after)
        }
    }

    /// The number of different users that a check counts in a phase, without the empty one.
    package func users(check: Int, phase: Phase) -> Int {
        let nobody = ids.existingIndex(of: "")
        let column = counts[check][phase.rawValue]
        return column.users.count { column[$0] > 0 && $0 != nobody }
    }

    /// Different users with violations of any check when the run began, without the empty one.
    package var affectedBefore: Int { affected(.before) }

    /// Different users with violations of any check when the run ended, without the empty one.
    package var affectedAfter: Int { affected(.after) }

    private func affected(_ phase: Phase) -> Int {
        let nobody = ids.existingIndex(of: "")
        return (0..<count).count { user in
            user != nobody && counts.contains { $0[phase.rawValue][user] > 0 }
        }
    }

    /// A user has a count other than zero for some check.
    package func isAffected(_ user: Int) -> Bool {
        counts.contains { phases in phases.contains { $0[user] != 0 } }
    }
}

extension UserTallies {
    package func id(_ user: Int) -> String {
        ids.withBytes(user) { String(decoding: $0, as: UTF8.self) }
    }

    /// Hands out the id as the server sent it.
    package func withID<R>(_ user: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try ids.withBytes(user, body)
    }

    package func index(of user: String) -> Int? {
        ids.existingIndex(of: user)
    }

    package func index(of user: UnsafeRawBufferPointer) -> Int? {
        ids.existingIndex(of: user)
    }

    package func label(_ user: Int) -> String? {
        labels[user]
    }

    /// Hands out the label's bytes; nil when there is none.
    package func withLabel<R>(_ user: Int, _ body: (UnsafeRawBufferPointer?) throws -> R) rethrows -> R {
        try labels.withBytes(user, body)
    }

    package mutating func setLabel(_ label: String, user: Int) {
        labels.set(label, at: user)
    }

    /// All users in the order of their ids' bytes.
    package func sortedByID() -> [Int] {
        ids.sorted()
    }

    /// The users whom a page shows first: most violations left, then most found, then by id; the empty one last.
    package func ranked(limit: Int) -> [Int] {
        let nobody = ids.existingIndex(of: "")
        var best: [(user: Int, total: Tally)] = []
        func precedes(_ a: (user: Int, total: Tally), _ b: (user: Int, total: Tally)) -> Bool {
            if (a.user == nobody) != (b.user == nobody) { return b.user == nobody }
            if a.total.after != b.total.after { return a.total.after > b.total.after }
            if a.total.before != b.total.before { return a.total.before > b.total.before }
            return ids.precedes(a.user, b.user)
        }
        for user in 0..<count where isAffected(user) {
            let entry = (user: user, total: total(user: user))
            if best.count == limit, let last = best.last, !precedes(entry, last) { continue }
            let place = best.firstIndex { precedes(entry, $0) } ?? best.endIndex
            best.insert(entry, at: place)
            if best.count > limit { best.removeLast() }
        }
        return best.map(\.user)
    }
}

extension UserTallies {
    /// Enters the figures of a statistic under a phase, in place of those that were there.
    package mutating func enter(_ measured: UserFigures, phase: Phase) {
        if let index = figures.firstIndex(where: { $0.statistic == measured.statistic }) {
            figures[index].take(phase, from: measured)
        } else {
            figures.append(measured)
        }
    }

    /// Forgets the figures of a statistic, when its measuring broke off.
    package mutating func removeFigures(of statistic: String) {
        figures.removeAll { $0.statistic == statistic }
    }
}
