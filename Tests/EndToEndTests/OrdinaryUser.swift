import FoundationEssentials
import Glibc
import TestSupport

/// Runs the program as a user without rights: the one of the test, or `nobody` when that is root.
enum OrdinaryUser {
    static func assay(_ arguments: [String], in folder: TemporaryFolder) async throws -> Program.Result {
        guard geteuid() == 0 else { return try await EndToEndTests.assay(arguments, in: folder) }
        let copy = try await copy.value
        return try await Program.run(
            ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--", copy.program] + arguments,
            executable: "setpriv",
            environment: ["LD_LIBRARY_PATH": copy.libraries, "HOME": "/nonexistent"],
            in: folder.path
        )
    }

    /// Gives a folder to the user.
    static func own(_ folder: TemporaryFolder) async throws {
        guard geteuid() == 0 else { return }
        _ = try await Program.run(["nobody:nogroup", folder.path], executable: "chown")
    }

    /// The program and its Swift libraries where everybody can read them: a checkout in root's home is closed.
    private static let copy = Task {
        let folder = "/tmp/assay-everybody-\(getpid())"
        atexit {
            try? FileManager.default.removeItem(atPath: "/tmp/assay-everybody-\(getpid())")
        }
        let script = """
            install -d -m 755 "$0/lib"
            install -m 755 "$1" "$0/assay"
            ldd "$1" | awk '$3 ~ "^/" && $3 !~ "^/(usr/)?lib" { print $3 }' | xargs -r install -m 644 -t "$0/lib"
            """
        let result = try await Program.run(["-euc", script, folder, Program.assay], executable: "bash")
        guard result.status == 0 else { throw ToolFailure(text: result.stderr) }
        return (program: "\(folder)/assay", libraries: "\(folder)/lib")
    }
}
