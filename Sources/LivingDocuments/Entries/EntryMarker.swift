import AuditModel

/// What the comment before an entry says: `<!-- assay:begin run=… kind=… … -->`.
struct EntryMarker: Sendable, Equatable {
    enum Kind: String, Sendable {
        case progress, bug, decision, evidence
    }

    static let end = "<!-- assay:end -->"
    private static let opening = "<!-- assay:begin "

    var run: RunID
    var kind: Kind
    /// The suite of the run, so that two suites can share a document.
    var suite: String
    /// The database of the run and, where it is known, its cluster, so that two databases can share a document.
    var database: String?
    var cluster: String?
    /// The check that the entry is about.
    var check: String?
    /// The decision that the entry is about, such as `repair`.
    var decision: String?
    /// What the entry tells, for the next run to compare.
    var state: String?
    /// What happened to a bug, such as `opened:RUN,resolved:RUN`.
    var history: String?
    /// Of what the text between the comments says, to know it from text that somebody has changed.
    var digest = ""
    /// Of each part of the text, to know which ones somebody has changed.
    var parts: [PartMark] = []
    /// A status that a person has set and that was told of, with the one that assay would set.
    var hand: String?
    /// The run from which on the bug is told in another entry.
    var goesOn: RunID?
    /// Line ends that were put before the entry, to be taken away with it.
    var lead = 0
    /// Line ends that were put behind the entry's own.
    var tail = 1

    /// The comment; it holds no `--`, which some readers of HTML take for its end.
    var text: String {
        var parts = ["run=\(run)", "kind=\(kind.rawValue)", "suite=\(Self.encoded(suite))"]
        let named = [
            ("database", database), ("cluster", cluster), ("check", check), ("decision", decision), ("state", state),
            ("history", history), ("parts", self.parts.isEmpty ? nil : PartMark.text(self.parts)), ("hand", hand),
            ("goes-on", goesOn?.description),
        ]
        for (name, value) in named {
            if let value { parts.append("\(name)=\(Self.encoded(value))") }
        }
        if lead != 0 { parts.append("lead=\(lead)") }
        if tail != 1 { parts.append("tail=\(tail)") }
        parts.append("digest=\(digest)")
        return Self.opening + parts.joined(separator: " ") + " -->"
    }

    init(run: RunID, kind: Kind, suite: String) {
        self.run = run
        self.kind = kind
        self.suite = suite
    }

    init(_ run: Run, kind: Kind) {
        self.init(run: run.id, kind: kind, suite: run.suite.name)
        database = run.database.name
        cluster = run.database.systemIdentifier
    }

    /// The entry tells of the suite and the database of a run; what an entry does not say fits any.
    func tells(of run: Run) -> Bool {
        guard suite == run.suite.name, database ?? run.database.name == run.database.name else { return false }
        guard let cluster, let own = run.database.systemIdentifier else { return true }
        return cluster == own
    }

    /// Reads a comment; nil for any other HTML.
    init?(html: String) {
        let line = html.trimmingBlanks
        // An editor may have broken the line.
        guard line.hasPrefix(Self.opening), line.hasSuffix("-->"), !line.dropLast(3).contains("-->") else { return nil }
        var values: [Substring: String] = [:]
        for word in line.dropFirst(Self.opening.count).dropLast(3).split(whereSeparator: \.isWhitespace) {
            guard let equals = word.firstIndex(of: "=") else { return nil }
            values[word[..<equals]] = Self.decoded(word[word.index(after: equals)...])
        }
        guard let run = values["run"].flatMap({ RunID($0) }), let kind = values["kind"].flatMap(Kind.init) else {
            return nil
        }
        self.init(run: run, kind: kind, suite: values["suite"] ?? "")
        database = values["database"]
        cluster = values["cluster"]
        check = values["check"]
        decision = values["decision"]
        state = values["state"]
        history = values["history"]
        digest = values["digest"] ?? ""
        parts = values["parts"].map(PartMark.all) ?? []
        hand = values["hand"]
        goesOn = values["goes-on"].flatMap { RunID($0) }
        lead = min(max(values["lead"].flatMap { Int($0) } ?? 0, 0), 2)
        tail = min(max(values["tail"].flatMap { Int($0) } ?? 1, 0), 1)
    }

    private static func encoded(_ text: String) -> String {
        var result = ""
        var last: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-") where last == UInt8(ascii: "-"): result += "%2D"
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: "?"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
            last = byte
        }
        return result
    }

    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    var trimmingBlanks: String {
        let start = unicodeScalars.firstIndex { !" \t\r\n".unicodeScalars.contains($0) } ?? endIndex
        let end = unicodeScalars.lastIndex { !" \t\r\n".unicodeScalars.contains($0) }
        return end.map { String(unicodeScalars[start...$0]) } ?? ""
    }
}
