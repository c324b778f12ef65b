import AuditEngine
import AuditModel
import AuditSite
import SuiteFiles
import Templating
import Wording

/// Looks for mistakes in check files, documents and templates, and with a database, in what the statements need there.
struct LintAction: Sendable {
    let suite: SuiteSource
    /// Nil to stay offline.
    let conninfo: String?
    let expectedDatabase: String?
    let templates: String?
    let parameters: [String: ParameterValue]
    let documents: DocumentSettings
    let places: DocumentPlaces
    let edge: CommandEdge

    func perform() async throws -> ExitStatus {
        let reading = suite.lint(parameters: parameters)
        for file in reading.notRead { Terminal.error("\(file)\n") }
        var mistakes = reading.mistakes
        if let suite = reading.suite, let conninfo {
            // On what only a newer grammar can read, the server has the last word.
            mistakes = mistakes.filter { $0.kind != .grammar }
            mistakes += try await askServer(suite, reading.unread.map(\.statement), at: conninfo)
        }
        mistakes += DocumentLint(documents: documents, places: places, suite: reading.suite).mistakes
        var text = mistakes.map { "\("\($0)".visibleLines)\n" }.joined()
        do {
            _ = try Templates.all(overrides: templates)
        } catch {
            mistakes.append(SuiteMistake(path: templates ?? "templates", message: error.description))
            text += "\("\(error)".visibleLines)\n"
        }
        try Terminal.output(text + "\(name(of: reading)): " + summary(reading.suite, mistakes))
        return mistakes.contains(where: \.isMistake) ? .wrongFile : .success
    }

    /// As it was named, and a file that stands for its folder as the folder.
    private func name(of reading: SuiteReading) -> String {
        if case .shipped = suite { return suite.description }
        return reading.path
    }

    private func askServer(_ suite: Suite, _ unread: [Statement], at conninfo: String) async throws(Failure)
        -> [SuiteMistake]
    {
        do {
            var settings = AuditSettings(conninfo: conninfo)
            settings.expectedDatabase = expectedDatabase
            let lint = ServerLint(suite: suite, unread: unread, settings: settings, logger: edge.logger)
            return try await lint.run().map(self.suite.mistake)
        } catch {
            throw Failure(error)
        }
    }

    private func summary(_ suite: Suite?, _ mistakes: [SuiteMistake]) -> String {
        func noted(_ kind: SuiteMistake.Kind, _ word: String) -> String {
            let number = mistakes.count { $0.kind == kind }
            return number == 0 ? "" : ", \(number.of(word))"
        }
        let noted = noted(.warning, "warning") + noted(.note, "note")
        let errors = mistakes.count(where: \.isMistake)
        guard errors == 0, let suite else {
            let gap = conninfo != nil && suite == nil ? "; the server is asked when the files are right" : ""
            return "\(errors.of("mistake"))\(noted)\(gap)\n"
        }
        let proof = conninfo == nil ? "" : "; the server takes every statement"
        return "\(suite.checks.count.of("check")), no mistake\(noted)\(proof)\n"
    }
}

extension SuiteSource {
    /// What the server has against a statement, with the line that it is about.
    func mistake(_ finding: ServerLint.Finding) -> SuiteMistake {
        let path = finding.place.path
        let spot =
            finding.key.flatMap { self.spot(ofKey: $0, in: path) }
            ?? finding.name.flatMap { self.spot(ofName: $0, in: path) } ?? self.spot(finding.place)
        return SuiteMistake(
            finding.isWarning ? .warning : .error,
            path: finding.place.path,
            spot: spot,
            message: finding.message
        )
    }

    /// The value of a key in the front matter.
    private func spot(ofKey key: String, in path: String) -> SuiteMistake.Spot? {
        guard var spot = frontMatter(of: path).first(where: { $0.source.hasPrefix("\(key):") }) else { return nil }
        let value = spot.source.dropFirst(key.count + 1)
        let blanks = value.prefix { $0 == " " }.count
        spot.column = key.count + 2 + blanks
        spot.length = max(1, value.count - blanks)
        return spot
    }

    /// The first place of a name among the values of the front matter.
    private func spot(ofName name: String, in path: String) -> SuiteMistake.Spot? {
        for var spot in frontMatter(of: path) {
            let line = spot.source
            for range in line.ranges(of: name) {
                let before = line[..<range.lowerBound].last
                let after = line[range.upperBound...].first
                guard [before, after].allSatisfy({ $0.map { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? true }),
                    after != ":"
                else { continue }
                spot.column = line.distance(from: line.startIndex, to: range.lowerBound) + 1
                spot.length = name.count
                return spot
            }
        }
        return nil
    }

    private func frontMatter(of path: String) -> [SuiteMistake.Spot] {
        var lines: [SuiteMistake.Spot] = []
        while let spot = spot(Statement.Place(path: path, line: lines.count + 2, column: 1)),
            !spot.source.hasPrefix("---")
        {
            lines.append(spot)
        }
        return lines
    }
}
