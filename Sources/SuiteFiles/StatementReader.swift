internal import SQLSyntax

/// Parses the statements of one file, and logs what PostgreSQL's parser or the rules of check files refuse.
struct StatementReader {
    /// Names that may stand after a colon.
    let knownParameters: Set<String>
    private(set) var usedParameters: Set<String> = []

    init(knownParameters: Set<String>) {
        self.knownParameters = knownParameters
    }

    /// A passage that the parser accepts.
    struct Parsed {
        let passage: SQLPassage
        let sql: ParsedSQL
        fileprivate let parameters: NamedParameters

        /// The place in the file of a byte of the text that was parsed.
        func spot(_ offset: Int) -> SuiteMistake.Spot {
            passage.spot(ofWordAt: parameters.originalOffset(offset))
        }
    }

    mutating func parse(_ passage: SQLPassage, _ log: inout MistakeLog) -> Parsed? {
        // An empty fence has its own mistake.
        guard !passage.text.isEmpty else { return nil }
        let path = passage.source.path
        do throws(SQLSyntaxError) {
            let parameters = try NamedParameters(passage.text)
            refuseUnknownParameters(passage, &log)
            do throws(SQLSyntaxError) {
                return Parsed(passage: passage, sql: try ParsedSQL(parameters.text), parameters: parameters)
            } catch {
                let offset = error.offset.map { parameters.originalOffset($0) } ?? 0
                log.error(path, passage.spot(ofWordAt: offset), error.message.withNames(parameters.names))
                return nil
            }
        } catch {
            log.error(path, passage.spot(ofWordAt: error.offset ?? 0), error.message)
            return nil
        }
    }

    private mutating func refuseUnknownParameters(_ passage: SQLPassage, _ log: inout MistakeLog) {
        for (name, offset) in NamedParameters.uses(in: passage.text) {
            guard !knownParameters.contains(name) else {
                usedParameters.insert(name)
                continue
            }
            let isUsers = name == CheckReader.usersParameter
            log.error(
                passage.source.path,
                passage.spot(offset, length: name.utf8.count + 1),
                isUsers ? "':users' is for a statistic with the key 'user'" : "unknown parameter ':\(name)'",
                suggestion: NearestName.of(name, among: knownParameters).map { ":\($0)" }
            )
        }
    }

    /// Reads one plain `SELECT`.
    mutating func select(_ passage: SQLPassage, _ log: inout MistakeLog) -> Parsed? {
        guard let parsed = parse(passage, &log) else { return nil }
        if let obstacle = parsed.sql.plainSelectObstacle {
            let spot = obstacle.offset.map { parsed.spot($0) } ?? passage.spot(ofWordAt: 0)
            log.error(
                passage.source.path,
                spot,
                "\(passage.label) takes one SELECT that only reads; this is \(obstacle.reason)"
            )
            return nil
        }
        for call in parsed.sql.statements.flatMap(\.functions) where SideEffects.has(call.value.name) {
            let message =
                "\(call.value.name) changes something outside the query; a read-only transaction may not hold it back"
            log.warning(passage.source.path, parsed.spot(call.offset), message)
        }
        return parsed
    }

    /// Reads the one `INSERT`, `UPDATE` or `DELETE` that mends violations in a table.
    mutating func fix(_ passage: SQLPassage, repairs table: TableName?, _ log: inout MistakeLog) {
        guard let parsed = parse(passage, &log) else { return }
        let path = passage.source.path
        let rule = "\(passage.label) takes one INSERT, UPDATE or DELETE"
        guard let statement = parsed.sql.statements.first else {
            return log.error(path, passage.spot(ofWordAt: 0), "\(rule); this is no statement")
        }
        guard parsed.sql.statements.count == 1 else {
            let second = parsed.sql.statements[1].range.lowerBound
            return log.error(path, parsed.spot(second), "\(rule); this is \(parsed.sql.statements.count) statements")
        }
        guard [.insert, .update, .delete].contains(statement.kind) else {
            let spot = parsed.spot(statement.range.lowerBound)
            return log.error(path, spot, "\(rule); this is \(statement.kind.withArticle)")
        }
        let violations = TableName(name: "violations")
        if !statement.tables.contains(violations) {
            let spot = parsed.spot(statement.range.lowerBound)
            log.error(path, spot, "\(passage.label) does not read from 'violations', the rows that 'sql find' returned")
        }
        for written in statement.writtenTables {
            if written.value == violations {
                log.error(path, parsed.spot(written.offset), "'violations' can only be read")
            } else if let table, !table.matches(written.value) {
                let message = "\(passage.label) writes '\(written.value)', but 'repairs' names '\(table)'"
                log.error(path, parsed.spot(written.offset), message)
            }
        }
        if statement.writtenTables.count > 1 {
            let message =
                "\(passage.label) writes more than once; a journal of its repairs needs one statement that writes"
            log.error(path, parsed.spot(statement.writtenTables[1].offset), message)
        }
    }

    /// Reads the statements by which a probe acts: any, but none that ends the transaction around them.
    mutating func actions(_ passage: SQLPassage, _ log: inout MistakeLog) {
        guard let parsed = parse(passage, &log) else { return }
        let path = passage.source.path
        if parsed.sql.statements.isEmpty {
            log.error(path, passage.spot(ofWordAt: 0), "\(passage.label) holds no statement")
        }
        for statement in parsed.sql.statements {
            guard case .other(let word) = statement.kind, Self.transactionWords.contains(word) else { continue }
            let message =
                "\(passage.label) holds \(statement.kind.withArticle), but a probe's transaction is assay's to end"
            log.error(path, parsed.spot(statement.range.lowerBound), message)
        }
    }

    private static let transactionWords: Set = [
        "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE", "SAVEPOINT", "RELEASE",
    ]
}

extension String {
    /// A message of the parser with `:name` for the `$1` that the author never wrote.
    fileprivate func withNames(_ names: [String]) -> String {
        guard let marker = lastIndex(of: "$"),
            let end = self[marker...].dropFirst().firstIndex(where: { !$0.isNumber }),
            let number = Int(self[index(after: marker)..<end]), names.indices.contains(number - 1)
        else { return self }
        return self[..<marker] + ":" + names[number - 1] + self[end...]
    }
}
