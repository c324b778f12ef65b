internal import SQLSyntax
internal import Wording
internal import Yams

/// The keys and values of a YAML mapping, with their places in the file.
struct YAMLFields {
    let source: SourceText
    private let fields: [YAMLField]

    /// Reads YAML that stands in a file.
    ///
    /// - Parameter range: whole lines of the file; empty YAML is an empty mapping.
    /// - Returns: nil when it is no YAML, or no mapping; the log then says why.
    static func read(_ source: SourceText, _ range: Range<Int>, _ log: inout MistakeLog) -> YAMLFields? {
        let position = YAMLPosition(source, range)
        do {
            guard let root = try Yams.compose(yaml: source.string(range)) else {
                return YAMLFields(source: source, fields: [])
            }
            return YAMLField(name: "", keySpot: nil, node: root, position: position).fields(&log)
        } catch {
            let (spot, message) = position.explain(error)
            log.error(source.path, spot, message)
            return nil
        }
    }

    init(source: SourceText, fields: [YAMLField]) {
        self.source = source
        self.fields = fields
    }

    subscript(name: String) -> YAMLField? {
        fields.first { $0.name == name }
    }

    var all: [YAMLField] { fields }

    /// Logs each key that is not among the known ones, with the nearest of them.
    ///
    /// - Parameter shown: the known keys that a message lists, where those are not all.
    func refuseUnknown(_ known: [String], listing shown: [String]? = nil, _ log: inout MistakeLog) {
        let list = (shown ?? known).joined(separator: ", ")
        for field in fields where !known.contains(field.name) {
            log.error(
                source.path,
                field.keySpot,
                "unknown key '\(field.name)'; the keys here are \(list)",
                suggestion: NearestName.of(field.name, among: known)
            )
        }
    }
}
