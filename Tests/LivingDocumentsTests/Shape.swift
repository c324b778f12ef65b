import CommonMark

/// A node without its place.
struct Shape: Equatable {
    var kind: MarkdownNode.Kind
    var children: [Shape]

    init(_ node: MarkdownNode) {
        kind = node.kind
        children = node.children.map(Shape.init)
    }
}
