import AuditEngine
import AuditModel
import AuditSite
import SuiteFiles
import Templating

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
        var mistakes = reading.mistakes
        if let suite = reading.suite, let conninfo { mistakes += try await askServer(suite, at: conninfo) }
        mistakes += DocumentLint(documents: documents, places: places, suite: reading.suite).mistakes
        var text = mistakes.map { "\($0)\n" }.joined()
        do {
            _ = try Templates.all(overrides: templates)
        } catch {
            mistakes.append(SuiteMistake(path: templates ?? "templates", message: error.description))
            text += "\(error)\n"
        }
        let errors = mistakes.count { $0.kind == .error }
        let warnings = mistakes.count - errors
        try Terminal.output(text + summary(reading.suite, errors: errors, warnings: warnings))
        return errors == 0 ? .success : .wrongFile
    }

    private func askServer(_ suite: Suite, at conninfo: String) async throws(Failure) -> [SuiteMistake] {
        do {
            var settings = AuditSettings(conninfo: conninfo)
            settings.expectedDatabase = expectedDatabase
            return try await ServerLint(suite: suite, settings: settings, logger: edge.logger).run().map { finding in
                SuiteMistake(
                    finding.isWarning ? .warning : .error,
                    path: finding.place.path,
                    spot: self.suite.spot(finding.place),
                    message: finding.message
                )
            }
        } catch {
            throw Failure(error)
        }
    }

    private func summary(_ suite: Suite?, errors: Int, warnings: Int) -> String {
        func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
        let noted = warnings > 0 ? ", \(count(warnings, "warning"))" : ""
        guard errors == 0, let suite else {
            let gap = conninfo != nil && suite == nil ? "; the server is asked when the files are right" : ""
            return "\(count(errors, "mistake"))\(noted)\(gap)\n"
        }
        let proof = conninfo == nil ? "" : "; the server takes every statement"
        return "\(count(suite.checks.count, "check")), no mistake\(noted)\(proof)\n"
    }
}
