/// The difference of two texts in the form that `diff -u` prints and `patch` reads.
enum UnifiedDiff {
    private static let context = 3

    fileprivate enum Line {
        case same(ArraySlice<UInt8>), removed(ArraySlice<UInt8>), added(ArraySlice<UInt8>)
    }

    static func text(old: [UInt8], new: [UInt8], oldName: String, newName: String) -> String {
        let lines = lines(split(old), split(new))
        var result = "--- \(oldName)\n+++ \(newName)\n"
        var index = 0
        var oldLine = 1
        var newLine = 1
        while index < lines.count {
            guard let first = lines[index...].firstIndex(where: \.isChange) else { break }
            let start = max(index, first - context)
            oldLine += start - index
            newLine += start - index
            var end = first + 1
            // Changes that share their context stand in one hunk.
            while let next = lines[end...].prefix(2 * context + 1).firstIndex(where: \.isChange) { end = next + 1 }
            end = min(end + context, lines.count)
            let hunk = lines[start..<end]
            let removed = hunk.count { !$0.isAdded }
            let added = hunk.count { !$0.isRemoved }
            result += "@@ -\(range(oldLine, removed)) +\(range(newLine, added)) @@\n"
            result += hunk.map(\.text).joined()
            oldLine += removed
            newLine += added
            index = end
        }
        return result
    }

    /// An empty range begins at the line before it.
    private static func range(_ line: Int, _ count: Int) -> String {
        "\(count == 0 ? line - 1 : line),\(count)"
    }

    private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (index, byte) in bytes.enumerated() where byte == 0x0A {
            lines.append(bytes[start...index])
            start = index + 1
        }
        if start < bytes.count { lines.append(bytes[start...]) }
        return lines
    }

    /// Equal ends are set aside first, so that a small change in a large text costs little.
    private static func lines(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) -> [Line] {
        let head = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old[head...].reversed(), new[head...].reversed()).prefix { $0 == $1 }.count
        let oldMiddle = old[head..<(old.count - tail)]
        let newMiddle = new[head..<(new.count - tail)]
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in Array(newMiddle).difference(from: Array(oldMiddle)) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var lines = old[..<head].map(Line.same)
        var (i, j) = (0, 0)
        while i < oldMiddle.count || j < newMiddle.count {
            if removed.contains(i) {
                lines.append(.removed(oldMiddle[head + i]))
                i += 1
            } else if added.contains(j) {
                lines.append(.added(newMiddle[head + j]))
                j += 1
            } else {
                lines.append(.same(oldMiddle[head + i]))
                i += 1
                j += 1
            }
        }
        return lines + old[(old.count - tail)...].map(Line.same)
    }
}

extension UnifiedDiff.Line {
    fileprivate var isAdded: Bool { if case .added = self { true } else { false } }

    fileprivate var isRemoved: Bool { if case .removed = self { true } else { false } }

    fileprivate var isChange: Bool { isAdded || isRemoved }

    fileprivate var text: String {
        let (mark, bytes) =
            switch self {
            case .same(let bytes): (" ", bytes)
            case .removed(let bytes): ("-", bytes)
            case .added(let bytes): ("+", bytes)
            }
        return mark + String(decoding: bytes, as: UTF8.self)
            + (bytes.last == 0x0A ? "" : "\n\\ No newline at end of file\n")
    }
}
