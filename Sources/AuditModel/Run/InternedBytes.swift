import Glibc

/// Byte strings, each kept once and known by a number from 0: about 50 bytes for a UUID in text form.
struct InternedBytes: Sendable, Equatable {
    private var bytes: [UInt8] = []
    /// Where each string ends in `bytes`.
    private var ends: [Int] = []
    /// An open-addressed hash table of number + 1; 0 is free. Its size is a power of two.
    private var slots: [UInt32] = Array(repeating: 0, count: 16)

    var count: Int { ends.count }

    /// The number of a string, which is entered when new.
    mutating func index(of string: UnsafeRawBufferPointer) -> Int {
        let slot = self.slot(of: string)
        if slots[slot] != 0 { return Int(slots[slot]) - 1 }
        bytes.append(contentsOf: string)
        ends.append(bytes.count)
        slots[slot] = UInt32(ends.count)
        // At most half full, so that probing stays short.
        if ends.count * 2 > slots.count { grow() }
        return ends.count - 1
    }

    func existingIndex(of string: String) -> Int? {
        var string = string
        return string.withUTF8 { existingIndex(of: UnsafeRawBufferPointer($0)) }
    }

    func existingIndex(of string: UnsafeRawBufferPointer) -> Int? {
        let found = slots[slot(of: string)]
        return found == 0 ? nil : Int(found) - 1
    }

    func withBytes<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range(index)])) }
    }

    /// Whether a string comes before another in the order of their bytes.
    func precedes(_ a: Int, _ b: Int) -> Bool {
        withBytes(a) { first in withBytes(b) { second in Self.compare(first, second) < 0 } }
    }

    /// All numbers in the order of their strings' bytes.
    func sorted() -> [Int] {
        // The first bytes decide nearly always, and lie here beside each other instead of all over memory.
        var keys = (0..<Int32(count)).map { (prefix: withBytes(Int($0), Self.prefix), index: $0) }
        keys.sort { a, b in
            a.prefix == b.prefix ? precedes(Int(a.index), Int(b.index)) : a.prefix < b.prefix
        }
        return keys.map { Int($0.index) }
    }

    /// The first eight bytes as a number of the same order; a shorter string counts as if zeros followed.
    private static func prefix(_ string: UnsafeRawBufferPointer) -> UInt64 {
        var prefix: UInt64 = 0
        for place in 0..<8 { prefix = prefix << 8 | (place < string.count ? UInt64(string[place]) : 0) }
        return prefix
    }

    /// Less than zero when the first string comes first.
    private static func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
        guard let first = a.baseAddress, let second = b.baseAddress else { return a.count - b.count }
        let order = memcmp(first, second, min(a.count, b.count))
        return order == 0 ? a.count - b.count : Int(order)
    }

    private static func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
        a.count == b.count && compare(a, b) == 0
    }

    private func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }

    /// Where a string is in the table, or would be.
    private func slot(of string: UnsafeRawBufferPointer) -> Int {
        var slot = Self.hash(string) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if withBytes(index, { Self.areEqual($0, string) }) { break }
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for index in 0..<count {
            let slot = withBytes(index) { self.slot(of: $0) }
            slots[slot] = UInt32(index + 1)
        }
    }

    private static func hash(_ string: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: string)
        return hasher.finalize()
    }
}
