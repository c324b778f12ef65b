import FoundationEssentials
import TestSupport

/// The shipped suite with the two databases that come with it, shared by all tests: an audit changes nothing.
enum Broadcast {
    static let folder = "\(projectRoot)/audits/broadcast"
    /// The flags that choose the suite as it comes with the program.
    static let suite = ["--suite", "shipped:broadcast"]
    /// The user of the first report.
    static let reporter = "7e1018e4-5644-4031-a05c-4166cc877264"

    /// A database with every kind of trouble in it.
    static var sample: String {
        get async throws { try await sampleDatabase.value }
    }

    /// A database in good order.
    static var sound: String {
        get async throws { try await soundDatabase.value }
    }

    /// The statements that make one of the two databases.
    static func statements(_ name: String) throws -> [String] {
        try ["schema", name].map { try text("sample/\($0).sql") }
    }

    /// What is planted in the sample, by check: the lines `-- expect: CHECK NUMBER` at the end of its file.
    static var planted: [String: Int] {
        get throws { try expectations().compactMapValues { Int($0) } }
    }

    /// The figures of the sample's statistics, by check and name.
    static var figures: [String: [String: Double]] {
        get throws {
            try expectations().filter { $0.value.contains("=") }.mapValues { text in
                let pairs = text.split(separator: " ").map { $0.split(separator: "=") }
                return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), Double($0[1]) ?? .nan) })
            }
        }
    }

    private static let sampleDatabase = Task { try await make("sample") }
    private static let soundDatabase = Task { try await make("sound") }

    private static func make(_ name: String) async throws -> String {
        try await psql("CREATE DATABASE end_to_end_\(name) TEMPLATE template0", at: TestCluster.conninfo())
        let conninfo = try await TestCluster.conninfo(database: "end_to_end_\(name)")
        try await TestDatabase.load(statements(name), into: conninfo)
        return conninfo
    }

    private static func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(folder)/\(name)")), as: UTF8.self)
    }

    private static func expectations() throws -> [String: String] {
        let mark = "-- expect: "
        let lines = try text("sample/sample.sql").split(separator: "\n").filter { $0.hasPrefix(mark) }
        return Dictionary(
            uniqueKeysWithValues: lines.map { line in
                let words = line.dropFirst(mark.count).split(separator: " ", maxSplits: 1)
                return (String(words[0]), String(words[1]))
            }
        )
    }
}
