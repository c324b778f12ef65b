/// A part of an entry as assay wrote it, as the entry's comment keeps it: `status:1f0c5a2e`, `.symptom:9b77aa01`.
struct PartMark: Equatable {
    var role: String
    var digest: String
    /// Nothing in it can be out of date, so that a person may change it.
    var isProse: Bool

    static func text(_ marks: [PartMark]) -> String {
        marks.map { "\($0.isProse ? "." : "")\($0.role):\($0.digest)" }.joined(separator: ",")
    }

    static func all(_ text: String) -> [PartMark] {
        text.split(separator: ",").compactMap { word in
            let parts = word.split(separator: ":")
            guard parts.count == 2 else { return nil }
            let isProse = parts[0].hasPrefix(".")
            return PartMark(
                role: String(isProse ? parts[0].dropFirst() : parts[0]),
                digest: String(parts[1]),
                isProse: isProse
            )
        }
    }

    /// The marks of an entry's parts; a title, and what holds no number and no status, is prose.
    static func of(_ parts: [EntryPart], status: String, prose: [String]) -> [PartMark] {
        parts.map { part in
            let hasFigures = part.said.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } || part.said.contains(status)
            let isQuoted = prose.contains { part.said.contains($0) }
            return PartMark(role: part.role, digest: part.digest, isProse: isQuoted || !hasFigures)
        }
    }
}
