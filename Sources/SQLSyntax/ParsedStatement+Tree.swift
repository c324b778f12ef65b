extension ParsedStatement {
    /// Reads one element of the tree's list of statements.
    init(_ tree: ParseTree, at element: Int, of text: String) {
        let body = tree.child(element, "stmt").flatMap { tree.children(of: $0).first } ?? element
        range = Self.range(
            from: tree.number(element, "stmt_location"),
            length: tree.number(element, "stmt_len"),
            in: Array(text.utf8)
        )
        let ownText = String(decoding: Array(text.utf8)[range], as: UTF8.self)
        kind = Self.kind(tree.nodes[body].key) ?? .other(SQLText.firstWord(ownText) ?? tree.nodes[body].key)
        tableUses = []
        writtenTables = []
        functions = []
        parameterUses = []
        divisions = []
        let scopes = CommonTableScopes(tree, in: body..<tree.nodes[body].end)
        for index in body..<tree.nodes[body].end {
            visit(tree, index, scopes)
        }
        tableUses.sort { $0.offset < $1.offset }
        target = Self.target(tree, body)
        if kind == .select {
            output = Self.output(tree, body)
        } else {
            plainSelectObstacle = Obstacle(reason: kind.withArticle, offset: range.lowerBound)
        }
    }

    private static func target(_ tree: ParseTree, _ body: Int) -> Target? {
        guard let relation = tree.child(body, "relation") else { return nil }
        let conflict = tree.child(body, "onConflictClause")
        return Target(
            table: table(tree, relation),
            alias: tree.child(relation, "alias").flatMap { tree.string($0, "aliasname") },
            isOnly: tree.string(relation, "inh") != "true",
            assignedColumns: kind(tree.nodes[body].key) == .update ? assignedColumns(tree, body) : [],
            returningOffset: tree.child(body, "returningList").map { list in
                tree.children(of: list).first.flatMap { tree.child($0, "ResTarget") }.map {
                    tree.number($0, "location")
                }
                    ?? 0
            },
            updatesOnConflict: conflict.flatMap { tree.string($0, "action") } == "ONCONFLICT_UPDATE",
            conflictOffset: conflict.map { tree.number($0, "location") }
        )
    }

    private static func assignedColumns(_ tree: ParseTree, _ body: Int) -> Set<String> {
        guard let list = tree.child(body, "targetList") else { return [] }
        return Set(
            tree.children(of: list).compactMap { element in
                tree.child(element, "ResTarget").flatMap { tree.string($0, "name") }
            }
        )
    }

    private static func range(from start: Int, length: Int, in bytes: [UInt8]) -> Range<Int> {
        var lower = start
        var upper = length == 0 ? bytes.count : min(start + length, bytes.count)
        var lexer = SQLLexer(Array(bytes[lower..<upper]))
        while let token = lexer.next(), token.kind == .space || token.kind == .comment {
            lower = start + token.range.upperBound
        }
        while upper > lower, bytes[upper - 1].isSpace || bytes[upper - 1] == UInt8(ascii: ";") { upper -= 1 }
        return lower..<upper
    }

    private static func kind(_ node: String) -> Kind? {
        switch node {
        case "SelectStmt": .select
        case "InsertStmt": .insert
        case "UpdateStmt": .update
        case "DeleteStmt": .delete
        case "MergeStmt": .merge
        default: nil
        }
    }

    private mutating func visit(_ tree: ParseTree, _ index: Int, _ scopes: CommonTableScopes) {
        switch tree.nodes[index].key {
        case "RangeVar":
            let table = Self.table(tree, index)
            if table.schema != nil || !scopes.covers(table.name, at: index) {
                tableUses.append(Use(value: table, offset: tree.number(index, "location")))
            }
        case "relation" where Self.kind(tree.nodes[tree.nodes[index].parent].key) != nil:
            let use = Use(value: Self.table(tree, index), offset: tree.number(index, "location"))
            tableUses.append(use)
            writtenTables.append(use)
        case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt":
            obstruct(tree, index)
        case "intoClause":
            let target = tree.child(index, "rel")
            let offset = target.map { tree.number($0, "location") }
            if let target, let offset {
                writtenTables.append(Use(value: Self.table(tree, target), offset: offset))
            }
            note(Obstacle(reason: "SELECT INTO", offset: offset))
        case "LockingClause":
            note(Obstacle(reason: Self.lock(tree.string(index, "strength")), offset: nil))
        case "FuncCall":
            let name = tree.names(index, "funcname")
            let function = FunctionName(schema: name.dropLast().last, name: name.last ?? "")
            functions.append(Use(value: function, offset: tree.number(index, "location")))
        case "ParamRef": parameterUses.append(ParameterUse(tree, at: index))
        case "A_Expr" where ["/", "%"].contains(tree.names(index, "name").last):
            // A constant divides by zero always, or never.
            let divisor = tree.child(index, "rexpr").flatMap { tree.children(of: $0).first }
            if divisor.map({ tree.nodes[$0].key }) != "A_Const" { divisions.append(tree.number(index, "location")) }
        default: break
        }
    }

    /// The grammar lets a statement that writes stand inside another only in a `WITH` clause.
    private mutating func obstruct(_ tree: ParseTree, _ index: Int) {
        guard tree.nodes[tree.nodes[index].parent].key == "ctequery", let kind = Self.kind(tree.nodes[index].key) else {
            return
        }
        let relation = tree.child(index, "relation")
        note(
            Obstacle(
                reason: "\(kind.withArticle) in a WITH clause",
                offset: relation.map { tree.number($0, "location") }
            )
        )
    }

    private mutating func note(_ obstacle: Obstacle) {
        if plainSelectObstacle == nil { plainSelectObstacle = obstacle }
    }

    private static func lock(_ strength: String?) -> String {
        switch strength {
        case "LCS_FORKEYSHARE": "FOR KEY SHARE"
        case "LCS_FORSHARE": "FOR SHARE"
        case "LCS_FORNOKEYUPDATE": "FOR NO KEY UPDATE"
        default: "FOR UPDATE"
        }
    }

    private static func table(_ tree: ParseTree, _ index: Int) -> TableName {
        TableName(schema: tree.string(index, "schemaname"), name: tree.string(index, "relname") ?? "")
    }

    /// The columns of a select list; those of the leftmost `SELECT` for a `UNION`.
    private static func output(_ tree: ParseTree, _ body: Int) -> [OutputColumn]? {
        var select = body
        while let left = tree.child(select, "larg") { select = left }
        guard let list = tree.child(select, "targetList") else { return nil }
        return tree.children(of: list).map { element in
            guard let target = tree.child(element, "ResTarget") else {
                return OutputColumn(name: nil, source: nil, offset: 0)
            }
            let column = tree.descendant(target, "val", "ColumnRef")
            let fields = column.flatMap { tree.child($0, "fields").map(tree.children) } ?? []
            let source = fields.last.flatMap { tree.descendant($0, "String") }.flatMap { tree.string($0, "sval") }
            let offset = tree.number(target, "location")
            return OutputColumn(name: tree.string(target, "name") ?? source, source: source, offset: offset)
        }
    }
}
