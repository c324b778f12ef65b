/// Figures of a text such as `3 / 5 tasks (60%)`, brought up to date.
enum CountedText {
    /// The edits to the `N / M` and the percentages in a range; the text around them stays.
    static func edits(_ bytes: [UInt8], in range: Range<Int>, _ count: TaskCount) -> [Edit] {
        var edits: [Edit] = []
        let numbers = Self.numbers(bytes, in: range)
        for (index, number) in numbers.enumerated() {
            var text: Int?
            if index + 1 < numbers.count, isSlash(bytes, number.upperBound..<numbers[index + 1].lowerBound) {
                text = count.done
            } else if index > 0, isSlash(bytes, numbers[index - 1].upperBound..<number.lowerBound) {
                text = count.all
            } else if bytes[number.upperBound..<range.upperBound].first(where: { $0 != 0x20 }) == UInt8(ascii: "%") {
                text = count.percent
            }
            guard let text, !bytes[number].elementsEqual("\(text)".utf8) else { continue }
            edits.append(Edit(range: number, bytes: Array("\(text)".utf8)))
        }
        return edits
    }

    /// Runs of digits, with a fraction behind them.
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
            if position + 1 < range.upperBound, bytes[position] == UInt8(ascii: "."), bytes[position + 1].isDigit {
                position += 1
                while position < range.upperBound, bytes[position].isDigit { position += 1 }
            }
            if start == range.lowerBound || !bytes[start - 1].isWordByte { numbers.append(start..<position) }
        }
        return numbers
    }

    private static func isSlash(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        bytes[range].filter { $0 != 0x20 }.elementsEqual("/".utf8)
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
