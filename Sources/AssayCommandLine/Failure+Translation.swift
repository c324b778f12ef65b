import AuditEngine
import AuditSite
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
        self.init(status, error.description)
    }
}
