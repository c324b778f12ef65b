package import AuditModel

/// What earlier runs wrote into documents: an entry that is known and not there any more was removed by a person.
package struct DocumentMemory: Sendable {
    private struct Line: Hashable {
        enum Kind: String {
            /// An entry was written.
            case entry = "+"
            /// It was said that an entry was removed.
            case removal = "-"
            /// A box was unticked that a person had ticked with `X`.
            case capital = "X"
        }

        var kind: Kind
        /// The way from the output folder to the document.
        var document: String
        /// The comment of an entry, or the name of a box.
        var text: String
    }

    private var lines: [Line] = []

    package init() {}

    /// - Parameter texts: what the runs left, the oldest first.
    package init(_ texts: [String]) {
        for line in texts.flatMap({ $0.split(separator: "\n") }) {
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            guard parts.count == 3, let kind = Line.Kind(rawValue: parts[0]) else { continue }
            lines.append(Line(kind: kind, document: parts[1], text: parts[2]))
        }
    }

    package var text: String {
        lines.map { "\($0.kind.rawValue) \($0.document) \($0.text)\n" }.joined()
    }

    package var isEmpty: Bool { lines.isEmpty }

    /// What is known of one document.
    ///
    /// - Parameter document: the way from the output folder to it.
    package func entries(of document: String) -> KnownEntries {
        let own = lines.filter { $0.document == document }
        return KnownEntries(
            markers: own.filter { $0.kind == .entry }.compactMap { EntryMarker(html: $0.text) },
            told: Set(own.filter { $0.kind == .removal }.map(\.text)),
            capitals: Set(own.filter { $0.kind == .capital }.map(\.text))
        )
    }

    /// Keeps what a change wrote.
    package mutating func add(_ change: DocumentChange, of document: String) {
        guard let new = try? Document(bytes: change.new) else { return }
        let old = (try? Document(bytes: change.old ?? [])).map { Set(Outline($0).entries.map(\.marker.text)) } ?? []
        for entry in Outline(new).entries where !old.contains(entry.marker.text) {
            lines.append(Line(kind: .entry, document: document, text: entry.marker.text))
        }
        for box in change.untickedBoxes where box.isCapital {
            lines.append(Line(kind: .capital, document: document, text: box.key))
        }
    }

    /// Keeps how a bug ended whose entry had been removed.
    package mutating func end(_ removal: RemovedEntry, of document: String) {
        lines.append(Line(kind: .entry, document: document, text: removal.marker.text))
    }

    /// Keeps that a removal was told.
    package mutating func add(_ removal: RemovedEntry, of document: String) {
        lines.append(Line(kind: .removal, document: document, text: removal.marker.text))
    }
}

/// The entries that a document has had.
package struct KnownEntries: Sendable {
    var markers: [EntryMarker] = []
    /// Those of which it was said that they were removed.
    var told: Set<String> = []
    /// The boxes that a person had ticked with `X`.
    var capitals: Set<String> = []

    package init() {}

    init(markers: [EntryMarker], told: Set<String> = [], capitals: Set<String> = []) {
        self.markers = markers
        self.told = told
        self.capitals = capitals
    }

    /// The entries of a kind that tell of a run's suite and database; a document that was begun anew has had none.
    func markers(_ kind: EntryMarker.Kind, for run: Run, in document: Document) -> [EntryMarker] {
        document.isEmpty ? [] : markers.filter { $0.kind == kind && $0.tells(of: run) }
    }

    /// What a person removed that a run would otherwise write again, and of which nothing was said yet.
    ///
    /// - Parameter decisions: of the run, for a document of decisions.
    package func removals(from document: Document, for run: Run, _ decisions: [Decision]) -> [RemovedEntry] {
        if markers.isEmpty { return [] }
        let there = Outline(document).entries.map(\.marker)
        var removed: [EntryMarker] = []
        let progress = markers(.progress, for: run, in: document).filter { $0.run < run.id }
        if let newest = progress.max(by: { $0.run < $1.run }), !there.contains(where: { $0.isSame(as: newest) }) {
            removed.append(newest)
        }
        let wanted = Set(decisions.map(\.check))
        let written = Set(there.filter { $0.kind == .decision }.flatMap(\.checks))
        removed += markers(.decision, for: run, in: document).filter { marker in
            !there.contains { $0.isSame(as: marker) } && !wanted.isDisjoint(with: marker.checks)
                && !written.isSuperset(of: wanted.intersection(marker.checks))
        }
        return removed.filter { !told.contains($0.text) }.map(RemovedEntry.init)
    }
}

/// An entry that a person removed.
package struct RemovedEntry: Sendable {
    let marker: EntryMarker

    /// What to say of it, without a full stop.
    package var notice: String {
        if marker.kind == .bug {
            return
                "the entry of `\(marker.check ?? "")` was removed; its bug is told of again when it was resolved and comes back"
        }
        let what = marker.kind == .decision ? "the decision on \(marker.checks.joined(separator: ", "))" : "the entry"
        return "\(what) of run \(marker.run) was removed, and does not come back by itself"
    }
}

extension EntryMarker {
    /// The checks that the entry is about.
    var checks: [String] { check?.split(separator: ",").map(String.init) ?? [] }

    /// Both mark the same entry, whatever was brought up to date since.
    func isSame(as other: EntryMarker) -> Bool { run == other.run && kind == other.kind && check == other.check }
}
