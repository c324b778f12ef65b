import AuditModel
import Postgres
import SQLSyntax

/// A check's statement as it is sent: named after the check, with its parameters numbered.
struct BoundStatement: Sendable {
    let sql: String
    /// Values in the client's encoding; nil is NULL.
    let parameters: [[UInt8]?]
    private let statement: Statement
    private let named: NamedParameters
    /// The parameters whose values are lists.
    private let lists: Set<String>
    /// Characters of `sql` before the statement's own.
    private let prefixLength: Int

    /// - Parameters:
    ///   - users: the value of `:users`, ids as the server sent them.
    ///   - extra: the frame's own parameters, which are numbered after the statement's.
    init(
        _ statement: Statement,
        of check: String,
        parameters values: [String: ParameterValue],
        users: [[UInt8]]? = nil,
        in frame: StatementFrame = .none,
        extra: [[UInt8]?] = []
    ) throws(SQLSyntaxError) {
        let named = try NamedParameters(statement.text)
        let prefix = "\(Self.comment(check)) \(frame.before)"
        self.statement = statement
        self.named = named
        lists = Set(named.names.filter { if case .list? = values[$0] { true } else { false } })
        prefixLength = prefix.unicodeScalars.count
        parameters = named.names.map { $0 == "users" ? users.map(arrayLiteral) : values[$0]?.serverBytes } + extra
        sql = prefix + named.text + frame.after(named.names.count + 1)
    }

    /// The names of the statement's own parameters, in the order of their numbers.
    var names: [String] { named.names }

    /// The comment by which a statement is known in the server's log and in `pg_stat_activity`.
    static func comment(_ check: String) -> String { "/* assay: \(check) */" }

    /// The number from which `$1` counts of a named parameter; nil when the statement does not use it.
    func number(of parameter: String) -> Int? { named.names.firstIndex(of: parameter).map { $0 + 1 } }

    /// Where in the check file the server found a mistake.
    func place(of error: PostgresError) -> Statement.Place? {
        offset(of: error).map(statement.place(ofOffset:))
    }

    /// Where in the statement's own text the server found a mistake, in bytes.
    func offset(of error: PostgresError) -> Int? {
        guard let position = error.position, position > prefixLength else { return nil }
        return named.originalOffset(
            TextPosition.utf8Offset(ofServerPosition: position - prefixLength, in: named.text)
        )
    }
}

/// What a server's error says about the statement as its author wrote it.
extension BoundStatement {
    /// The name that the database lacks, where that is what the error is about.
    func missing(_ error: PostgresError) -> MissingName? {
        guard let position = error.position, position > prefixLength else { return nil }
        let offset = TextPosition.utf8Offset(ofServerPosition: position - prefixLength, in: named.text)
        return MissingName(error, in: named.text, at: offset)
    }

    /// A message with `:name` for the `$1` that the author never wrote.
    func withNames(_ message: String) -> String {
        message.replacing(/\$([0-9]+)/) { match in
            Int(match.output.1).flatMap { named.names.indices.contains($0 - 1) ? ":\(named.names[$0 - 1])" : nil }
                ?? String(match.output.0)
        }
    }

    /// Advice where the server cannot tell the type of a parameter, or takes it for another.
    func adviceOnParameter(_ error: PostgresError) -> (words: String, place: Statement.Place)? {
        let codes = ["42P18", "42725", "42P08", SQLState.undefinedFunction.rawValue, "42804"]
        guard let state = error.sqlState else { return nil }
        let uses = NamedParameters.uses(in: statement.text)
        let offset = offset(of: error)
        if state == .syntaxError, let use = uses.first(where: { $0.offset == offset }) {
            let words = "A parameter stands for a value, not for a name or a word of SQL"
            return (words, statement.place(ofOffset: use.offset))
        }
        if state == .syntaxError, let offset, let advice = SyntaxAdvice.find(in: statement.text, at: offset) {
            let words = advice.words.prefix(1).uppercased() + advice.words.dropFirst()
            return (words, statement.place(ofOffset: advice.range.lowerBound))
        }
        guard codes.contains(state.rawValue) else { return nil }
        let bare = uses.filter { use in
            !statement.text.utf8.dropFirst(use.offset + 1 + use.name.utf8.count).starts(with: "::".utf8)
        }
        let place = offset ?? 0
        guard let nearest = bare.min(by: { abs($0.offset - place) < abs($1.offset - place) }) else { return nil }
        let form =
            lists.contains(nearest.name)
            ? ":\(nearest.name)::text[], ::int[], or what its values are"
            : ":\(nearest.name)::interval, ::text, ::int, or what it is"
        return ("Say of which type the parameter is: write \(form)", statement.place(ofOffset: nearest.offset))
    }

    /// Where the query stands.
    var place: Statement.Place { statement.place }

    /// Where the statement divides by what may be zero.
    var divisions: [Statement.Place] { places(\.divisions) }

    /// Where it casts what is no constant.
    var casts: [Statement.Place] { places(\.casts) }

    /// None of a statement that nobody here can read.
    private func places(_ offsets: (ParsedStatement) -> [Int]) -> [Statement.Place] {
        let parsed = try? ParsedSQL(named.text).statements.first
        return (parsed.map(offsets) ?? []).map { statement.place(ofOffset: named.originalOffset($0)) }
    }
}

extension Statement {
    /// The place in the check file of a byte of the statement.
    func place(ofOffset offset: Int) -> Place {
        let position = TextPosition(utf8Offset: offset, in: text)
        return place(line: position.line, column: position.column)
    }
}

extension ParameterValue {
    /// The value as PostgreSQL reads it.
    var serverBytes: [UInt8]? {
        switch self {
        case .null: nil
        case .text(let text): Array(text.utf8)
        case .list(let list): arrayLiteral(list.map { Array($0.utf8) })
        }
    }
}

/// A PostgreSQL array in text form.
func arrayLiteral(_ elements: [String]) -> String {
    String(decoding: arrayLiteral(elements.map { Array($0.utf8) }), as: UTF8.self)
}

/// A PostgreSQL array in text form, of values in any encoding.
func arrayLiteral(_ elements: [[UInt8]]) -> [UInt8] {
    var literal = [UInt8(ascii: "{")]
    for (index, element) in elements.enumerated() {
        literal.append(contentsOf: (index == 0 ? "\"" : ",\"").utf8)
        for byte in element {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { literal.append(UInt8(ascii: "\\")) }
            literal.append(byte)
        }
        literal.append(UInt8(ascii: "\""))
    }
    literal.append(UInt8(ascii: "}"))
    return literal
}

/// A `bytea` in text form.
func byteaLiteral(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return Array("\\x".utf8) + bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
}
