/// How many of some tasks are done.
struct TaskCount: Equatable {
    var done = 0
    var all = 0

    init(_ tasks: some Sequence<Bool>) {
        for isDone in tasks {
            all += 1
            if isDone { done += 1 }
        }
    }

    /// Rounded as people do, but 100 means all, and 0 none.
    func percent(decimals: Int) -> String {
        let unit = (0..<decimals).reduce(1) { unit, _ in unit * 10 }
        let full = 100 * unit
        var value = all == 0 ? 0 : (done * full * 2 + all) / (all * 2)
        if done > 0 { value = max(1, value) }
        if done < all { value = min(full - 1, value) }
        if decimals == 0 { return "\(value)" }
        let rest = String(value % unit)
        return "\(value / unit)." + String(repeating: "0", count: decimals - rest.count) + rest
    }
}
