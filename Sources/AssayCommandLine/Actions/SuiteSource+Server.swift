import AuditEngine
import AuditModel
import Logging
import SuiteFiles

extension SuiteSource {
    /// The suite, when its files are right; whether SQL of a newer grammar is right, the server says.
    func load(
        parameters: [String: ParameterValue],
        asking settings: AuditSettings,
        logger: Logger
    ) async throws(Failure) -> Suite {
        let reading = lint(parameters: parameters)
        for file in reading.notRead { logger.warning("\(file.path): \(file.message)") }
        guard let suite = reading.suite, !reading.unread.isEmpty else {
            return try load(reading, parameters: parameters)
        }
        let lint = ServerLint(suite: suite, unread: reading.unread.map(\.statement), settings: settings, logger: logger)
        let refused: [SuiteMistake]
        do throws(AuditError) {
            refused = try await lint.refusals().map(mistake)
        } catch {
            throw Failure(error, places: settings.places)
        }
        guard refused.isEmpty else {
            let list = refused.map(\.description).joined(separator: "\n")
            throw Failure(.wrongFile, "the suite has mistakes; nothing was done.\n\(list)")
        }
        for unread in reading.unread {
            let place = unread.statement.place
            logger.warning(
                "\(place.path):\(place.line): the server takes this SQL, which is newer than the parser here (PostgreSQL 15): what it reads and calls was not looked at"
            )
        }
        return suite
    }
}
