/// Reads small things one after the other; what is not there leaves the position.
struct ByteReader {
    let bytes: [UInt8]
    var position: Int
    /// The number that was read last has two digits.
    private(set) var hasTwoDigits = false

    init(bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    /// A number of just so many digits.
    mutating func number(_ length: Int) -> Int? {
        guard position + length <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<(position + length)] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte) - 0x30
        }
        position += length
        hasTwoDigits = length == 2
        return value
    }

    /// A number of one or two digits.
    mutating func shortNumber() -> Int? { number(2) ?? number(1) }

    mutating func skip(_ text: String) -> Bool {
        guard bytes[min(position, bytes.count)...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    /// Letters of any language.
    mutating func word() -> String? {
        let limit = 48
        let rest = bytes[min(position, bytes.count)..<min(position + limit, bytes.count)]
        // Digits begin most dates.
        guard let first = rest.first, first.isWordByte && first > 0x39 || first >= 0xC3 else { return nil }
        let scalars = String(decoding: rest, as: UTF8.self).unicodeScalars.prefix { $0.properties.isAlphabetic }
        guard !scalars.isEmpty else { return nil }
        let word = String(scalars)
        position += word.utf8.count
        return word
    }

    /// A time of day such as `09:30`, with seconds or without.
    mutating func time() -> (hour: Int, minute: Int)? {
        let start = position
        guard let hour = number(2), skip(":"), let minute = number(2), hour < 24, minute < 60 else {
            position = start
            return nil
        }
        let end = position
        if !(skip(":") && number(2) != nil) { position = end }
        return (hour, minute)
    }
}

extension UInt8 {
    /// A letter or digit of ASCII.
    var isWordByte: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
