import AuditModel
import SuiteFiles
import Testing

struct SuiteLoaderTests {
    private static let orphan = """
        ---
        id: channel-without-broadcast
        kind: orphan                    # a comment
        severity: warning
        user: client_id
        key: [open_channel_id, closed_channel_id]
        repairs: broadcast_manager
        fix_limits: { rows: 10000, share: 20% }
        guard:
          table: main_clients_database
          on: [insert, update]
          match: [open_channel_id, closed_channel_id]
        tags: [broadcast, nightly]
        parameters: { since: 2 days, states: [a, b], nothing: null }
        ---

        # Channels *without* a `broadcast` entry

        Prose, with   odd spacing.

        ```sql
        SELECT 'prose'
        ```

        ```sql scope
        SELECT count(*) FROM main_clients_database;
        ```

        ## How to mend it

          ```sql find

          SELECT m.client_id, m.open_channel_id, m.closed_channel_id -- ids
          FROM main_clients_database m
          WHERE age < :since AND state = ANY(:states) AND :nothing IS NULL; -- end
          ```

        ~~~ sql fix
        WITH v AS (SELECT * FROM violations)
        INSERT INTO public.broadcast_manager (client_id) SELECT client_id FROM v ON CONFLICT DO NOTHING
        ~~~

        The end.
        """

    @Test func aWholeCheck() throws {
        let files = [
            "suite.yml": "id: x\ntitle: X\ndescription: Looks after *x*.\nparameters: {since: 9, states: [c]}\n",
            "a.md": Self.orphan,
        ]
        let suite = try SuiteLoader.load(files: files, named: "audits/x")
        #expect(suite.title == "X")
        #expect(suite.description == "Looks after *x*.")
        #expect(suite.path == "audits/x")
        let check = try #require(suite.checks.first)
        let find = """
            SELECT m.client_id, m.open_channel_id, m.closed_channel_id -- ids
            FROM main_clients_database m
            WHERE age < :since AND state = ANY(:states) AND :nothing IS NULL -- end
            """
        let path = "audits/x/a.md"
        let expected = Check(
            id: "channel-without-broadcast",
            title: "Channels without a broadcast entry",
            severity: .warning,
            tags: ["broadcast", "nightly"],
            documentation: """
                Prose, with   odd spacing.

                ```sql
                SELECT 'prose'
                ```


                ## How to mend it



                The end.
                """,
            path: path,
            work: .violations(
                ViolationWork(
                    isOrphan: true,
                    find: Statement(find, at: .init(path: path, line: 33, column: 3)),
                    scope: Statement(
                        "SELECT count(*) FROM main_clients_database",
                        at: .init(path: path, line: 26, column: 1)
                    ),
                    key: ["open_channel_id", "closed_channel_id"],
                    repair: Repair(
                        fix: Statement(
                            """
                            WITH v AS (SELECT * FROM violations)
                            INSERT INTO public.broadcast_manager (client_id) SELECT client_id FROM v ON CONFLICT DO NOTHING
                            """,
                            at: .init(path: path, line: 39, column: 1)
                        ),
                        table: "broadcast_manager",
                        limits: RepairLimits(rows: 10000, share: 0.2),
                        limitsPlace: .init(path: path, line: 8, column: 1),
                        guardTrigger: GuardTrigger(
                            table: "main_clients_database",
                            events: [.insert, .update],
                            match: ["open_channel_id", "closed_channel_id"]
                        )
                    )
                )
            ),
            parameters: ["since": .text("2 days"), "states": .list(["a", "b"]), "nothing": .null],
            user: "client_id"
        )
        #expect(check == expected)
    }

    @Test func theConfigurationHasTheLastWord() throws {
        let suite = try SuiteLoader.load(
            files: ["suite.yml": SuiteText.suite, "a.md": Self.orphan],
            named: "s",
            overriding: ["since": .text("7"), "other": .text("x")]
        )
        #expect(suite.checks[0].parameters["since"] == .text("7"))
        #expect(suite.checks[0].parameters["other"] == nil)
    }

