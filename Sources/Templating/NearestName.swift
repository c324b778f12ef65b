/// Finds the known name that a misspelt one probably means.
enum NearestName {
    /// A sentence that says what to write instead.
    static func advice(for name: String, among known: some Collection<String>) -> String {
        let names = Set(known).sorted()
        let nearest = names.map { (name: $0, distance: distance(name, $0)) }.min { $0.distance < $1.distance }
        if let nearest, nearest.distance <= max(2, name.count / 3) { return "Did you mean '\(nearest.name)'?" }
        return "Known here are: \(names.joined(separator: ", "))."
    }

    /// The number of letters to insert, remove or replace (Levenshtein).
    static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.utf8)
        let b = Array(b.utf8)
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
