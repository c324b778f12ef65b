import AuditModel
import FoundationEssentials

/// Reads `assay.yml`.
package enum ConfigurationFile {
    /// Reads a file, or reports every mistake in it.
    package static func read(_ path: String) throws(SuiteErrors) -> Configuration {
        var log = MistakeLog()
        guard let bytes = SuiteFolder.readFile(path, &log) else { throw SuiteErrors(mistakes: log.sorted) }
        return try read(bytes, path: path)
    }

    static func read(_ bytes: [UInt8], path: String) throws(SuiteErrors) -> Configuration {
        var log = MistakeLog()
        let source = SourceText(path: path, bytes: bytes)
        var configuration = Configuration()
        if let offset = SourceText.invalidOffset(in: source.bytes) {
            log.error(path, source.spot(offset), "this is not UTF-8")
        } else if let fields = YAMLFields.read(source, source.bytes.indices, &log) {
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            configuration = Self.configuration(fields, folder: folder, &log)
        }
        guard !log.hasErrors else { throw SuiteErrors(mistakes: log.sorted) }
        return configuration
    }

    private static let keys = [
        "suite", "database", "expect", "output", "templates", "parameters", "limits", "fail_on", "documents",
    ]

    private static func configuration(_ fields: YAMLFields, folder: String, _ log: inout MistakeLog) -> Configuration {
        fields.refuseUnknown(keys, &log)
        func path(_ key: String) -> String? {
            fields[key]?.text(&log).map { $0.path(in: folder) }
        }
        var configuration = Configuration()
        configuration.suite = path("suite")
        configuration.output = path("output")
        configuration.templates = path("templates")
        configuration.database = database(fields["database"], &log)
        configuration.failOn = fields["fail_on"]?.word(among: ["error", "warning", "info", "never"], &log)
        if let expect = fields["expect"]?.fields(&log) {
            expect.refuseUnknown(["database"], &log)
            configuration.expectedDatabase = expect["database"]?.text(&log)
        }
        if let parameters = fields["parameters"] {
            configuration.parameters = parameters.parameters(&log)
        }
        if let limits = fields["limits"]?.fields(&log) {
            limits.refuseUnknown(["statement_timeout", "lock_timeout", "jobs", "sample_rows"], &log)
            configuration.statementTimeout = limits["statement_timeout"]?.time(&log)
            configuration.lockTimeout = limits["lock_timeout"]?.time(&log)
            configuration.jobs = limits["jobs"]?.number(in: 1...64, &log)
            configuration.sampleRows = limits["sample_rows"]?.number(in: 0...1000, &log)
        }
        if let documents = fields["documents"] {
            configuration.documents = documents.documents(in: folder, &log)
        }
        return configuration
    }

    /// A conninfo, which must not hold a password: the file is shared.
    private static func database(_ field: YAMLField?, _ log: inout MistakeLog) -> String? {
        guard let field, let text = field.text(&log) else { return nil }
        let isSecret = text.contains(/(?i)(^|[\s?&])password\s*=/) || text.contains(/^[\w+.\-:]+:\/\/[^\/@]*:[^\/@]+@/)
        if isSecret {
            field.refuse("a password does not belong in this file; put it into ~/.pgpass or PGPASSWORD", &log)
        }
        return text
    }
}

extension YAMLField {
    /// A time with its unit, as PostgreSQL reads it, so that nobody mistakes 60 for seconds.
    fileprivate func time(_ log: inout MistakeLog) -> String? {
        guard let text = text(&log) else { return nil }
        if text == "0" || text.wholeMatch(of: /[0-9]{1,9} ?(us|ms|s|min|h|d)/) != nil { return text }
        refuse("'\(name)' takes a whole number with a unit: 500ms, 60s or 5min", &log)
        return nil
    }

    /// A whole number in a range.
    fileprivate func number(in range: ClosedRange<Int>, _ log: inout MistakeLog) -> Int? {
        guard let number = scalar.flatMap({ Int($0) }), range.contains(number) else {
            refuse("'\(name)' takes a whole number from \(range.lowerBound) to \(range.upperBound)", &log)
            return nil
        }
        return number
    }
}