    @Test func statisticsAndProbes() throws {
        let statistic = """
            ---
            id: rate
            kind: statistic
            user: u
            limits:
              rate: { error: "< 0.80", warning: "<=.95" }
              total: { error: '>= 1e3' }
            ---
            # Rate
            ```sql measure
            SELECT u, rate, total FROM t WHERE u = ANY(:users)
            ```
            """
        let probe = """
            ---
            id: probe
            kind: probe
            ---
            # Probe
            ```sql setup
            INSERT INTO u VALUES (1); INSERT INTO v VALUES (1)
            ```
            ```sql act
            INSERT INTO t VALUES (1)
            ```
            ```sql expect
            SELECT count(*) = 1 AS "one entry" FROM t
            ```
            """
        let suite = try SuiteLoader.load(
            files: ["suite.yml": SuiteText.suite, "rate.md": statistic, "probe.md": probe],
            named: "s"
        )
        #expect(suite.checks.map(\.id) == ["probe", "rate"])
        guard case .statistic(let work) = suite.checks[1].work, case .probe(let acts) = suite.checks[0].work else {
            Issue.record("wrong kinds of work")
            return
        }
        #expect(
            work.limits == [
                "rate": FigureLimits(
                    error: .init(.less, 0.8, description: "< 0.80"),
                    warning: .init(.lessOrEqual, 0.95, description: "<=.95")
                ),
                "total": FigureLimits(error: .init(.greaterOrEqual, 1000, description: ">= 1e3")),
            ]
        )
        #expect(suite.checks[1].parameters.isEmpty)
        #expect(acts.setup?.text == "INSERT INTO u VALUES (1); INSERT INTO v VALUES (1)")
        #expect(acts.expect.text == "SELECT count(*) = 1 AS \"one entry\" FROM t")
    }

    @Test func orderAndLabels() throws {
        func check(_ id: String) -> String { SuiteText.check.replacing("id: a", with: "id: \(id)") }
        let suiteFile = """
            id: x
            title: X
            checks: [third, first]
            users:
              label: >
                SELECT user_id, username
                FROM registered_users
                WHERE user_id = ANY(:users);
            """
        let files = ["suite.yml": suiteFile, "1.md": check("first"), "2.md": check("second"), "3.md": check("third")]
        let suite = try SuiteLoader.load(files: files, named: "s")
        #expect(suite.checks.map(\.id) == ["third", "first", "second"])
        let label = "SELECT user_id, username FROM registered_users WHERE user_id = ANY(:users)"
        #expect(suite.userLabels == Statement(label, at: .init(path: "s/suite.yml", line: 6, column: 5)))
    }

    @Test func theDigestIsOfAllFilesAndNothingElse() throws {
        var files = ["suite.yml": SuiteText.suite, "a.md": SuiteText.check, "README.md": "x", "sub/b.md": "y"]
        let digest = try SuiteLoader.load(files: files, named: "s").digest
        #expect(digest.wholeMatch(of: /sha256:[0-9a-f]{64}/) != nil)
        files["README.md"] = nil
        files["sub/b.md"] = nil
        #expect(try SuiteLoader.load(files: files, named: "elsewhere").digest == digest)
        files["a.md"]? += "\n"
        #expect(try SuiteLoader.load(files: files, named: "s").digest != digest)
        let moved = ["suite.yml": SuiteText.suite, "b.md": SuiteText.check]
        #expect(try SuiteLoader.load(files: moved, named: "s").digest != digest)
    }

    @Test func adviceIsNoMistake() throws {
        let files = ["suite.yml": SuiteText.suite, "a.md": SuiteText.check("", sql: "SELECT nextval('s') AS n")]
        let reading = SuiteLoader.lint(files: files, named: "s")
        #expect(reading.suite != nil)
        #expect(reading.mistakes.map(\.kind) == [.warning])
        #expect(try SuiteLoader.load(files: files, named: "s").checks.count == 1)
    }

    @Test func errorsCarryEveryMistake() {
        let files = ["suite.yml": "id: x\n", "a.md": SuiteText.check("severity: eror")]
        let errors = #expect(throws: SuiteErrors.self) { try SuiteLoader.load(files: files, named: "s") }
        #expect(errors?.mistakes.map(\.path) == ["s/a.md", "s/suite.yml"])
    }
}
