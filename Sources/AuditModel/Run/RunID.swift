/// The name of a run: its start in UTC and six hexadecimal digits, such as `20261123T031500Z-7f3a9c`.
package struct RunID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let description: String

    /// Makes the id of a run from its start and a random number, of which 24 bits are used.
    package init(startedAt: Timestamp, random: UInt32) {
        let digits = String(random & 0xFF_FFFF, radix: 16)
        description = "\(startedAt.basic)-" + String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Reads an id; nil when the text is none.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 23, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
            bytes[16] == UInt8(ascii: "-"),
            (bytes[0..<8] + bytes[9..<15]).allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            bytes[17...].allSatisfy({ "0123456789abcdef".utf8.contains($0) })
        else { return nil }
        description = text
    }

    package static func < (a: RunID, b: RunID) -> Bool {
        a.description < b.description
    }
}
