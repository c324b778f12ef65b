package import Templating

/// The templates of documents and their entries, each with what it shows.
package enum DocumentTemplates {
    package static let all: [String: any View.Type] = [
        "documents/progress.md": NewDocumentView.self,
        "documents/bugs.md": NewDocumentView.self,
        "documents/decisions.md": NewDocumentView.self,
        "documents/progress-entry.md": ProgressView.self,
        "documents/bug-entry.md": BugView.self,
        "documents/decision-entry.md": DecisionView.self,
        "documents/evidence.md": EvidenceView.self,
    ]
}
