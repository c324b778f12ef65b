/// The tables of `WITH` clauses, and where each of them can be seen.
struct CommonTableScopes {
    /// The tables of one `WITH` clause, by the node of the statement that it belongs to.
    private var clauses: [Int: Clause] = [:]
    private let tree: ParseTree

    private struct Clause {
        var isRecursive: Bool
        /// The clause's own node.
        var node: Int
        /// Name and node of each table, in order.
        var tables: [(name: String, node: Int)]

        /// Inside the clause a table sees those before it, and with `RECURSIVE` all of them.
        func shows(_ name: String, at node: Int, _ tree: ParseTree) -> Bool {
            let isInside = node > self.node && node < tree.nodes[self.node].end
            guard isInside && !isRecursive else { return tables.contains { $0.name == name } }
            return tables.contains { $0.name == name && tree.nodes[$0.node].end <= node }
        }
    }

    init(_ tree: ParseTree, in range: Range<Int>) {
        self.tree = tree
        for index in range where tree.nodes[index].key == "withClause" {
            let list = tree.child(index, "ctes").map(tree.children) ?? []
            let tables = list.compactMap { element in
                tree.child(element, "CommonTableExpr").map { (tree.string($0, "ctename") ?? "", $0) }
            }
            let isRecursive = tree.string(index, "recursive") == "true"
            clauses[tree.nodes[index].parent] = Clause(isRecursive: isRecursive, node: index, tables: tables)
        }
    }

    /// Whether a table without a schema, named at a node, is one of a `WITH` clause.
    func covers(_ name: String, at node: Int) -> Bool {
        guard !clauses.isEmpty else { return false }
        var current = node
        while current >= 0 {
            if let clause = clauses[current], clause.shows(name, at: node, tree) { return true }
            current = tree.nodes[current].parent
        }
        return false
    }
}
