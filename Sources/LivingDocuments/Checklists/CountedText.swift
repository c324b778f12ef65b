/// Figures of a text such as `3 / 5 tasks (60%)`, brought up to date.
enum CountedText {
    /// The edits to the last `N / M` or `N of M` in a range and to the percentage behind it, or to the only percentage;
    /// the text around them stays.
    static func edits(_ bytes: [UInt8], in range: Range<Int>, _ count: TaskCount) -> [Edit] {
        let numbers = Self.numbers(bytes, in: range)
        let isPercent = numbers.map { number in
            bytes[number.upperBound..<range.upperBound].first { $0 != 0x20 } == UInt8(ascii: "%")
        }
        func isFraction(_ index: Int) -> Bool {
            guard index >= 0, index + 1 < numbers.count else { return false }
            return isOver(bytes, numbers[index].upperBound..<numbers[index + 1].lowerBound)
        }
        var wanted: [(index: Int, value: Int)] = []
        // No part of a date such as 14/11/2025 is a count, and none of a path.
        let fractions = numbers.indices.filter { index in
            isFraction(index) && !isFraction(index - 1) && !isFraction(index + 1)
                && !isPath(bytes, numbers[index].lowerBound, numbers[index + 1].upperBound)
        }
        let isTold = { (fraction: Int) in fraction + 2 < numbers.count && isPercent[fraction + 2] }
        let isNamed = { (fraction: Int) in
            bytes[numbers[fraction + 1].upperBound..<range.upperBound].drop { $0 == 0x20 }.starts(with: "task".utf8)
        }
        // Of several that nothing tells apart, none is taken.
        let only = fractions.count == 1 ? fractions.first : nil
        if let fraction = fractions.last(where: isTold) ?? fractions.last(where: isNamed) ?? only {
            wanted = [(fraction, count.done), (fraction + 1, count.all)]
            if isTold(fraction) { wanted.append((fraction + 2, count.percent)) }
        } else if isPercent.count(where: \.self) == 1, let only = isPercent.firstIndex(of: true) {
            wanted = [(only, count.percent)]
        }
        return wanted.compactMap { index, value in
            guard !bytes[numbers[index]].elementsEqual("\(value)".utf8) else { return nil }
            return Edit(range: numbers[index], bytes: Array("\(value)".utf8))
        }
    }

    /// Runs of digits, with thousands' commas in them and a fraction behind them.
    static func numbers(_ bytes: [UInt8], in range: Range<Int>) -> [Range<Int>] {
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
            if start == range.lowerBound || !bytes[start - 1].isWordByte { numbers.append(start..<position) }
        }
        return numbers
    }

    private static func isPath(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
        (start > 0 && bytes[start - 1] == UInt8(ascii: "/")) || (end < bytes.count && bytes[end] == UInt8(ascii: "/"))
    }

    private static func isOver(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        let text = bytes[range].filter { $0 != 0x20 }
        return text.elementsEqual("/".utf8) || text.elementsEqual("of".utf8)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
