/// Finds the known name that someone most likely meant.
package enum NearestName {
    /// The nearest of some names, when it is near enough to be a slip: about one wrong letter in three.
    package static func of(_ name: String, among known: some Sequence<String>) -> String? {
        // Longer ones are no slip of a name, and would take long to compare.
        guard name.utf8.count <= 100 else { return nil }
        let written = Array(name.lowercased())
        let nearest = known.map { ($0, distance(written, Array($0.lowercased()))) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
        guard let nearest, nearest.1 <= max(1, max(written.count, nearest.0.count) / 3) else {
            return shortened(written, among: known)
        }
        // Of one letter, nothing would be left in common.
        guard nearest.1 < min(written.count, nearest.0.count) else { return nil }
        return nearest.0
    }

    /// The name that an abbreviation stands for, such as `parameters` for `params`.
    private static func shortened(_ written: [Character], among known: some Sequence<String>) -> String? {
        known.first { name in
            let common = zip(written, name.lowercased()).prefix { $0 == $1 }.count
            return common >= 4 && written.count - common <= 1
        }
    }

    /// Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).
    package static func distance(_ a: [Character], _ b: [Character]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                let isSame = a[i - 1] == b[j - 1]
                var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, beforeLast[j - 2] + 1) }
                row.append(best)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
