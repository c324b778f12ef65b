package import Mustache

/// What a template finds in one scope: names with values.
package protocol View: MustacheParent, SendableMetatype {
    static var fields: Fields<Self> { get }
}

extension View {
    package func child(named name: String) -> Any? {
        Self.fields.byName[name]?.value(self)
    }

    static var names: [String] { Array(fields.byName.keys) }

    static func kind(of name: String) -> FieldKind? { fields.byName[name]?.kind }
}
