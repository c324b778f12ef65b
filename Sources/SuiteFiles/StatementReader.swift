internal import AuditModel
internal import SQLSyntax
internal import Wording

/// Parses the statements of one file, and logs what PostgreSQL's parser or the rules of check files refuse.
struct StatementReader {
    /// Values of the names that may stand after a colon.
    let parameters: [String: ParameterValue]
    private(set) var usedParameters: Set<String> = []
    /// Of some statement nobody can say which parameters it uses.
    private(set) var hasGap = false

    init(parameters: [String: ParameterValue]) {
        self.parameters = parameters
    }

    /// A passage that the parser accepts.
    struct Parsed {
        let passage: SQLPassage
        let sql: ParsedSQL
        let parameters: NamedParameters

        /// The place in the file of a byte of the text that was parsed.
        func spot(_ offset: Int) -> SuiteMistake.Spot {
            passage.spot(ofWordAt: parameters.originalOffset(offset))
        }
    }

    /// What the parser says of a passage.
    private enum Reading {
        case parsed(Parsed)
        /// The log says what is wrong.
        case wrong
        /// The grammar of PostgreSQL 15 does not know it.
        case unknown(SQLSyntaxError, offset: Int)
    }

    private mutating func read(_ passage: SQLPassage, _ log: inout MistakeLog) -> Reading {
        // An empty fence has its own mistake.
        guard !passage.text.isEmpty else { return .wrong }
        let path = passage.source.path
        do throws(SQLSyntaxError) {
            let named = try NamedParameters(passage.text)
            refuseUnknownParameters(passage, &log)
            refuseQuotedParameters(passage, &log)
            if let mark = TypographicMark.first(in: passage.text) {
                log.error(path, passage.spot(mark.offset, length: String(mark.character).utf8.count), mark.advice)
                return .wrong
            }
            do throws(SQLSyntaxError) {
                let parsed = Parsed(passage: passage, sql: try ParsedSQL(named.text), parameters: named)
                refuseMisplacedLists(parsed, &log)
                return .parsed(parsed)
            } catch {
                let offset = error.offset.map { named.originalOffset($0) } ?? 0
                let syntax = SQLSyntaxError(message: error.message.withNames(named.names), offset: error.offset)
                return explain(syntax, at: offset, passage, &log)
            }
        } catch {
            hasGap = true
            log.error(path, passage.spot(ofWordAt: error.offset ?? 0), error.message)
            return .wrong
        }
    }

    /// Says what a syntax error is about; one whose cause is plain, whatever the grammar, is in the log.
    private mutating func explain(
        _ error: SQLSyntaxError,
        at offset: Int,
        _ passage: SQLPassage,
        _ log: inout MistakeLog
    ) -> Reading {
        let path = passage.source.path
        // Without a place it is no syntax error: too long, or without a thread.
        guard error.offset != nil else {
            log.error(path, passage.spot(ofWordAt: offset), error.message)
            return .wrong
        }
        if let foreign = ForeignPlaceholder.bare(in: passage.text) {
            // It was meant to be used.
            usedParameters.insert(foreign.name)
            let message = "parameters are written '\(foreign.replacement)' here; this is another tool's way"
            log.error(path, passage.spot(foreign.range.lowerBound, length: foreign.range.count), message)
            return .wrong
        }
        if let use = NamedParameters.uses(in: passage.text).first(where: { $0.offset == offset }) {
            let message = "\(error.message); a parameter stands for a value, not for the name of a table or column"
            log.error(path, passage.spot(offset, length: use.name.utf8.count + 1), message)
            return .wrong
        }
        guard let advice = SyntaxAdvice.find(in: passage.text, at: offset) else {
            return .unknown(error, offset: offset)
        }
        let message = "\(error.message): \(advice.words)"
        guard advice.isCertain else {
            return .unknown(SQLSyntaxError(message: message, offset: error.offset), offset: advice.range.lowerBound)
        }
        log.error(path, passage.spot(advice.range.lowerBound, length: advice.range.count), message)
        hasGap = true
        return .wrong
    }

