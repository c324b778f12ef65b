import Mustache

/// The names of a scope, each with what it means for a template and the way to its value.
package struct Fields<Owner>: Sendable {
    package let byName: [String: Field<Owner>]

    /// - Parameter groups: names of a view's own, and those that several views share.
    package init(_ groups: KeyValuePairs<String, Field<Owner>>...) {
        byName = Dictionary(uniqueKeysWithValues: groups.flatMap { $0.map { ($0.key, $0.value) } })
    }
}

/// One value of a scope.
package struct Field<Owner>: Sendable {
    package let kind: FieldKind
    /// Never nil: the engine would look for the name in the scopes around.
    package let value: @Sendable (Owner) -> Any

    /// Data, which is escaped; a section is shown when there is any.
    package static func text(_ value: @escaping @Sendable (Owner) -> String?) -> Field {
        Field(kind: FieldKind()) { owner in
            guard let text = value(owner), !text.isEmpty else { return Absent() }
            return text
        }
    }

    /// Text in the page's own language, which may stand there unescaped.
    package static func markup(_ value: @escaping @Sendable (Owner) -> String?) -> Field {
        Field(kind: FieldKind(isMarkup: true), value: text(value).value)
    }

    package static func flag(_ value: @escaping @Sendable (Owner) -> Bool) -> Field {
        Field(kind: FieldKind()) { value($0) }
    }

    package static func list<Element: View>(_ value: @escaping @Sendable (Owner) -> [Element]) -> Field {
        Field(kind: FieldKind(nested: Element.self)) { value($0) }
    }
}

/// What a template may do with a value.
package struct FieldKind: Sendable {
    /// `{{{name}}}` is allowed.
    package var isMarkup = false
    /// The scope that a section of the name opens.
    package var nested: (any View.Type)?
}

/// A value that is not there: no text, and no section.
struct Absent: MustacheCustomRenderable {
    var renderText: String { "" }
    var isNull: Bool { true }
}
