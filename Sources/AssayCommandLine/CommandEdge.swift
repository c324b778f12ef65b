internal import ArgumentParser
import AuditModel
import Foundation
internal import Logging

/// What commands take from the outside world: environment, terminal, clock, log, signals.
struct CommandEdge: Sendable {
    let environment: [String: String]
    let terminal: Terminal
    let logger: Logger
    let interruption = Interruption()

    /// The moment it is.
    @Sendable static func now() -> Timestamp {
        Timestamp(milliseconds: Int((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    private static let interrupted = "interrupted; nothing was written, and nothing is left running on the server."

    /// Performs a command and ends the program with its exit code; failures are told on standard error.
    ///
    /// - Parameter isVerbose: everything that is done is logged.
    static func run(
        isVerbose: Bool = false,
        _ perform: @escaping @Sendable (CommandEdge) async throws -> ExitStatus
    ) async throws {
        let environment = ProcessInfo.processInfo.environment
        let edge = CommandEdge(
            environment: environment,
            terminal: Terminal(environment: environment),
            logger: StandardErrorLog.logger(level: isVerbose ? .debug : .notice)
        )
        let status: ExitStatus
        do {
            status = try await edge.interruption.cancelling { try await perform(edge) }
        } catch {
            let code = edge.interruption.exitCode
            var failure = (error as? Failure) ?? Failure(.internalFault, "\(error)")
            // Whatever broke off, it was the signal that did it.
            if code != nil, !failure.tellsChanges { failure = Failure(.internalFault, interrupted) }
            let word = Tint.red.paint("assay:", if: edge.terminal.colorsErrors)
            Terminal.error("\(word) \(failure.message)\n")
            throw code.map { ExitCode($0) } ?? failure.status.code
        }
        if status != .success { throw status.code }
    }
}
