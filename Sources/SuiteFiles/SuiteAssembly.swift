internal import AuditModel
internal import Hashing
internal import SQLSyntax
internal import Wording

/// Puts the files of a suite together.
struct SuiteAssembly {
    /// The name of the file that makes a folder a suite.
    static let suiteFile = "suite.yml"

    /// The suite's folder, as the user would type it.
    let path: String
    let overriding: [String: ParameterValue]

    /// Whether a file of the folder belongs to the suite.
    static func isPart(_ name: String) -> Bool {
        name == suiteFile || isCheck(name)
    }

    static func isCheck(_ name: String) -> Bool {
        name.hasSuffix(".md") && name.lowercased() != "readme.md" && !name.hasPrefix(".") && !name.contains("/")
    }

    func reading(_ folder: SuiteFolder, _ log: inout MistakeLog) -> SuiteReading {
        let files = folder.files
        let names = files.keys.filter(Self.isPart).sorted()
        let suiteFile = readSuiteFile(folder, &log)
        var checks: [Check] = []
        var used: Set<String> = []
        var places: [String: SuiteMistake] = [:]
        for name in names where Self.isCheck(name) {
            guard let source = source(name, files[name] ?? [], &log) else { continue }
            let parameters = suiteFile?.parameters ?? [:]
            guard
                let reader = CheckReader(source, suiteParameters: parameters, overriding: overriding, &log)
            else { continue }
            refuseDouble(reader.id(), &places, &log)
            if let check = reader.check(used: &used, &log) { checks.append(check) }
        }
        if !names.contains(where: Self.isCheck), !folder.unreadable.contains(where: Self.isCheck) {
            log.error(path, nil, "the suite has no check: there is no file '*.md' in it")
        }
        // Of a check with mistakes nobody can say what it uses.
        if !log.hasErrors { refuseUnused(suiteFile?.parameterFields ?? [], used, &log) }
        let ordered = order(checks, suiteFile?.order ?? [], known: Set(places.keys), &log)
        guard !log.hasErrors, let id = suiteFile?.id, let title = suiteFile?.title else {
            return SuiteReading(path: path, suite: nil, mistakes: log.sorted, notRead: folder.notRead)
        }
        let suite = Suite(
            id: id,
            title: title,
            description: suiteFile?.description ?? "",
            path: path,
            digest: Self.digest(names.map { ($0, files[$0] ?? []) }),
            checks: ordered,
            userLabels: suiteFile?.userLabels
        )
        return SuiteReading(
            path: path,
            suite: suite,
            mistakes: log.sorted,
            notRead: folder.notRead,
            unread: log.unread
        )
    }

    /// A parameter of the suite that no check uses is one that was meant to be used.
    private func refuseUnused(_ fields: [YAMLField], _ used: Set<String>, _ log: inout MistakeLog) {
        for field in fields where !used.contains(field.name) {
            log.warning(
                field.source.path,
                field.keySpot,
                "no check of the suite uses the parameter ':\(field.name)'"
            )
        }
    }

    private func readSuiteFile(_ folder: SuiteFolder, _ log: inout MistakeLog) -> SuiteFile? {
        guard let bytes = folder.files[Self.suiteFile] else {
            if folder.unreadable.contains(Self.suiteFile) { return nil }
            let nearby = folder.suitesBelow.sorted().map { path.isEmpty ? $0 : "\(path)/\($0)" }
            let advice = nearby.isEmpty ? "" : "; there is one in \(nearby.joined(separator: ", "))"
            log.error(path, nil, "there is no 'suite.yml', which makes a folder a suite\(advice)")
            return nil
        }
        return source(Self.suiteFile, bytes, &log).map { SuiteFile($0, overriding: overriding, &log) }
    }

    /// Nil for bytes that are no text.
    private func source(_ name: String, _ bytes: [UInt8], _ log: inout MistakeLog) -> SourceText? {
        let source = SourceText(
            path: path.isEmpty ? name : path.hasSuffix("/") ? path + name : "\(path)/\(name)",
            bytes: bytes
        )
        if let offset = SourceText.invalidOffset(in: source.bytes) {
            log.error(source.path, source.spot(offset), "the file is not in UTF-8")
            return nil
        }
        if let offset = source.bytes.firstIndex(of: 0) {
            log.error(source.path, source.spot(offset), "the file holds a NUL character")
            return nil
        }
        return source
    }

    /// - Parameter places: the first use of each id, as a mistake that was none.
    private func refuseDouble(_ field: YAMLField?, _ places: inout [String: SuiteMistake], _ log: inout MistakeLog) {
        guard let field, let id = field.scalar else { return }
        if let first = places[id] {
            let line = first.spot.map { ":\($0.line)" } ?? ""
            field.refuse("the id '\(id)' is already that of \(first.path)\(line)", &log)
        } else {
            places[id] = SuiteMistake(path: field.source.path, spot: field.spot, message: "")
        }
    }

    /// Checks that `suite.yml` names come first, in its order; the others follow in that of their files.
    private func order(
        _ checks: [Check],
        _ order: [YAMLField],
        known: Set<String>,
        _ log: inout MistakeLog
    ) -> [Check] {
        var ordered: [Check] = []
        for field in order {
            guard let id = field.scalar else { continue }
            if let check = checks.first(where: { $0.id == id }) {
                ordered.append(check)
            } else if !known.contains(id) {
                field.refuse("no check has the id '\(id)'", suggestion: NearestName.of(id, among: known), &log)
            }
        }
        let named = Set(ordered.map(\.id))
        return ordered + checks.filter { !named.contains($0.id) }
    }

    /// The digest of all files; lengths keep what belongs to a name from being read as part of another.
    private static func digest(_ files: [(String, [UInt8])]) -> String {
        var hash = SHA256()
        for (name, bytes) in files {
            hash.update("\(name.utf8.count) \(name) \(bytes.count)\n")
            hash.update(bytes)
        }
        return "sha256:" + hash.finalize()
    }
}