    /// Reads a passage that the parser must accept, whatever a server says.
    private mutating func parse(_ passage: SQLPassage, _ log: inout MistakeLog) -> Parsed? {
        switch read(passage, &log) {
        case .parsed(let parsed): return parsed
        case .wrong: return nil
        case .unknown(let error, let offset):
            let message =
                "\(error.message); \(passage.label) is run only when the parser here, of PostgreSQL 15, can read it"
            log.error(passage.source.path, passage.spot(ofWordAt: offset), message)
            return nil
        }
    }

    /// Reads one plain `SELECT`; nil for one that is wrong, or that only the server can read.
    mutating func select(_ passage: SQLPassage, _ log: inout MistakeLog) -> Parsed? {
        let path = passage.source.path
        let rule = "\(passage.label) takes one SELECT that only reads"
        switch read(passage, &log) {
        case .wrong: return nil
        case .unknown(let error, let offset):
            let spot = passage.spot(ofWordAt: offset)
            if SelectShape.obstacle(passage.text) != nil {
                // More than one statement, or one that may write: no server is asked about it.
                log.error(path, spot, error.message)
            } else {
                let mistake = SuiteMistake(.grammar, path: path, spot: spot, message: error.message)
                log.leave(UnreadStatement(statement: passage.statement, mistake: mistake))
            }
            return nil
        case .parsed(let parsed):
            if let obstacle = parsed.sql.plainSelectObstacle {
                let spot = obstacle.offset.map { parsed.spot($0) } ?? passage.spot(ofWordAt: 0)
                log.error(path, spot, "\(rule); this is \(obstacle.reason)")
                return nil
            }
            warnOfEffects(of: parsed, &log)
            warnOfRole(passage, &log)
            return parsed
        }
    }

    /// Reads the one `INSERT`, `UPDATE` or `DELETE` that mends violations in a table.
    mutating func fix(_ passage: SQLPassage, repairs table: TableName?, _ log: inout MistakeLog) {
        guard let parsed = parse(passage, &log) else { return }
        FixRules(parsed: parsed, table: table).check(&log)
        warnOfEffects(of: parsed, &log) { $0 == .acts || $0 == .connects }
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

extension StatementReader {
    private mutating func refuseUnknownParameters(_ passage: SQLPassage, _ log: inout MistakeLog) {
        for (name, offset) in NamedParameters.uses(in: passage.text) {
            guard parameters[name] == nil else {
                usedParameters.insert(name)
                continue
            }
            let isUsers = name == CheckReader.usersParameter
            let isReserved = name.lowercased().hasPrefix(CheckReader.reservedPrefix)
            let nearest = NearestName.of(name, among: parameters.keys.sorted())
            // It was meant to be used.
            if let nearest { usedParameters.insert(nearest) }
            log.error(
                passage.source.path,
                passage.spot(offset, length: name.utf8.count + 1),
                isUsers
                    ? "':users' is for a statistic with the key 'user'"
                    : isReserved
                        ? "':\(name)' is reserved: names that begin with '\(CheckReader.reservedPrefix)' are assay's own"
                        : "unknown parameter ':\(name)': 'parameters' gives it no value"
                            + (nearest == nil ? "; write 'parameters: { \(name): … }' into the front matter" : ""),
                suggestion: nearest.map { ":\($0)" }
            )
        }
    }

    /// Refuses a parameter in quotes, which is a text like any other to PostgreSQL.
    private mutating func refuseQuotedParameters(_ passage: SQLPassage, _ log: inout MistakeLog) {
        for quoted in ForeignPlaceholder.quoted(in: passage.text, named: Set(parameters.keys)) {
            // It was meant to be used.
            usedParameters.insert(quoted.name)
            let spot = passage.spot(quoted.range.lowerBound, length: quoted.range.count)
            let written = String(decoding: Array(passage.text.utf8)[quoted.range], as: UTF8.self)
            let message =
                "'\(written)' stands in quotes, where it is a text and not the parameter '\(quoted.name)': "
                + "write \(quoted.replacement)"
            log.error(passage.source.path, spot, message)
        }
    }
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
