import TestSupport

/// Runs the built program to its end.
func assay(
    _ arguments: [String],
    environment: [String: String] = [:],
    in folder: TemporaryFolder,
    while body: (Program) async throws -> Void = { _ in }
) async throws -> Program.Result {
    try await Program.run(arguments, environment: environment, in: folder.path, while: body)
}

/// What one query returns, as psql prints it without decoration.
@discardableResult
func psql(_ sql: String, at conninfo: String) async throws -> String {
    let result = try await Program.run(
        ["--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-Atq", "-d", conninfo, "-c", sql],
        executable: "psql"
    )
    guard result.status == 0 else { throw ToolFailure(text: result.stderr) }
    return result.stdout.hasSuffix("\n") ? String(result.stdout.dropLast()) : result.stdout
}

/// A program that a test needs did not do its work.
struct ToolFailure: Error {
    var text: String
}

/// Waits until `condition` holds; the test's time limit ends a wait in vain.
func eventually(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }
}
