/// A working fence of a check file.
struct SQLFence {
    let word: FenceWord
    let passage: SQLPassage
    /// The opening line.
    let spot: SuiteMistake.Spot
}

/// The words that a working fence carries after `sql`.
enum FenceWord: String, CaseIterable {
    case find, fix, scope, measure, setup, act, expect
}
