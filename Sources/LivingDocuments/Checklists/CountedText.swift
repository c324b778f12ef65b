/// The figures of a text such as `3 / 5 tasks (60%)`, or of a cell such as `**3**`.
enum CountedText: Equatable {
    /// `N / M` or `N of M`, and the percentage behind it.
    case fraction(Range<Int>, Range<Int>, percent: Range<Int>?)
    case percent(Range<Int>)
    /// A number and nothing else but emphasis.
    case number(Range<Int>)

    /// Reads the last count of a text, or its only percentage; nil when none of its numbers is clearly a count.
    init?(_ bytes: [UInt8], in range: Range<Int>) {
        let numbers = Self.numbers(bytes, in: range)
        let isPercent = numbers.map { number in
            bytes[number.upperBound..<range.upperBound].first { !Self.isBlank($0) } == UInt8(ascii: "%")
        }
        func isFraction(_ index: Int) -> Bool {
            guard index >= 0, index + 1 < numbers.count else { return false }
            return Self.isOver(bytes, numbers[index].upperBound..<numbers[index + 1].lowerBound)
        }
        // No part of a date such as 14/11/2025 is a count, and none of a path.
        let fractions = numbers.indices.filter { index in
            isFraction(index) && !isFraction(index - 1) && !isFraction(index + 1)
                && !Self.isPath(bytes, numbers[index].lowerBound, numbers[index + 1].upperBound)
        }
        let isTold = { (fraction: Int) in fraction + 2 < numbers.count && isPercent[fraction + 2] }
        let isNamed = { (fraction: Int) in
            bytes[numbers[fraction + 1].upperBound..<range.upperBound].drop(while: Self.isBlank).starts(
                with: "task".utf8
            )
        }
        // Of several that nothing tells apart, none is taken.
        let only = fractions.count == 1 ? fractions.first : nil
        if let fraction = fractions.last(where: isTold) ?? fractions.last(where: isNamed) ?? only {
            let percent = isTold(fraction) ? numbers[fraction + 2] : nil
            self = .fraction(numbers[fraction], numbers[fraction + 1], percent: percent)
        } else if isPercent.count(where: \.self) == 1, let only = isPercent.firstIndex(of: true) {
            self = .percent(numbers[only])
        } else if numbers.count == 1, let number = numbers.first,
            (bytes[range.lowerBound..<number.lowerBound] + bytes[number.upperBound..<range.upperBound])
                .allSatisfy(Self.isBlank)
        {
            self = .number(number)
        } else {
            return nil
        }
    }

    /// The edits that make the figures say a count; a number alone does not tell what it counts.
    func edits(_ bytes: [UInt8], to count: TaskCount) -> [Edit] {
        switch self {
        case .fraction(let done, let all, let percent):
            Self.edit(bytes, done, "\(count.done)") + Self.edit(bytes, all, "\(count.all)")
                + (percent.map { Self.percentage(bytes, $0, count) } ?? [])
        case .percent(let percent): Self.percentage(bytes, percent, count)
        case .number: []
        }
    }

    /// No other digit stands in a text.
    func isAll(of bytes: [UInt8], in range: Range<Int>) -> Bool {
        let own: [Range<Int>] =
            switch self {
            case .fraction(let done, let all, let percent): [done, all] + (percent.map { [$0] } ?? [])
            case .percent(let number), .number(let number): [number]
            }
        return range.allSatisfy { offset in !bytes[offset].isDigit || own.contains { $0.contains(offset) } }
    }

    static func edit(_ bytes: [UInt8], _ range: Range<Int>, _ text: String) -> [Edit] {
        bytes[range].elementsEqual(text.utf8) ? [] : [Edit(range: range, bytes: Array(text.utf8))]
    }

    /// As exact as the percentage was before.
    static func percentage(_ bytes: [UInt8], _ range: Range<Int>, _ count: TaskCount) -> [Edit] {
        let decimals = bytes[range].firstIndex(of: UInt8(ascii: ".")).map { range.upperBound - $0 - 1 } ?? 0
        return edit(bytes, range, count.percent(decimals: min(decimals, 3)))
    }

    /// The value of a run of digits.
    static func value(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
        Int(String(decoding: bytes[range].filter { $0 != UInt8(ascii: ",") }, as: UTF8.self))
    }

    /// Runs of digits, with thousands' commas in them and a fraction behind them.
    private static func numbers(_ bytes: [UInt8], in range: Range<Int>) -> [Range<Int>] {
        var numbers: [Range<Int>] = []
        var position = range.lowerBound
        while position < range.upperBound {
            guard bytes[position].isDigit else {
                position += 1
                continue
            }
            let start = position
            while position < range.upperBound, bytes[position].isDigit { position += 1 }
            while position + 3 < range.upperBound, bytes[position] == UInt8(ascii: ","),
                bytes[(position + 1)...(position + 3)].allSatisfy(\.isDigit)
            {
                position += 4
            }
            if position + 1 < range.upperBound, bytes[position] == UInt8(ascii: "."), bytes[position + 1].isDigit {
                position += 1
                while position < range.upperBound, bytes[position].isDigit { position += 1 }
            }
            if isStart(bytes, start, in: range) { numbers.append(start..<position) }
        }
        return numbers
    }

    /// No name goes on there; `_3_` is emphasis.
    private static func isStart(_ bytes: [UInt8], _ start: Int, in range: Range<Int>) -> Bool {
        var before = start
        while before > range.lowerBound, bytes[before - 1] == UInt8(ascii: "_") { before -= 1 }
        return before == range.lowerBound || !bytes[before - 1].isWordByte
    }

    private static func isPath(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
        (start > 0 && bytes[start - 1] == UInt8(ascii: "/")) || (end < bytes.count && bytes[end] == UInt8(ascii: "/"))
    }

    private static func isOver(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let text = bytes[range].filter { !isBlank($0) }
        return text.elementsEqual("/".utf8) || text.elementsEqual("of".utf8)
    }

    /// A space, or what makes a figure bold or code.
    private static func isBlank(_ byte: UInt8) -> Bool { " \t*_`".utf8.contains(byte) }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
