/// A bar of characters beside a count, such as `███░░░░░░░` or `[###-------]`.
enum ProgressBar {
    private static let pairs: [(full: Unicode.Scalar, empty: Unicode.Scalar)] = [
        ("█", "░"), ("▓", "░"), ("█", "▒"), ("■", "□"), ("▰", "▱"), ("●", "○"), ("🟩", "⬜"), ("🟦", "⬜"), ("🟩", "⬛"),
        ("▮", "▯"), ("#", "-"), ("=", "-"), ("#", "."), ("=", "."),
    ]
    private static let shortest = 4

    /// The edits that make the bars of a text as full as a count.
    static func edits(_ bytes: [UInt8], in range: Range<Int>, to count: TaskCount) -> [Edit] {
        let scalars = Array(String(decoding: bytes[range], as: UTF8.self).unicodeScalars)
        var edits: [Edit] = []
        var offset = range.lowerBound
        var index = 0
        while index < scalars.count {
            guard let pair = pair(scalars[index...], isBracketed: index > 0 && scalars[index - 1] == "[") else {
                offset += UTF8.width(scalars[index])
                index += 1
                continue
            }
            let bar = scalars[index...].prefix { $0 == pair.full || $0 == pair.empty }
            let end = offset + bar.reduce(0) { $0 + UTF8.width($1) }
            let text = self.text(pair, bar.count, count)
            if !bytes[offset..<end].elementsEqual(text.utf8) {
                edits.append(Edit(range: offset..<end, bytes: Array(text.utf8)))
            }
            offset = end
            index += bar.count
        }
        return edits
    }

    /// The characters of the bar that begins here: full ones, then empty ones, and nothing but them.
    private static func pair(
        _ scalars: ArraySlice<Unicode.Scalar>,
        isBracketed: Bool
    ) -> (full: Unicode.Scalar, empty: Unicode.Scalar)? {
        pairs.first { pair in
            let bar = scalars.prefix { $0 == pair.full || $0 == pair.empty }
            guard bar.count >= shortest, !bar.drop(while: { $0 == pair.full }).contains(pair.full) else { return false }
            let next = scalars.dropFirst(bar.count).first
            if pair.full.isASCII { return isBracketed && next == "]" }
            return !pairs.contains { $0.full == next || $0.empty == next }
        }
    }

    /// All full only when all is done, and all empty only when nothing is.
    private static func text(_ pair: (full: Unicode.Scalar, empty: Unicode.Scalar), _ width: Int, _ count: TaskCount)
        -> String
    {
        var full = count.all == 0 ? 0 : (count.done * width * 2 + count.all) / (count.all * 2)
        if count.done > 0 { full = max(1, full) }
        if count.done < count.all { full = min(width - 1, full) }
        return String(repeating: String(pair.full), count: full)
            + String(repeating: String(pair.empty), count: width - full)
    }
}
