/// What became of a check's violations: before + new = repaired + gone + after.
package struct Balance: Sendable, Equatable {
    /// Ended, and not by a repair of these rows.
    package var gone: Int
    /// Came up since the beginning; left, or already repaired.
    package var new: Int

    /// - Parameters:
    ///   - repaired: below zero for rows that were taken back.
    ///   - kept: violations of the beginning that are still there; nil when only the numbers are known, so that one
    ///     that ended and one that came up are taken for the same.
    package init(before: Int, repaired: Int, after: Int, kept: Int?) {
        let kept = kept ?? min(before - min(before, max(0, repaired)), after)
        let (ended, begun) = (before - kept, after - kept)
        if repaired >= 0 {
            // What was repaired and did not stand there in the beginning came up in between.
            let repairedNew = max(0, repaired - ended)
            gone = ended - (repaired - repairedNew)
            new = begun + repairedNew
        } else {
            // Rows that were taken back are violations again, unless something else ended them.
            let again = min(-repaired, begun)
            gone = ended + (-repaired - again)
            new = begun - again
        }
    }
}
