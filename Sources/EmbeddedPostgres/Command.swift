internal import Subprocess

/// Runs a program to its end.
enum Command {
    struct Result: Sendable {
        var isSuccess: Bool
        /// Standard output and standard error.
        var output: String
    }

    /// Nothing of the caller's `PG…` variables and language may change what the programs do.
    static let environment = Environment.custom([
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8",
    ])

    /// - Parameter folder: the working folder, which the program's user must be able to enter.
    static func run(_ command: [String], in folder: String) async throws -> Result {
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(["--chdir=\(folder)"] + command),
            environment: environment,
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        return Result(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput)
    }
}
