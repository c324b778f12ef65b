extension [UInt8] {
    /// The first place where other bytes stand.
    func firstRange(of other: [UInt8]) -> Range<Int>? {
        guard let first = other.first, count >= other.count else { return nil }
        var index = 0
        while let found = self[index...(count - other.count)].firstIndex(of: first) {
            if self[found...].starts(with: other) { return found..<(found + other.count) }
            index = found + 1
            if index > count - other.count { return nil }
        }
        return nil
    }
}
