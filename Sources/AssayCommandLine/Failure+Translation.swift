import AuditEngine
import AuditSite
import LivingDocuments
import RunRecords
import Templating

extension Failure {
    /// Runs a step, and gives its error the exit code it stands for.
    static func translating<R>(_ step: () throws(OutputError) -> R) throws(Failure) -> R {
        do throws(OutputError) { return try step() } catch { throw Failure(.cannotWrite, error.description) }
    }

    /// Runs a step, and gives its error the exit code it stands for.
    static func translating<R>(_ step: () throws(TemplateError) -> R) throws(Failure) -> R {
        do throws(TemplateError) { return try step() } catch { throw Failure(.wrongFile, error.description) }
    }

    /// Runs a step, and gives its error the exit code it stands for.
    static func translating<R>(_ step: () throws(RecordError) -> R) throws(Failure) -> R {
        do throws(RecordError) {
            return try step()
        } catch {
            throw Failure(error.code == .missing ? .wrongUsage : .wrongFile, error.description)
        }
    }

    /// - Parameter context: a sentence before the error's own.
    init(_ error: DocumentError, _ context: String = "") {
        let status: ExitStatus =
            switch error.code {
            case .unsuitable, .template: .wrongFile
            case .system: .cannotWrite
            case .locked, .busy: .locked
            }
        self.init(status, context + error.description)
    }

    init(_ error: AuditError) {
        let status: ExitStatus =
            switch error {
            case .unreachable: .unreachable
            case .refused, .unexpectedDatabase, .notPermitted: .notPermitted
            case .locked: .locked
            case .nothingToUndo: .success
            case .undoFailed: .incomplete
            case .wrongUsage, .wrongSettings: .wrongUsage
            case .output: .cannotWrite
            // The signal's own code takes its place.
            case .cancelled: .internalFault
            }
        var tellsChanges = false
        if case .cancelled(repaired: .some, run: _) = error { tellsChanges = true }
        self.init(status, error.description, tellsChanges: tellsChanges)
    }
}
