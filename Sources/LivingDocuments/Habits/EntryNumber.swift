/// The number that a heading counts by: `Session 157`, `ADR-0012`, `0002 — …`, `D1`, `2.15.14`.
struct EntryNumber {
    /// The words before the number, in lower case; what is counted.
    let name: String
    /// The number, and for a version its parts.
    let parts: [Int]
    /// It is written with zeros before, behind a dash, or directly behind letters, as no number in a sentence is.
    let isName: Bool

    /// Nil unless the heading begins with a number, or with at most three words before it.
    init?(_ heading: String) {
        let scalars = heading.unicodeScalars
        guard let start = scalars.firstIndex(where: Self.isDigit) else { return nil }
        let before = scalars[..<start]
        let words = before.split { !$0.properties.isAlphabetic }
        var rest = scalars[start...]
        var parts: [Int] = []
        let digits = rest.prefix(while: Self.isDigit)
        while true {
            let part = rest.prefix(while: Self.isDigit)
            guard part.count < 10, let value = Int(String(part)) else { return nil }
            parts.append(value)
            rest = rest.dropFirst(part.count)
            guard rest.first == ".", rest.dropFirst().first.map(Self.isDigit) == true else { break }
            rest = rest.dropFirst()
        }
        guard words.count <= 3, rest.first?.properties.isAlphabetic != true else { return nil }
        let last = before.last
        let isBound = last == "-" || last == "#" || last?.properties.isAlphabetic == true
        let isPadded = digits.first == "0" && digits.count > 1
        isName = isPadded || parts.count > 1 || isBound
        let next = rest.first { $0 != " " }
        let isParted = next.map { ".):]–—-|·•".unicodeScalars.contains($0) } ?? true
        // `3 users cannot log in` counts nothing.
        if words.isEmpty, !isName, !isParted { return nil }
        // A sentence that has a number in it: `Login fails since 3 days`.
        if words.count > 1, !isParted { return nil }
        name = words.map { String($0).lowercased() }.joined(separator: " ")
        self.parts = parts
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }
}
