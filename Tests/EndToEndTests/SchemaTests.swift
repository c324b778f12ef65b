import TestSupport
import Testing

/// Other programs rely on `docs/run.schema.json`; a validator that is not ours reads it.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct SchemaTests {
    private static let script = """
        import json, sys
        from jsonschema import Draft202012Validator, FormatChecker
        schema = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        errors = [e for e in validator.iter_errors(json.load(open(sys.argv[2])))]
        for e in errors:
            print(e.json_path, e.message[:200])
        sys.exit(1 if errors else 0)
        """

    func mistakes(in json: String) async throws -> String {
        let result = try await Program.run(
            ["-W", "ignore", "-c", Self.script, "\(projectRoot)/docs/run.schema.json", json],
            executable: "/usr/bin/python3"
        )
        return result.status == 0 ? "" : result.stdout + result.stderr
    }

    @Test(arguments: ["sample", "sound", "one user", "incomplete"])
    func `a run record keeps to it`(kind: String) async throws {
        try await TemporaryFolder.with { folder in
            try folder.suite([
                "works": check("works", "SELECT 'ann' AS u, NULL AS nothing", user: "u"),
                "fails": check("fails", "SELECT * FROM nowhere"),
                "measures": statistic("measures", "SELECT 1 AS whole, 0.5 AS part, 'text' AS word, NULL AS nothing"),
                "fails-too": statistic("fails-too", "SELECT 1 / 0 AS x"),
            ])
            let (arguments, status, outcome) =
                switch kind {
                case "sound": (["--database", try await Broadcast.sound], 0, "clear")
                case "one user":
                    (["--database", try await Broadcast.sample, "--user", Broadcast.reporter], 1, "violations")
                case "incomplete": (["--database", try await Broadcast.sound, "--suite", "suite"], 2, "incomplete")
                default: (["--database", try await Broadcast.sample], 1, "violations")
                }
            let suite = kind == "incomplete" ? [] : Broadcast.suite
            #expect(try await assay(["audit", "--quiet"] + suite + arguments, in: folder).status == status)
            let record = try folder.record()
            #expect(record.outcome == outcome)
            #expect(try await mistakes(in: folder.file("output/runs/\(record.id)/run.json")) == "")
        }
    }

    @Test func `the validator does refuse what is wrong`() async throws {
        try await TemporaryFolder.with { folder in
            try folder.write(#"{"format": 1}"#, to: "run.json")
            #expect(try await mistakes(in: folder.file("run.json")).contains("$.format"))
        }
    }
}
