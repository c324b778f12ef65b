import FoundationEssentials
package import Testing

/// Compares a text with the file `Snapshots/NAME` beside the test.
///
/// A missing file, or `RECORD_SNAPSHOTS=1` in the environment, writes the file and fails the test, so that nothing is
/// recorded unseen.
package func expectSnapshot(
    _ actual: String,
    named name: String,
    filePath: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let folder = URL(filePath: filePath).deletingLastPathComponent().appending(path: "Snapshots")
    let file = folder.appending(path: name)
    let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
    guard !isRecording, let data = try? Data(contentsOf: file) else {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(actual.utf8).write(to: file)
        Issue.record(
            "Recorded a new Snapshots/\(name): look at it, and run the test again",
            sourceLocation: sourceLocation
        )
        return
    }
    let expected = String(decoding: data, as: UTF8.self)
    if actual == expected { return }
    Issue.record(
        "\(difference(actual, expected)) in Snapshots/\(name); RECORD_SNAPSHOTS=1 records it anew",
        sourceLocation: sourceLocation
    )
}

/// The first line that differs, as the two texts have it.
private func difference(_ actual: String, _ expected: String) -> Comment {
    let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let expected = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let line = zip(actual, expected).prefix { $0 == $1 }.count
    func show(_ lines: [Substring]) -> String { line < lines.count ? "\"\(lines[line])\"" : "the end" }
    return "Line \(line + 1) is \(show(actual)) instead of \(show(expected))"
}
