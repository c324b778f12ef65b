import AuditModel

/// The affected users in portions, so that no statement carries all of them.
struct UserBatches: Sequence {
    /// A query over ten thousand keys still gets an index plan where there is one, and takes little memory.
    private static let size = 10_000

    /// One portion.
    struct Batch: Sendable {
        /// Numbers of users in the tallies, some of whom may not be affected.
        let numbers: Range<Int>
        /// The ids of those who are, as the server sent them; the empty one is left out.
        let ids: [[UInt8]]
    }

    let book: TallyBook

    func makeIterator() -> some IteratorProtocol<Batch> {
        var next = 0
        let book = book
        return AnyIterator {
            let start = next
            let (batch, isLast) = book.with { tallies in
                let numbers = start..<Swift.max(start, Swift.min(start + Self.size, tallies.count))
                let ids = numbers.filter(tallies.isAffected).map { tallies.withID($0) { Array($0) } }
                return (Batch(numbers: numbers, ids: ids.filter { !$0.isEmpty }), numbers.isEmpty)
            }
            guard !isLast else { return nil }
            next = batch.numbers.upperBound
            return batch
        }
    }
}

extension TallyBook {
    /// The number of a user whose id the server sent again, when it is one of a portion.
    ///
    /// A row of another spelling of the id is no row of the user, although the type says that they are equal.
    func number(of id: UnsafeRawBufferPointer, in batch: UserBatches.Batch) -> Int? {
        nonisolated(unsafe) let id = id
        guard let number = with({ $0.index(of: id) }), batch.numbers.contains(number) else { return nil }
        return number
    }

    /// The ids of a portion's users who have no label yet.
    func unlabeled(in batch: UserBatches.Batch) -> [[UInt8]] {
        with { tallies in
            batch.ids.filter { id in
                id.withUnsafeBytes { tallies.index(of: $0).map { tallies.label($0) == nil } ?? true }
            }
        }
    }
}
