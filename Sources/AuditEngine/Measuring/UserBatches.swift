import AuditModel

/// The affected users in portions, so that no statement carries all of them.
struct UserBatches: Sequence {
    /// A query over ten thousand keys still gets an index plan where there is one, and takes little memory.
    private static let size = 10_000

    let book: TallyBook

    /// Each portion as the elements of an array parameter; the empty user is left out.
    func makeIterator() -> some IteratorProtocol<[String]> {
        var next = 0
        let book = book
        return AnyIterator {
            let start = next
            let batch = book.with { tallies in
                let end = Swift.min(start + Self.size, tallies.count)
                return (start..<Swift.max(start, end)).filter(tallies.isAffected).map(tallies.id).filter { !$0.isEmpty }
            }
            guard start < book.with({ $0.count }) else { return nil }
            next = start + Self.size
            return batch
        }
    }
}
