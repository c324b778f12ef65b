import AuditEngine
import AuditModel
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

    /// - Parameters:
    ///   - commands: what takes a run's repairs back.
    ///   - places: where the run's settings stand.
    ///   - isReported: a report tells what was done.
    init(_ error: AuditError, commands: RunCommandLines? = nil, places: SettingPlaces? = nil, isReported: Bool = false)
    {
        let tellsChanges =
            switch error {
            case .cancelled(committed: .some, run: _), .brokenOff: true
            default: isReported
            }
        let message = error.explanation(places) { run in
            commands?.undo(run.description) ?? PrintedCommand.line(["assay", "undo", run.description])
        }
        self.init(Self.status(error), message, tellsChanges: tellsChanges)
    }

    private static func status(_ error: AuditError) -> ExitStatus {
        switch error {
        case .unreachable, .failed: .unreachable
        case .refused, .unexpectedDatabase, .notPermitted: .notPermitted
        case .locked: .locked
        case .nothingToUndo: .success
        case .undoFailed: .incomplete
        case .wrongUsage, .wrongSettings: .wrongUsage
        case .unkept: .wrongConfiguration
        case .output: .cannotWrite
        case .brokenOff(_, _, let cause): status(cause)
        // The signal's own code takes the place of a cancellation's.
        case .cancelled, .unknown: .internalFault
        }
    }
}
