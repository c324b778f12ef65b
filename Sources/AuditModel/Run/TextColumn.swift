/// A short text, or none, for each user, in one byte array: 16 bytes a user beside the text itself.
struct TextColumn: Sendable {
    private var bytes: [UInt8] = []
    /// By user; ends with the last user who has a text.
    private var places: [Place] = []

    /// Where a text is in `bytes`; at -1 when there is none.
    private struct Place {
        var start: Int
        var count: Int

        static let none = Place(start: -1, count: 0)
    }

    /// A text that replaces another leaves the room of the old one unused.
    mutating func set(_ text: String, at user: Int) {
        if user >= places.count {
            places.append(contentsOf: repeatElement(.none, count: user + 1 - places.count))
        }
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        places[user] = Place(start: start, count: bytes.count - start)
    }

    subscript(user: Int) -> String? {
        withBytes(user) { $0.map { String(decoding: $0, as: UTF8.self) } }
    }

    func withBytes<R>(_ user: Int, _ body: (UnsafeRawBufferPointer?) throws -> R) rethrows -> R {
        guard user < places.count, places[user].start >= 0 else { return try body(nil) }
        let place = places[user]
        return try bytes.withUnsafeBytes {
            try body(UnsafeRawBufferPointer(rebasing: $0[place.start..<place.start + place.count]))
        }
    }
}

extension TextColumn: Equatable {
    static func == (a: TextColumn, b: TextColumn) -> Bool {
        (0..<max(a.places.count, b.places.count)).allSatisfy { a[$0] == b[$0] }
    }
}
