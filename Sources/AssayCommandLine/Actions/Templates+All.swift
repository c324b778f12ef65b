import AuditSite
import LivingDocuments
import Templating

extension Templates {
    /// The templates of pages and documents, with a user's own in place of some.
    static func all(overrides folder: String?) throws(TemplateError) -> Templates {
        try load(overrides: folder, pages: RunPages.templates.merging(DocumentTemplates.all) { page, _ in page })
    }
}
