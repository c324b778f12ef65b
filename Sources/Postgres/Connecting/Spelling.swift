/// Finds the keyword that a misspelt one was meant to be.
enum Spelling {
    /// A keyword with at most two letters more, fewer or other, of which something is left in common.
    static func nearest(to name: String, among known: [String]) -> String? {
        let written = Array(name.lowercased().utf8)
        guard written.count <= 40 else { return nil }
        let nearest = known.map { ($0, distance(written, Array($0.utf8))) }.min { ($0.1, $0.0) < ($1.1, $1.0) }
        guard let nearest, nearest.1 <= min(2, max(1, written.count / 3)), nearest.1 < written.count else { return nil }
        return nearest.0
    }

    /// Letters to insert, remove or replace.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var last = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var row = [i + 1]
            for (j, other) in b.enumerated() {
                row.append(min(last[j + 1] + 1, row[j] + 1, last[j] + (letter == other ? 0 : 1)))
            }
            last = row
        }
        return last[b.count]
    }
}
