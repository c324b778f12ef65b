/// A decimal number, exact at any size: a figure as PostgreSQL writes it, or the bound of a limit.
package struct DecimalNumber: Sendable, Hashable {
    private let isNegative: Bool
    /// From the first one that is not zero to the last one; none for zero. The value is 0.d₁d₂d₃… × 10^`exponent`.
    private let digits: [UInt8]
    private let exponent: Int

    private init(isNegative: Bool, digits: some Collection<UInt8>, exponent: Int) {
        let leading = digits.prefix { $0 == 0 }.count
        var own = Array(digits.dropFirst(leading))
        while own.last == 0 { own.removeLast() }
        self.isNegative = isNegative && !own.isEmpty
        self.digits = own
        self.exponent = own.isEmpty ? 0 : exponent - leading
    }

    /// Reads a number such as `-12`, `0.80` or `1e+308`; nil for anything else, infinity included.
    package init?(_ text: String) {
        var rest = Substring(text).utf8
        let sign = rest.first
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
        func takeDigits() -> [UInt8] {
            let taken = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest.dropFirst(taken.count)
            return taken.map { $0 - 0x30 }
        }
        let whole = takeDigits()
        var fraction: [UInt8] = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = takeDigits()
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        var power = 0
        if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
            guard let written = Int(String(rest.dropFirst()) ?? ""), Self.powers.contains(written) else { return nil }
            power = written
            rest = rest.dropFirst(rest.count)
        }
        guard rest.isEmpty else { return nil }
        self.init(
            isNegative: sign == UInt8(ascii: "-"),
            digits: whole + fraction,
            exponent: whole.count + power
        )
    }

    /// Nothing that PostgreSQL writes comes near it.
    private static let powers = -1_000_000...1_000_000

    package var double: Double { Double(description) ?? (isNegative ? -.infinity : .infinity) }

    /// The number times a power of ten.
    package func shifted(by power: Int) -> DecimalNumber {
        DecimalNumber(isNegative: isNegative, digits: digits, exponent: exponent + power)
    }

    /// The nearest number with so many decimals; a half goes away from zero.
    package func rounded(decimals: Int) -> DecimalNumber {
        let kept = exponent + decimals
        guard kept < digits.count else { return self }
        guard kept >= 0 else { return 0 }
        let cut = DecimalNumber(isNegative: isNegative, digits: digits.prefix(kept), exponent: exponent)
        guard digits[kept] >= 5 else { return cut }
        return cut + DecimalNumber(isNegative: isNegative, digits: [1], exponent: 1 - decimals)
    }

    package var magnitude: DecimalNumber { DecimalNumber(isNegative: false, digits: digits, exponent: exponent) }
}

extension DecimalNumber: Comparable {
    package static func < (a: DecimalNumber, b: DecimalNumber) -> Bool {
        guard a.isNegative == b.isNegative else { return a.isNegative }
        return a.isNegative ? b.isSmaller(than: a) : a.isSmaller(than: b)
    }

    /// Compares without the signs.
    private func isSmaller(than other: DecimalNumber) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        if exponent != other.exponent { return exponent < other.exponent }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}

extension DecimalNumber {
    package static func + (a: DecimalNumber, b: DecimalNumber) -> DecimalNumber {
        if a.digits.isEmpty { return b }
        if b.digits.isEmpty { return a }
        // One digit more, for what is carried.
        let top = max(a.exponent, b.exponent) + 1
        let bottom = min(a.exponent - a.digits.count, b.exponent - b.digits.count)
        if a.isNegative == b.isNegative {
            var sum = a.aligned(top, bottom)
            let other = b.aligned(top, bottom)
            var carry: UInt8 = 0
            for place in sum.indices.reversed() {
                let digit = sum[place] + other[place] + carry
                (sum[place], carry) = (digit % 10, digit / 10)
            }
            return DecimalNumber(isNegative: a.isNegative, digits: sum, exponent: top)
        }
        let (large, small) = a.isSmaller(than: b) ? (b, a) : (a, b)
        var difference = large.aligned(top, bottom)
        let other = small.aligned(top, bottom)
        var borrow: UInt8 = 0
        for place in difference.indices.reversed() {
            let taken = other[place] + borrow
            borrow = difference[place] < taken ? 1 : 0
            difference[place] = difference[place] + borrow * 10 - taken
        }
        return DecimalNumber(isNegative: large.isNegative, digits: difference, exponent: top)
    }

    /// The digits from a place to another, counted as exponents are.
    private func aligned(_ top: Int, _ bottom: Int) -> [UInt8] {
        Array(repeating: 0, count: top - exponent) + digits
            + Array(repeating: 0, count: exponent - digits.count - bottom)
    }
}

extension DecimalNumber: CustomStringConvertible {
    /// All digits; with an exponent where most of them would be zeros.
    package var description: String {
        let sign = isNegative ? "-" : ""
        let text = String(decoding: digits.map { $0 + 0x30 }, as: UTF8.self)
        if digits.isEmpty { return "0" }
        if exponent > max(digits.count + 20, 40) || exponent < -5 {
            let fraction = text.dropFirst()
            return "\(sign)\(text.prefix(1))\(fraction.isEmpty ? "" : ".\(fraction)")e\(exponent - 1)"
        }
        if exponent <= 0 { return "\(sign)0.\(String(repeating: "0", count: -exponent))\(text)" }
        let zeros = String(repeating: "0", count: max(0, exponent - digits.count))
        let fraction = text.dropFirst(exponent)
        return "\(sign)\(text.prefix(exponent))\(zeros)\(fraction.isEmpty ? "" : ".\(fraction)")"
    }
}

extension DecimalNumber: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    package init(_ value: Int) {
        let digits = String(value.magnitude).utf8.map { $0 - 0x30 }
        self.init(isNegative: value < 0, digits: digits, exponent: digits.count)
    }

    package init(integerLiteral value: Int) {
        self.init(value)
    }

    /// The shortest decimal that reads as the same double: 0.8 is 0.8.
    package init(floatLiteral value: Double) {
        self = DecimalNumber(value.description) ?? 0
    }
}
