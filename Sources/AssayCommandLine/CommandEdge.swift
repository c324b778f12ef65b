internal import ArgumentParser
import AuditModel
import Foundation
internal import Logging

/// What commands take from the outside world: environment, terminal, clock, log, signals.
struct CommandEdge: Sendable {
    let environment: ProgramEnvironment
    let terminal: Terminal
    let logger: Logger
    let interruption = Interruption()

    /// The moment it is.
    @Sendable static func now() -> Timestamp {
        Timestamp(milliseconds: Int((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }

    /// The configuration of a command; one that lies in a folder above is told of.
    func configuration(named flag: String?, isQuiet: Bool = false) throws(Failure) -> FoundConfiguration {
        let found = try FoundConfiguration.find(named: flag, environment: environment)
        if let path = found.path {
            logger.log(level: found.isFromAbove && !isQuiet ? .notice : .debug, "the configuration is \(path)")
        }
        return found
    }

    private static let interrupted = "interrupted; nothing was written, and nothing is left running on the server."

    /// Performs a command and ends the program with its exit code; failures are told on standard error.
    ///
    /// - Parameter isVerbose: everything that is done is logged.
    static func run(
        isVerbose: Bool = false,
        _ perform: @escaping @Sendable (CommandEdge) async throws -> ExitStatus
    ) async throws {
        let variables = ProcessInfo.processInfo.environment
        let edge = CommandEdge(
            environment: ProgramEnvironment(variables),
            terminal: Terminal(environment: variables),
            logger: StandardErrorLog.logger(level: isVerbose ? .debug : .notice)
        )
        for warning in edge.environment.warnings { edge.logger.warning("\(warning)") }
        let status: ExitStatus
        do {
            status = try await edge.interruption.cancelling { try await perform(edge) }
        } catch {
            let code = edge.interruption.exitCode
            var failure = (error as? Failure) ?? Failure(.internalFault, "\(error)")
            // Whatever broke off, it was the signal that did it.
            if code != nil, !failure.tellsChanges { failure = Failure(.internalFault, interrupted) }
            let word = Tint.red.paint("assay:", if: edge.terminal.colorsErrors)
            Terminal.error("\(word) \(failure.message.visibleLines)\n")
            throw code.map { ExitCode($0) } ?? failure.status.code
        }
        if status != .success { throw status.code }
    }
}
