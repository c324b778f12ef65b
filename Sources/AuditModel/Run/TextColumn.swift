/// A short text, or none, for each user, in one byte array: 8 bytes a user beside the text itself.
struct TextColumn: Sendable {
    private var bytes: [UInt8] = []
    /// By user; ends with the last user who has a text.
    private var places: [Place] = []

    /// Where a text is in `bytes`: its start in 40 bits, its length in 24.
    private struct Place {
        private var packed: UInt64

        static let none = Place(packed: .max)
        /// The longest text; what is longer is cut.
        static let longest = 0xFF_FFFF

        private init(packed: UInt64) { self.packed = packed }

        init(start: Int, count: Int) {
            packed = UInt64(start) << 24 | UInt64(count)
        }

        var range: Range<Int>? {
            guard packed != .max else { return nil }
            let start = Int(packed >> 24)
            return start..<start + Int(packed & 0xFF_FFFF)
        }
    }

    /// The users who can have a text.
    var count: Int { places.count }

    mutating func set(_ text: String, at user: Int) {
        var text = text
        text.withUTF8 { set(UnsafeRawBufferPointer($0), at: user) }
    }

    /// A text that replaces another leaves the room of the old one unused.
    mutating func set(_ text: UnsafeRawBufferPointer, at user: Int) {
        if user >= places.count {
            places.append(contentsOf: repeatElement(.none, count: user + 1 - places.count))
        }
        let text = text.prefix(Place.longest)
        places[user] = Place(start: bytes.count, count: text.count)
        bytes.append(contentsOf: text)
    }

    subscript(user: Int) -> String? {
        withBytes(user) { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    func withBytes<R>(_ user: Int, _ body: (UnsafeRawBufferPointer?) throws -> R) rethrows -> R {
        guard user < places.count, let range = places[user].range else { return try body(nil) }
        return try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }
}

extension TextColumn: Equatable {
    static func == (a: TextColumn, b: TextColumn) -> Bool {
        (0..<max(a.places.count, b.places.count)).allSatisfy { a[$0] == b[$0] }
    }
}
