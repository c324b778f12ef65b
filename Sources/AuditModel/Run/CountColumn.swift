/// A count for each user, 4 bytes where it has room in them; a user beyond the last one has 0.
struct CountColumn: Sendable, Equatable {
    private var small: [Int32] = []
    /// What does not fit there, in whole; its place in `small` is 0.
    private var large: [Int: Int] = [:]

    subscript(user: Int) -> Int {
        guard user < small.count else { return 0 }
        return small[user] == 0 && !large.isEmpty ? large[user] ?? 0 : Int(small[user])
    }

    /// The users who can have a count.
    var users: Range<Int> { small.indices }

    mutating func add(_ times: Int, at user: Int) {
        if user >= small.count { small.append(contentsOf: repeatElement(0, count: user + 1 - small.count)) }
        let sum = self[user].saturatingAdding(times)
        if !large.isEmpty { large[user] = nil }
        if let fitting = Int32(exactly: sum) {
            small[user] = fitting
        } else {
            small[user] = 0
            large[user] = sum
        }
    }
}

extension Int {
    /// The sum, or the largest or smallest number where there is no room for it.
    package func saturatingAdding(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other > 0 ? .max : .min) : sum
    }
}
