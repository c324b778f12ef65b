/// A tag of a template.
struct TemplateTag: Sendable {
    enum Kind: Sendable, Equatable {
        case variable
        /// `{{{name}}}` and `{{&name}}`.
        case unescaped
        case section, inverted, close
        /// `{{> name}}`.
        case partial
        /// `{{< name}}`, `{{$ name}}`.
        case parent, block
        /// A comment, other delimiters, or a setting of the engine.
        case silent
    }

    var kind: Kind
    /// The name without transforms; empty in `{{^last()}}`, which asks the list itself.
    var name: String
    /// Functions around the name, from the outermost.
    var transforms: [String]
    /// As it is written, such as `{{#count(users)}}`.
    var text: String
    var place: TemplatePlace
}
