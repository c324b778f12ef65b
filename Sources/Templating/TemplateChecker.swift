import Wording

/// Follows a page through its sections and partials, and finds what the engine would pass over in silence.
///
/// Every value has a place in the tree of views, so that it is known without rendering which names a tag may use.
struct TemplateChecker {
    /// The functions of the engine.
    private static let transforms: Set<String> = [
        "capitalized", "count", "empty", "enumerated", "equalzero", "even", "first", "index", "last", "lowercased",
        "minusone", "odd", "plusone", "reversed", "sorted", "uppercased",
    ]

    private let sources: [String: TemplateSource]
    private var scanned: [String: [TemplateTag]] = [:]
    private(set) var mistakes: [TemplateError.Mistake] = []
    /// A partial is visited once for each list of scopes.
    private var visited: Set<String> = []

    init(_ sources: [String: TemplateSource]) {
        self.sources = sources
        for source in sources.values.sorted(by: { $0.path < $1.path }) {
            let scanner = TagScanner(source)
            scanned[source.name] = scanner.tags
            mistakes += scanner.mistakes
            checkNesting(scanner.tags, path: source.path)
        }
    }

    mutating func check(page: String, with view: any View.Type) {
        visit(page, scopes: [view], including: [page])
    }

    /// Sections are closed in the order in which they were opened.
    private mutating func checkNesting(_ tags: [TemplateTag], path: String) {
        var open: [TemplateTag] = []
        for tag in tags {
            switch tag.kind {
            case .section, .inverted, .parent, .block: open.append(tag)
            case .close:
                guard let last = open.popLast() else {
                    report(
                        path,
                        tag,
                        "\(tag.text) closes a section that is not open",
                        "Remove it, or open the section."
                    )
                    continue
                }
                guard last.name == tag.name, last.transforms == tag.transforms else {
                    report(
                        path,
                        tag,
                        "\(tag.text) does not close \(last.text) of line \(last.place.line)",
                        "Close sections in the order in which they were opened, the last one first."
                    )
                    return
                }
            case .variable, .unescaped, .partial, .silent: break
            }
        }
        for tag in open {
            report(path, tag, "\(tag.text) is not closed", "Write {{/\(tag.closing)}} where the section ends.")
        }
    }

    private mutating func visit(_ name: String, scopes: [any View.Type], including: [String]) {
        guard let source = sources[name], let tags = scanned[name],
            visited.insert(([name] + scopes.map { "\($0)" }).joined(separator: " ")).inserted
        else { return }
        var stack = [scopes]
        for tag in tags {
            let current = stack[stack.count - 1]
            switch tag.kind {
            case .variable, .unescaped, .inverted:
                let field = resolve(tag, in: current, path: source.path)
                if tag.kind == .unescaped, let field, !field.isMarkup {
                    report(
                        source.path,
                        tag,
                        "'\(tag.name)' is data and must be escaped",
                        "Write {{\(tag.name)}}."
                    )
                }
                if tag.kind == .inverted { stack.append(current) }
            case .section:
                // A function such as `count` makes another value of a list, and opens no scope.
                let field = resolve(tag, in: current, path: source.path)
                let nested = tag.transforms.allSatisfy { $0 == "reversed" } ? field?.nested : nil
                stack.append(nested.map { current + [$0] } ?? current)
            case .parent, .partial:
                include(tag, in: current, source: source, including: including)
                if tag.kind == .parent { stack.append(current) }
            case .block: stack.append(current)
            case .close: if stack.count > 1 { stack.removeLast() }
            case .silent: break
            }
        }
    }

    private mutating func include(
        _ tag: TemplateTag,
        in scopes: [any View.Type],
        source: TemplateSource,
        including: [String]
    ) {
        if tag.name.hasPrefix("*") {
            report(source.path, tag, "a partial cannot be named by a value", "Name the partial.")
        } else if sources[tag.name] == nil {
            let advice = NearestName.advice(for: tag.name, among: sources.keys)
            report(source.path, tag, "there is no partial '\(tag.name)'", advice)
        } else if including.contains(tag.name) {
            report(source.path, tag, "'\(tag.name)' would include itself without an end", "Remove one of the tags.")
        } else {
            visit(tag.name, scopes: scopes, including: including + [tag.name])
        }
    }

    /// The field that the engine would find: in the innermost scope that has the name's first part.
    private mutating func resolve(_ tag: TemplateTag, in scopes: [any View.Type], path: String) -> FieldKind? {
        for transform in tag.transforms where !Self.transforms.contains(transform) {
            let advice = NearestName.advice(for: transform, among: Self.transforms)
            report(path, tag, "there is no function '\(transform)'", advice)
        }
        if tag.name == "." || tag.name.isEmpty && !tag.transforms.isEmpty { return nil }
        let isLocal = tag.name.hasPrefix(".")
        let name = isLocal ? String(tag.name.dropFirst()) : tag.name
        let searched = isLocal ? Array(scopes.suffix(1)) : scopes
        var found: FieldKind?
        for scope in searched { found = scope.kind(of: name) ?? found }
        if found == nil {
            var names: [String] = []
            for scope in searched { names += scope.names }
            report(
                path,
                tag,
                "there is no value '\(tag.name)' here",
                NearestName.advice(for: tag.name, among: names)
            )
        }
        return found
    }

    private mutating func report(_ path: String, _ tag: TemplateTag, _ problem: String, _ advice: String) {
        let mistake = TemplateError.Mistake(path: path, place: tag.place, problem: problem, advice: advice)
        if !mistakes.contains(mistake) { mistakes.append(mistake) }
    }
}

extension TemplateTag {
    /// What stands in the tag that closes this one.
    fileprivate var closing: String {
        transforms.map { "\($0)(" }.joined() + name + String(repeating: ")", count: transforms.count)
    }
}
