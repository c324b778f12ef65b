/// One use of a `$1` parameter, and what stands around it.
package struct ParameterUse: Sendable, Equatable {
    package var number: Int
    /// The parameter's own first byte.
    package var offset: Int
    package var position: Position

    package enum Position: Sendable, Equatable {
        /// Directly in the brackets of `IN` or `NOT IN`.
        case inList(isNegated: Bool)
        /// Behind `ANY` or `ALL`, where an array stands.
        case array(isAny: Bool)
        /// Behind an operator that takes one text, such as `LIKE`.
        case pattern(String)
        /// An end of `BETWEEN`.
        case range
        case other
    }
}

extension ParameterUse {
    /// The use of a parameter at a node of a parse tree.
    init(_ tree: ParseTree, at index: Int) {
        number = tree.number(index, "number")
        offset = tree.number(index, "location")
        position = .other
        // A cast does not change where the parameter stands.
        var operand = tree.nodes[index].parent
        while operand >= 0, tree.nodes[operand].key == "arg" || tree.nodes[operand].key == "TypeCast" {
            operand = tree.nodes[operand].parent
        }
        guard operand >= 0 else { return }
        // An element of a list: the element, its array, `items`, `List`.
        let isElement = tree.nodes[operand].key.isEmpty
        let side = isElement ? tree.ancestor(operand, 3) : operand
        guard let side, tree.nodes[side].key == "rexpr", let expression = tree.ancestor(side, 1),
            tree.nodes[expression].key == "A_Expr"
        else { return }
        let name = tree.names(expression, "name").last ?? ""
        switch (tree.string(expression, "kind"), isElement) {
        case ("AEXPR_IN", true): position = .inList(isNegated: name == "<>")
        case ("AEXPR_BETWEEN", true), ("AEXPR_NOT_BETWEEN", true): position = .range
        case ("AEXPR_BETWEEN_SYM", true), ("AEXPR_NOT_BETWEEN_SYM", true): position = .range
        case ("AEXPR_OP_ANY", false): position = .array(isAny: true)
        case ("AEXPR_OP_ALL", false): position = .array(isAny: false)
        case ("AEXPR_LIKE", false): position = .pattern(name.hasPrefix("!") ? "NOT LIKE" : "LIKE")
        case ("AEXPR_ILIKE", false): position = .pattern(name.hasPrefix("!") ? "NOT ILIKE" : "ILIKE")
        default: break
        }
    }
}
