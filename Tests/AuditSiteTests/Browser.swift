import FoundationEssentials
import TestSupport
import Testing

/// A real browser.
enum Browser {
    static let isInstalled = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/chromium")
    }

    /// The page's tree after it was loaded and its script has run, as HTML again.
    static func tree(of html: String) async throws -> String {
        try await TemporaryFolder.with { folder in
            let page = try folder.write(html, to: "page.html")
            let result = try await Program.run(
                [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                    "--user-data-dir=\(folder.file("profile"))", "--dump-dom", "file://\(page)",
                ],
                executable: "chromium",
                environment: ["HOME": folder.path]
            )
            try #require(result.status == 0, "chromium ended with \(result.status): \(result.stderr)")
            return result.stdout
        }
    }

    /// The elements of a tree in their order, each with the names of its attributes: what no data may change.
    ///
    /// - Parameter tree: as the browser writes it, so that `<` and `>` stand for markup only.
    static func elements(_ tree: String) -> [String] {
        var elements: [String] = []
        var rest = tree[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[start...].dropFirst()
            guard let end = rest.firstIndex(of: ">") else { break }
            // Attributes' values go, their quotes too.
            let parts = rest[..<end].split(separator: "\"", omittingEmptySubsequences: false)
            elements.append(stride(from: 0, to: parts.count, by: 2).map { String(parts[$0]) }.joined())
            rest = rest[end...]
        }
        return elements
    }
}
