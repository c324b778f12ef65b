internal import AuditModel
internal import SQLSyntax

/// What `suite.yml` says.
struct SuiteFile {
    var id: String?
    var title: String?
    var description: String
    /// Ids of checks in the order in which they run, with their places.
    var order: [YAMLField]
    var parameters: [String: ParameterValue]
    /// The keys of its own `parameters`, with their places.
    var parameterFields: [YAMLField] = []
    var userLabels: Statement?

    init(_ source: SourceText, overriding: [String: ParameterValue], _ log: inout MistakeLog) {
        description = ""
        order = []
        parameters = [:]
        guard let fields = YAMLFields.read(source, 0..<source.bytes.count, &log) else { return }
        fields.refuseUnknown(["id", "title", "description", "checks", "parameters", "users"], &log)
        if fields["id"] == nil { log.error(source.path, source.spot(line: 1), "there is no 'id'") }
        if fields["title"] == nil { log.error(source.path, source.spot(line: 1), "there is no 'title'") }
        id = fields["id"]?.identifier(&log)
        title = fields["title"]?.text(&log)
        description = fields["description"]?.text(&log) ?? ""
        parameters = (fields["parameters"]?.parameters(&log) ?? [:]).merging(overriding) { $1 }
        var ignored = MistakeLog()
        parameterFields = fields["parameters"]?.fields(&ignored)?.all ?? []
        if let field = fields["checks"], let names = field.names(&log) {
            order = field.items ?? [field]
            order = Array(order.prefix(names.count))
        }
        if let field = fields["users"] { userLabels = Self.labels(field, source, &log) }
    }

    /// Reads `users: { label: SELECT … }`.
    private static func labels(_ field: YAMLField, _ source: SourceText, _ log: inout MistakeLog) -> Statement? {
        guard field.isMapping else {
            field.refuse("'users' takes 'label', a query of users and their labels: users: { label: SELECT … }", &log)
            return nil
        }
        guard let fields = field.fields(&log) else { return nil }
        fields.refuseUnknown(["label"], &log)
        guard let label = fields["label"] else {
            field.refuse("'users' needs 'label', a query of users and their labels", &log)
            return nil
        }
        guard let text = label.text(&log), let passage = label.passage(text, label: "'label'") else { return nil }
        var statements = StatementReader(parameters: [CheckReader.usersParameter: .list([])])
        guard let query = statements.select(passage, &log) else { return passage.statement }
        if !statements.usedParameters.contains(CheckReader.usersParameter) {
            log.error(source.path, label.spot, "'label' does not use ':users', the users whose labels are wanted")
        }
        if let columns = query.sql.statements.first?.outputColumns, columns.count != 2, !columns.contains(nil) {
            log.error(
                source.path,
                label.spot,
                "'label' returns \(columns.count) columns instead of two, user and label"
            )
        }
        return passage.statement
    }
}

extension YAMLField {
    /// A value as SQL, with the places of its lines as far as YAML leaves them recognizable.
    fileprivate func passage(_ text: String, label: String) -> SQLPassage? {
        guard let offset else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = source.line(at: offset) + (isBlockScalar ? 1 : 0)
        let offsets = lines.indices.map { index in
            let number = min(first + index, source.lineCount)
            let range = source.line(number)
            // Where the line holds the text as it is, its place is exact; else, in folded text, it is the value's.
            if let found = source.bytes[range].firstRange(of: Array(lines[index].utf8)) {
                return isBlockScalar || index > 0 ? found.lowerBound : max(found.lowerBound, offset)
            }
            return isBlockScalar ? source.bytes[range].firstIndex { $0 != 0x20 } ?? range.lowerBound : offset
        }
        return SQLPassage(text, source: source, lineOffsets: offsets, label: label)
    }
}
