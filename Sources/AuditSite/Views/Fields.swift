import Mustache

/// The names of a scope, each with what it means for a template and the way to its value.
struct Fields<Owner>: Sendable {
    let byName: [String: Field<Owner>]

    init(_ fields: KeyValuePairs<String, Field<Owner>>) {
        byName = Dictionary(uniqueKeysWithValues: fields.map { ($0.key, $0.value) })
    }
}

/// One value of a scope.
struct Field<Owner>: Sendable {
    let kind: FieldKind
    /// Never nil: the engine would look for the name in the scopes around.
    let value: @Sendable (Owner) -> Any

    /// Data, which is escaped; a section is shown when there is any.
    static func text(_ value: @escaping @Sendable (Owner) -> String?) -> Field {
        Field(kind: FieldKind()) { owner in
            guard let text = value(owner), !text.isEmpty else { return Absent() }
            return text
        }
    }

    /// Text in the page's own language, which may stand there unescaped.
    static func markup(_ value: @escaping @Sendable (Owner) -> String?) -> Field {
        Field(kind: FieldKind(isMarkup: true), value: text(value).value)
    }

    static func flag(_ value: @escaping @Sendable (Owner) -> Bool) -> Field {
        Field(kind: FieldKind()) { value($0) }
    }

    static func list<Element: View>(_ value: @escaping @Sendable (Owner) -> [Element]) -> Field {
        Field(kind: FieldKind(nested: Element.self)) { value($0) }
    }
}

/// What a template may do with a value.
struct FieldKind: Sendable {
    /// `{{{name}}}` is allowed.
    var isMarkup = false
    /// The scope that a section of the name opens.
    var nested: (any View.Type)?
}

/// A value that is not there: no text, and no section.
struct Absent: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
