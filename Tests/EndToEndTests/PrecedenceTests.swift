import EmbeddedPostgres
import TestSupport
import Testing

/// A setting comes from its flag, else from its variable, else from `assay.yml`, else it is the default.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct PrecedenceTests {
    private static let settings = check(
        "settings",
        """
        SELECT current_database() AS database, current_setting('statement_timeout') AS statement_timeout,
            current_setting('lock_timeout') AS lock_timeout,
            (SELECT count(*) FROM pg_stat_activity
             WHERE application_name = current_setting('application_name')) AS connections
        """,
        severity: "info"
    )

    private static func prepare(_ folder: TemporaryFolder) async throws {
        for name in ["flag", "variable", "file"] {
            // As many checks as there may be connections.
            var checks = Dictionary(
                uniqueKeysWithValues: (1...4).map { ("c\($0)", check("c\($0)", "SELECT 1 WHERE false")) }
            )
            checks["settings"] = settings
            try folder.suite(checks, to: "settings/\(name)-suite")
            try folder.write("id: \(name)\ntitle: T\n", to: "settings/\(name)-suite/suite.yml")
        }
        try folder.write(
            """
            suite: file-suite
            database: \(try await Broadcast.sound)
            expect: { database: end_to_end_sound }
            output: file-output
            limits: { jobs: 4, statement_timeout: 14s, lock_timeout: 1400ms }
            """,
            to: "settings/assay.yml"
        )
    }

    /// What a run measured with its settings.
    private struct Effect: Equatable {
        var suite, database, output, statementTimeout, lockTimeout: String
        var connections: Double
    }

    private static func effect(_ folder: TemporaryFolder, output: String) throws -> Effect {
        let record = try folder.record(in: output)
        let lines = try folder.read("\(output)/runs/\(record.id)/findings/settings.csv").split(separator: "\n")
        let values = lines.map { $0.split(separator: ",").map(String.init) }
        let texts = Dictionary(uniqueKeysWithValues: zip(values[0], values[1]))
        return Effect(
            suite: record.suite.name,
            database: texts["database"] ?? "",
            output: output,
            statementTimeout: texts["statement_timeout"] ?? "",
            lockTimeout: texts["lock_timeout"] ?? "",
            connections: texts["connections"].flatMap(Double.init) ?? 0
        )
    }

    @Test func `flag before variable before file before default`() async throws {
        let (sample, sound) = (try await Broadcast.sample, try await Broadcast.sound)
        try await TemporaryFolder.with { folder in
            try await Self.prepare(folder)
            let file = ["audit", "--config", "settings/assay.yml", "--no-site", "--quiet"]
            let flags = [
                "--suite", "settings/flag-suite", "--database", sample, "--expect", "end_to_end_sample", "--output",
                "flag-output", "--jobs", "1", "--statement-timeout", "12s", "--lock-timeout", "1200ms",
            ]
            let variables = [
                "ASSAY_SUITE": "settings/variable-suite", "ASSAY_DATABASE": sample,
                "ASSAY_EXPECT": "end_to_end_sample", "ASSAY_OUTPUT": "variable-output", "ASSAY_JOBS": "3",
                "ASSAY_STATEMENT_TIMEOUT": "13s", "ASSAY_LOCK_TIMEOUT": "1300ms", "DATABASE_URL": "host=/nonexistent",
            ]
            #expect(try await assay(file + flags, environment: variables, in: folder).status == 0)
            #expect(
                try Self.effect(folder, output: "flag-output")
                    == Effect(
                        suite: "flag",
                        database: "end_to_end_sample",
                        output: "flag-output",
                        statementTimeout: "12s",
                        lockTimeout: "1200ms",
                        connections: 1
                    )
            )
            #expect(try await assay(file, environment: variables, in: folder).status == 0)
            #expect(
                try Self.effect(folder, output: "variable-output")
                    == Effect(
                        suite: "variable",
                        database: "end_to_end_sample",
                        output: "variable-output",
                        statementTimeout: "13s",
                        lockTimeout: "1300ms",
                        connections: 3
                    )
            )
            // The paths in the file are relative to the file's folder. An empty variable is one that is not set.
            let empty = ["ASSAY_SUITE": "", "ASSAY_DATABASE": "", "DATABASE_URL": "", "ASSAY_JOBS": ""]
            #expect(try await assay(file, environment: empty, in: folder).status == 0)
            #expect(
                try Self.effect(folder, output: "settings/file-output")
                    == Effect(
                        suite: "file",
                        database: "end_to_end_sound",
                        output: "settings/file-output",
                        statementTimeout: "14s",
                        lockTimeout: "1400ms",
                        connections: 4
                    )
            )
            let bare = ["audit", "--suite", "settings/flag-suite", "--database", sound, "--no-site"]
            #expect(try await assay(bare, in: folder).status == 0)
            #expect(
                try Self.effect(folder, output: "output")
                    == Effect(
                        suite: "flag",
                        database: "end_to_end_sound",
                        output: "output",
                        statementTimeout: "1min",
                        lockTimeout: "5s",
                        connections: 2
                    )
            )
        }
    }

    @Test func `expect is refused wherever it comes from`() async throws {
        try await TemporaryFolder.with { folder in
            try await Self.prepare(folder)
            let file = ["audit", "--config", "settings/assay.yml", "--database", try await Broadcast.sample]
            #expect(try await assay(file, in: folder).status == 77)
            let variable = ["ASSAY_EXPECT": "end_to_end_sample"]
            #expect(try await assay(file, environment: variable, in: folder).status == 0)
            #expect(try await assay(file + ["--expect", "other"], environment: variable, in: folder).status == 77)
            let lint = try await assay(["lint"] + file.dropFirst(), in: folder)
            #expect(lint.status == 77 && lint.stderr.contains("'end_to_end_sound' is expected"))
        }
    }

    @Test func `libpq's own settings serve where nothing else does`() async throws {
        let host = try await TestCluster.socketDirectory
        try await TemporaryFolder.with { folder in
            try folder.suite(["settings": Self.settings])
            let audit = ["audit", "--suite", "suite", "--no-site", "--format", "json"]
            let login = ["PGHOST": host, "PGUSER": EmbeddedCluster.user]
            func database(_ environment: [String: String]) async throws -> String? {
                let result = try await assay(audit, environment: environment, in: folder)
                #expect(result.status == 0, "\(result.stderr)")
                return try RunRecord(json: result.stdout).database.name
            }
            _ = (try await Broadcast.sample, try await Broadcast.sound)
            #expect(
                try await database(login.merging(["PGDATABASE": "end_to_end_sample"]) { $1 }) == "end_to_end_sample"
            )
            try folder.write(
                "[shop]\nhost=\(host)\nuser=\(EmbeddedCluster.user)\ndbname=end_to_end_sound\n",
                to: "services"
            )
            let service = ["PGSERVICEFILE": folder.file("services"), "PGSERVICE": "shop"]
            #expect(try await database(service) == "end_to_end_sound")
            let url = ["DATABASE_URL": "postgresql://\(EmbeddedCluster.user)@/end_to_end_sample?host=\(host)"]
            #expect(try await database(service.merging(url) { $1 }) == "end_to_end_sample")
            try folder.write("database: service=shop\n", to: "assay.yml")
            #expect(try await database(service.filter { $0.key == "PGSERVICEFILE" }) == "end_to_end_sound")
        }
    }
}
