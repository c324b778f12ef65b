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

    /// Rounded down, so that 100 means all.
    var percent: Int { all == 0 ? 0 : done * 100 / all }
}
