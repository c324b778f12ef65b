import RunRecords

/// What tells one violation of a check from another: its key columns and its user.
struct RowIdentity: Sendable {
    /// Positions of the columns that count; the whole record when empty.
    private let positions: Set<Int>
    private let last: Int

    /// - Parameters:
    ///   - key: positions of the key's columns; empty where all columns are the key.
    ///   - user: the position of the user's column.
    init(key: [Int], user: Int?) {
        positions = key.isEmpty ? [] : Set(key + [user].compactMap { $0 })
        last = positions.max() ?? 0
    }

    /// A number of a CSV record, the same for records of one identity within this process.
    func hash(of record: UnsafeRawBufferPointer) -> UInt64 {
        var hasher = Hasher()
        if positions.isEmpty {
            hasher.combine(bytes: record)
        } else {
            CSV.forEachField(of: record) { index, field in
                if positions.contains(index) {
                    hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: field))
                    hasher.combine(index)
                }
                return index < last
            }
        }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
