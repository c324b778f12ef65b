/// Code in a check file that carries no word of a working fence, and so is prose.
struct WordlessCode {
    /// Its first line.
    let spot: SuiteMistake.Spot
    /// It stands between two lines of backticks or tildes.
    let isFenced: Bool
    /// Its first word is one of a statement that changes rows.
    let changes: Bool

    /// What to write if it is the fence that is missing.
    func advice(_ word: FenceWord) -> String {
        isFenced
            ? "write '```sql \(word.rawValue)' where '\(spot.source.trimmingBlanks)' stands, if that is the one"
            : "put a line '```sql \(word.rawValue)' above this code, without indentation, and a line '```' below it"
    }
}
