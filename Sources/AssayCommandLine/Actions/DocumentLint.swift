import AuditModel
import LivingDocuments
import SuiteFiles
import Wording

/// Finds what would keep a run from writing the documents, and comments in checklists that bind nothing.
struct DocumentLint {
    let documents: DocumentSettings
    let places: DocumentPlaces
    /// Nil when the suite has mistakes of its own.
    let suite: Suite?

    var mistakes: [SuiteMistake] {
        var mistakes = places.mistakes(in: documents).map { SuiteMistake(path: "documents", message: $0) }
        for entries in documents.written where entries.mayBeMissing {
            do throws(DocumentError) {
                _ = try DocumentInspection.read(entries.path, mayBeMissing: true)
            } catch {
                mistakes.append(SuiteMistake(path: error.path, message: error.problem))
            }
        }
        for path in documents.checklists {
            do throws(DocumentError) {
                guard let document = try DocumentInspection.read(path, mayBeMissing: false) else { continue }
                mistakes += ids(in: document, path)
                mistakes += ChecklistDocument.remarks(on: document).map { remark in
                    SuiteMistake(
                        .warning,
                        path: path,
                        spot: spot(remark.line, document),
                        message: "this line \(remark.text)"
                    )
                }
            } catch {
                mistakes.append(SuiteMistake(path: error.path, message: error.problem))
            }
        }
        return mistakes
    }

    /// Ids that the suite does not have; those of another suite that shares the checklist are no mistake.
    private func ids(in document: Document, _ path: String) -> [SuiteMistake] {
        guard let suite else { return [] }
        let known = suite.checks.map(\.id)
        return ChecklistDocument.boxes(in: document, run: nil).flatMap { box in
            box.checks.filter { !known.contains($0) }.map { id in
                let near = NearestName.of(id, among: known)
                return SuiteMistake(
                    near == nil ? .warning : .error,
                    path: path,
                    spot: spot(box.line, document, at: id),
                    message: "the suite has no check '\(id)', so that no run ticks this box",
                    suggestion: near
                )
            }
        }
    }

    private func spot(_ line: Int, _ document: Document, at word: String = "<!--") -> SuiteMistake.Spot? {
        let lines = String(decoding: document.bytes, as: UTF8.self)
            .split(omittingEmptySubsequences: false) { $0.isNewline }
        guard lines.indices.contains(line - 1) else { return nil }
        let source = String(lines[line - 1])
        let before = source.firstRange(of: word).map { source[..<$0.lowerBound].count } ?? 0
        let length = source.contains(word) ? word.count : 1
        return SuiteMistake.Spot(line: line, column: before + 1, length: length, source: source)
    }
}
