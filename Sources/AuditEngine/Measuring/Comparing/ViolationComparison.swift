/// Compares the violations of a check when the run began with those when it ended.
///
/// It reads the identities in as many passes as it needs to hold no more than a million of them at a time.
struct ViolationComparison {
    private static let identitiesOfAPass = 1 << 20

    /// Violations of the beginning that are left, by the user's number.
    private(set) var kept: [Int: Int] = [:]
    /// By position in the first findings, a bit for one that is not left.
    private var endedRows: [UInt64]
    /// Violations that are not left.
    private(set) var ended = 0

    /// - Parameters:
    ///   - counts: how many violations the two files have.
    init(before: IdentityFile, after: IdentityFile, counts: (before: Int, after: Int)) throws {
        endedRows = Array(repeating: 0, count: (counts.before + 63) / 64)
        let passes = UInt64(max(counts.after, 1) / Self.identitiesOfAPass + 1)
        for pass in 0..<passes {
            var left: [UInt64: Int] = [:]
            try after.forEach { hash, _ in
                if hash % passes == pass { left[hash, default: 0] += 1 }
            }
            var row = 0
            try before.forEach { hash, user in
                defer { row += 1 }
                guard hash % passes == pass else { return }
                if let count = left[hash], count > 0 {
                    left[hash] = count - 1
                    kept[user, default: 0] += 1
                } else {
                    endedRows[row / 64] |= 1 << UInt64(row % 64)
                    ended += 1
                }
            }
        }
    }

    /// How many violations of a user are not left.
    func ended(of user: Int, before: Int) -> Int { before - (kept[user] ?? 0) }

    /// Whether a violation of the beginning, by its position, is not left.
    func isEnded(_ row: Int) -> Bool {
        endedRows[row / 64] & (1 << UInt64(row % 64)) != 0
    }
}
