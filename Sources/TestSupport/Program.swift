import FoundationEssentials
import Glibc
internal import Subprocess

/// A program that runs in a test, from outside.
package struct Program: Sendable {
    /// What a finished program leaves.
    package struct Result: Sendable {
        /// The exit code, or 128 and the number of the signal that ended the program.
        package var status: Int
        package var stdout: String
        package var stderr: String
    }

    /// The process id while the program runs.
    package let id: Int32

    /// Sends a signal, such as `SIGTERM`.
    package func signal(_ signal: Int32) {
        kill(id, signal)
    }

    /// Runs the built `assay`, or another executable, to its end.
    ///
    /// - Parameters:
    ///   - environment: added to the test's own, without its `PG…`, `ASSAY_…` and `DATABASE_URL`.
    ///   - folder: the working folder.
    ///   - body: runs beside the program, to send signals; the program ends by itself or by one of them.
    package static func run(
        _ arguments: [String],
        executable: String = assay,
        environment: [String: String] = [:],
        in folder: String = "/",
        stdin: String = "",
        while body: (Program) async throws -> Void = { _ in }
    ) async throws -> Result {
        try await Turn.with {
            try await start(
                arguments,
                executable: executable,
                environment: environment,
                in: folder,
                stdin: stdin,
                while: body
            )
        }
    }

    private static func start(
        _ arguments: [String],
        executable: String,
        environment: [String: String],
        in folder: String,
        stdin: String,
        while body: (Program) async throws -> Void
    ) async throws -> Result {
        let result = try await TemporaryFolder.with { temporary in
            // From a file: a pipe's writer comes to harm when the program ends without reading it.
            let input = stdin.isEmpty ? "/dev/null" : try temporary.write(stdin, to: "stdin")
            // The shell is replaced by the program: the process id stays.
            let script = #"cd "$0" && input=$1 && shift && exec "$@" <"$input""#
            return try await Subprocess.run(
                .name("sh"),
                arguments: Arguments(["-c", script, folder, input, executable] + arguments),
                environment: merged(environment),
                input: .none,
                output: .bytes(limit: 1 << 26),
                error: .bytes(limit: 1 << 26)
            ) { execution in
                try await body(Program(id: execution.processIdentifier.value))
            }
        }
        let status: Int =
            switch result.terminationStatus {
            case .exited(let code): Int(code)
            case .signaled(let signal): 128 + Int(signal)
            }
        return Result(
            status: status,
            stdout: String(decoding: result.standardOutput, as: UTF8.self),
            stderr: String(decoding: result.standardError, as: UTF8.self)
        )
    }

    /// The built program in the folder of the running test bundle; `ASSAY_BINARY` names another one.
    package static var assay: String {
        if let path = ProcessInfo.processInfo.environment["ASSAY_BINARY"] { return path }
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(filePath: bundle).deletingLastPathComponent().appending(path: "assay").path
    }

    private static func merged(_ environment: [String: String]) -> Environment {
        let own = ProcessInfo.processInfo.environment.filter { key, _ in
            !key.hasPrefix("PG") && !key.hasPrefix("ASSAY_") && key != "DATABASE_URL"
        }
        let pairs = own.merging(environment) { $1 }.compactMap { key, value in
            Environment.Key(rawValue: key).map { ($0, value) }
        }
        return .custom(Dictionary(uniqueKeysWithValues: pairs))
    }
}
