import AuditSite
import Templating

extension Templates {
    /// The templates of the site's pages.
    static func load(overrides folder: String?) throws(TemplateError) -> Templates {
        try load(overrides: folder, pages: RunPages.templates)
    }
}
