import AuditEngine
import AuditModel
import Foundation
import Logging
import Postgres
import TestSupport
import Testing

/// Tables in miniature: each item should have a note of its owner.
private let schema = """
    CREATE TABLE item (id int PRIMARY KEY, owner text);
    CREATE TABLE note (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item int UNIQUE, owner text,
        text text NOT NULL DEFAULT 'new', length int GENERATED ALWAYS AS (length(text)) STORED);
    CREATE TABLE bystander (id int PRIMARY KEY, n int);
    INSERT INTO item SELECT g, 'owner-' || g % 3 FROM generate_series(1, 30) AS g;
    INSERT INTO note (item, owner) SELECT g, 'owner-' || g % 3 FROM generate_series(1, 20) AS g;
    INSERT INTO bystander VALUES (1, 1)
    """

/// Finds the items without a note; `fix` writes `note`.
private func missing(
    _ fix: String = "INSERT INTO note (item, owner) SELECT item, owner FROM violations ON CONFLICT (item) DO NOTHING",
    find: String = "SELECT id AS item, owner FROM item AS i WHERE NOT EXISTS (SELECT FROM note WHERE item = i.id)",
    limits: RepairLimits = RepairLimits(),
    scope: String? = nil,
    table: String = "note"
) -> Check {
    var check = check("missing", find, user: "owner")
    let place = Statement.Place(path: "missing.md", line: 20, column: 1)
    check.work = .violations(
        ViolationWork(
            find: Statement(find, at: .init(path: "missing.md", line: 10, column: 1)),
            scope: scope.map { Statement($0, at: place) },
            key: ["item"],
            repair: Repair(fix: Statement(fix, at: place), table: table, limits: limits)
        )
    )
    return check
}

private func repair(
    _ checks: [Check],
    at conninfo: String,
    repair change: (inout RepairSettings) -> Void = { _ in },
    settings: (inout AuditSettings) -> Void = { _ in }
) async throws -> Audited {
    let database = try await value("SELECT current_database()", at: conninfo)
    return try await audit(checks, at: conninfo) { audit in
        audit.expectedDatabase = database
        var repair = RepairSettings()
        change(&repair)
        audit.repair = repair
        settings(&audit)
    }
}

/// Everything in the test's own tables, as one text.
private func state(at conninfo: String) async throws -> String? {
    try await value(
        """
        SELECT concat((SELECT json_agg(n ORDER BY id) FROM note AS n), (SELECT json_agg(b) FROM bystander AS b),
            (SELECT json_agg(i ORDER BY id) FROM item AS i), to_regclass('assay.repairs'))
        """,
        at: conninfo
    )
}

struct RepairTests {
    @Test func violationsAreRepairedJournalledAndCountedAgain() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let follows = check("follows", "SELECT owner FROM item EXCEPT ALL SELECT owner FROM note", user: "owner")
            let audited = try await repair([missing(scope: "SELECT count(*) FROM item"), follows], at: conninfo)
            let result = try #require(audited.check("missing"))
            #expect(result.status == .repaired, "\(result.error ?? "")")
            #expect(result.before == 10 && result.repaired == 10 && result.after == 0 && result.scopeBefore == 30)
            #expect(result.usersBefore == 3 && result.usersAfter == 0)
            #expect(audited.check("follows")?.before == 10)
            #expect(audited.check("follows")?.after == 0, "measured again after the repair")
            #expect(audited.run.mode == .fix)
            #expect(audited.run.outcome == .clear)
            #expect(
                audited.run.totals
                    == Totals(before: 20, repaired: 10, gone: 10, new: 0, after: 0, usersBefore: 3, usersAfter: 0)
            )
            #expect(audited.repairs["missing"]?.split(separator: "\n").count == 11)
            #expect(audited.findings["missing"]?.split(separator: "\n").count == 1, "nothing is left")
            #expect(audited.ended["missing"]?.split(separator: "\n").count == 11)
            #expect(try await value("SELECT count(*) FROM note", at: conninfo) == "30")
            let journal = try await value(
                """
                SELECT string_agg(DISTINCT concat_ws(' ', run = '\(audited.run.id)', check_id, batch, table_name, operation,
                    key = jsonb_build_object('id', n.id), before, after = to_jsonb(n), user_id = n.owner, undone_by), '|')
                    || ' ' || count(*) FROM assay.repairs JOIN note AS n ON n.id = (key ->> 'id')::int
                """,
                at: conninfo
            )
            #expect(journal == "t missing 1 public.note insert t t t 10")
            #expect(try await value("SELECT finished_at > started_at FROM assay.runs", at: conninfo) == "t")
            let again = try await repair([missing()], at: conninfo)
            #expect(again.check("missing")?.status == .clear)
            #expect(try await value("SELECT count(*) FROM assay.repairs", at: conninfo) == "10")
        }
    }

    @Test func updatesKeepTheRowBefore() async throws {
        let find = "SELECT n.item, n.owner, n.text FROM note AS n WHERE text = 'new' AND owner = 'owner-1'"
        let fix = "UPDATE note AS x SET text = 'old ' || :word FROM violations AS v WHERE x.item = v.item"
        try await withDatabase(loading: [schema]) { conninfo in
            var check = missing(fix, find: find)
            check.parameters = ["word": .text("it's")]
            let audited = try await repair([check], at: conninfo)
            #expect(audited.check("missing")?.repaired == 7, "\(audited.check("missing")?.error ?? "")")
            let journal =
                "SELECT count(*) FROM assay.repairs WHERE operation = 'update' AND before ->> 'text' = 'new'"
                + " AND after ->> 'text' = 'old it''s' AND after ->> 'length' = '8' AND before ->> 'length' = '3'"
            #expect(try await value(journal, at: conninfo) == "7")
        }
    }

    @Test func deletesKeepTheRowBefore() async throws {
        let find = "SELECT item, owner FROM note WHERE item > 15"
        let fix =
            "WITH chosen AS (SELECT item FROM violations) DELETE FROM note USING chosen WHERE note.item = chosen.item"
        try await withDatabase(loading: [schema]) { conninfo in
            let audited = try await repair([missing(fix, find: find)], at: conninfo)
            #expect(audited.check("missing")?.repaired == 5, "\(audited.check("missing")?.error ?? "")")
            #expect(try await value("SELECT count(*) FROM note", at: conninfo) == "15")
            let journal =
                "SELECT count(*) FROM assay.repairs WHERE operation = 'delete' AND after IS NULL AND before ? 'text'"
            #expect(try await value(journal, at: conninfo) == "5")
        }
    }

    @Test func aRehearsalChangesNothing() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let before = try await state(at: conninfo)
            let audited = try await repair([missing()], at: conninfo, repair: { $0.isDryRun = true })
            #expect(audited.run.mode == .dryRun)
            #expect(audited.check("missing")?.repaired == 10)
            #expect(audited.check("missing")?.after == 0)
            #expect(try await state(at: conninfo) == before, "not even the journal is there")
        }
    }

    @Test func whatAFixLeavesStaysFailing() async throws {
        let fix = "INSERT INTO note (item, owner) SELECT item, owner FROM violations WHERE owner <> 'owner-0'"
        try await withDatabase(loading: [schema]) { conninfo in
            let audited = try await repair([missing(fix)], at: conninfo)
            let result = try #require(audited.check("missing"))
            #expect(result.status == .failing)
            #expect(result.before == 10 && result.repaired == 6 && result.after == 4)
            #expect(result.usersAfter == 1)
        }
    }

    @Test func rowsThatAreLeftAreCountedByTheirReason() async throws {
        let find = """
            SELECT id AS item, owner, CASE WHEN owner = 'owner-0' THEN 'no owner' END AS why FROM item AS i
            WHERE NOT EXISTS (SELECT FROM note WHERE item = i.id)
            """
        let fix = "INSERT INTO note (item, owner) SELECT item, owner FROM violations WHERE why IS NULL"
        try await withDatabase(loading: [schema]) { conninfo in
            var check = missing(fix, find: find)
            if case .violations(var work) = check.work {
                work.repair?.leftBecause = "why"
                check.work = .violations(work)
            }
            let audited = try await repair([check], at: conninfo)
            #expect(audited.check("missing")?.notes == ["6 repaired, 4 left: no owner"])
        }
    }

    @Test func aTableThatTriggersWriteCanBeNamed() async throws {
        let trigger = """
            CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN UPDATE bystander SET n = n + 1; RETURN NULL; END $$;
            CREATE TRIGGER t AFTER INSERT ON note FOR EACH ROW EXECUTE FUNCTION tell()
            """
        try await withDatabase(loading: [schema, trigger]) { conninfo in
            var check = missing()
            if case .violations(var work) = check.work {
                work.repair?.alsoWrites = ["bystander"]
                check.work = .violations(work)
            }
            let audited = try await repair([check], at: conninfo)
            #expect(audited.check("missing")?.repaired == 10, "\(audited.check("missing")?.error ?? "")")
        }
    }

    @Test func oneUserIsRepairedAlone() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let audited = try await repair([missing()], at: conninfo, settings: { $0.selection.user = "owner-1" })
            #expect(audited.check("missing")?.before == 3)
            #expect(audited.check("missing")?.repaired == 3, "\(audited.check("missing")?.error ?? "")")
            #expect(try await value("SELECT count(*) FROM note", at: conninfo) == "23")
        }
    }

    @Test(arguments: [1, 3, 5, 10, 100]) func batchesAddUp(batch: Int) async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let fix = "INSERT INTO note (item, owner) SELECT item, owner FROM violations WHERE item <> 25"
            let audited = try await repair([missing(fix)], at: conninfo, repair: { $0.batch = batch })
            let result = try #require(audited.check("missing"))
            #expect(result.before == 10 && result.repaired == 9 && result.after == 1, "\(result.error ?? "")")
            let users = audited.run.users
            let owner = try #require(users.index(of: "owner-1"))
            #expect(users.tally(check: 0, user: owner) == .init(before: 3, repaired: 2, after: 1))
            let largest = "SELECT max(n) FROM (SELECT count(*) AS n FROM assay.repairs GROUP BY batch) AS b"
            #expect(try await value(largest, at: conninfo).flatMap { Int($0) } == min(batch, 9))
        }
    }

    @Test func batchesSkipNothingWhereViolationsShareTheirKey() async throws {
        let shared = """
            CREATE TABLE part (id int PRIMARY KEY, grp int NOT NULL, ok bool NOT NULL, held bool NOT NULL);
            INSERT INTO part SELECT g, g % 3, false, g % 4 = 0 FROM generate_series(1, 40) AS g
            """
        let check = repairable(
            "parts",
            "SELECT grp, id AS part, held, NULL AS text FROM part WHERE NOT ok ORDER BY random()",
            key: ["grp"],
            fix: "UPDATE part SET ok = true FROM violations AS v WHERE part.id = v.part AND NOT v.held",
            repairs: "part"
        )
        try await withDatabase(loading: [shared]) { conninfo in
            let run = try await fix([check], at: conninfo) { $0.batch = 7 }
            #expect(run.checks[0].repaired == 30 && run.checks[0].after == 10, "\(run.checks[0].error ?? "")")
        }
    }

    @Test func partitionsAndTriggersOfTheTableAreNoHindrance() async throws {
        let partitioned = """
            CREATE TABLE item (id int PRIMARY KEY, owner text);
            INSERT INTO item SELECT g, 'o' FROM generate_series(1, 30) AS g;
            CREATE TABLE "Note" (item int PRIMARY KEY, owner text, touched timestamptz) PARTITION BY RANGE (item);
            CREATE TABLE note_a PARTITION OF "Note" FOR VALUES FROM (0) TO (15);
            CREATE TABLE note_b PARTITION OF "Note" FOR VALUES FROM (15) TO (100);
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.touched = now(); RETURN NEW; END $$;
            CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON "Note" FOR EACH ROW EXECUTE FUNCTION touch()
            """
        try await withDatabase(loading: [partitioned]) { conninfo in
            let find =
                #"SELECT id AS item, owner FROM item AS i WHERE NOT EXISTS (SELECT FROM "Note" WHERE item = i.id)"#
            let fix = #"INSERT INTO "Note" (item, owner) SELECT item, owner FROM violations"#
            let audited = try await repair([missing(fix, find: find, table: "Note")], at: conninfo)
            #expect(audited.check("missing")?.repaired == 30, "\(audited.check("missing")?.error ?? "")")
            let named =
                #"SELECT count(*) FROM assay.repairs WHERE table_name = 'public."Note"' AND after ->> 'touched' IS NOT NULL"#
            #expect(try await value(named, at: conninfo) == "30")
        }
    }
}

/// What a fix must not do is found and rolled back, with a report that names it.
struct LyingFixTests {
    private static let functions = """
        CREATE FUNCTION change_bystander() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN UPDATE bystander SET n = n + 1; RETURN NULL; END $$;
        CREATE FUNCTION change_neighbour() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN UPDATE note SET text = 'changed' WHERE item = 1; RETURN NULL; END $$;
        CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN DELETE FROM note WHERE id = NEW.id; RETURN NULL; END $$
        """

    @Test(
        arguments: [
            (
                "CREATE TRIGGER t AFTER INSERT ON note FOR EACH STATEMENT EXECUTE FUNCTION change_bystander()", nil,
                "it wrote another table than `repairs` names: public.bystander, 0 rows inserted, 1 updated, 0 deleted"
            ),
            (
                "CREATE TRIGGER t AFTER INSERT ON note FOR EACH STATEMENT EXECUTE FUNCTION change_neighbour()", nil,
                "it returned 10 rows, and the server counted 10 inserted, 1 updated, 0 deleted in public.note"
            ),
            (
                "CREATE TRIGGER t AFTER INSERT ON note FOR EACH ROW EXECUTE FUNCTION swallow()", nil,
                "it returned 10 rows, and the server counted 10 inserted, 0 updated, 10 deleted in public.note"
            ),
            (
                "",
                "INSERT INTO note (item, owner) SELECT item, owner FROM violations UNION ALL SELECT 1000, 'owner-1'",
                "it changed a row that was no violation, with the key {\"id\":"
            ),
            (
                "", "UPDATE note SET text = 'x' FROM violations AS v WHERE note.item = v.item - 10",
                "it changed a row that was no violation, with the key {\"id\":"
            ),
            (
                "", "DELETE FROM note USING violations AS v WHERE note.item = v.item - 10",
                "it changed a row that was no violation, with the key {\"id\":"
            ),
            (
                "ALTER TABLE note DROP CONSTRAINT note_item_key",
                "INSERT INTO note (item, owner) SELECT item, owner FROM violations UNION ALL SELECT item, owner FROM violations",
                "4 violations of user owner-0 were found and 8 rows repaired, which leaves -4, but 0 were counted afterwards"
            ),
        ] as [(String, String?, String)]
    )
    func isRolledBackAndNamed(setup: String, fix: String?, message: String) async throws {
        try await withDatabase(loading: [schema, Self.functions, setup]) { conninfo in
            let before = try await state(at: conninfo)
            let check = fix.map { missing($0) } ?? missing()
            let audited = try await repair([check], at: conninfo)
            let result = try #require(audited.check("missing"))
            #expect(result.status == .rolledBack)
            #expect(result.error?.contains("the fix was rolled back: \(message)") == true, "\(result.error ?? "")")
            #expect(result.before == 10 && result.repaired == 0 && result.after == 10)
            #expect(audited.repairs.isEmpty)
            #expect(audited.run.outcome == .notRepaired)
            let after = try await state(at: conninfo)
            #expect(after == before.map { $0 + "assay.repairs" })
            #expect(try await value("SELECT count(*) FROM assay.repairs", at: conninfo) == "0")
        }
    }

    @Test func aFixThatRepairsFewerThanItSaysIsRolledBack() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            // Each violation is "repaired", and still found.
            let find = "SELECT n.item, n.owner FROM note AS n WHERE item > 15"
            let fix = "UPDATE note SET text = 'mended' FROM violations AS v WHERE note.item = v.item"
            let audited = try await repair([missing(fix, find: find)], at: conninfo)
            let error = try #require(audited.check("missing")?.error)
            #expect(error.contains("repaired, which leaves 0, but"), "\(error)")
            #expect(try await value("SELECT count(*) FROM note WHERE text = 'mended'", at: conninfo) == "0")
        }
    }

    @Test(arguments: [
        ("INSERT INTO note (item) SELECT item FROM violations RETURNING id", "the fix has a RETURNING clause"),
        (
            "INSERT INTO note (item) SELECT item FROM violations ON CONFLICT (item) DO UPDATE SET text = 'x'",
            "ON CONFLICT DO UPDATE changes rows that were no violations"
        ),
        ("INSERT INTO note (item) SELECT nothing FROM violations", "column \"nothing\" does not exist"),
        ("INSERT INTO note (item, text) SELECT item, NULL FROM violations", "violates not-null constraint"),
    ])
    func aFixThatCannotBeIsAnError(fix: String, message: String) async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let audited = try await repair([missing(fix)], at: conninfo)
            #expect(
                audited.check("missing")?.error?.contains(message) == true,
                "\(audited.check("missing")?.error ?? "")"
            )
        }
    }

    @Test(arguments: [
        (RepairLimits(rows: 9), "10 violations are more than the 9 that `fix_limits: rows` allows"),
        (RepairLimits(share: 0.2), "10 of 30 rows (33.3 %) are violations, more than the 20.0 %"),
    ])
    func moreThanTheLimitIsNotRepaired(limits: RepairLimits, message: String) async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let audited = try await repair([missing(limits: limits, scope: "SELECT count(*) FROM item")], at: conninfo)
            #expect(
                audited.check("missing")?.error?.contains(message) == true,
                "\(audited.check("missing")?.error ?? "")"
            )
            #expect(try await value("SELECT count(*) FROM note", at: conninfo) == "20")
        }
    }

    @Test func aTableWithoutAKeyIsNotRepaired() async throws {
        try await withDatabase(loading: [schema, "ALTER TABLE note DROP CONSTRAINT note_pkey"]) { conninfo in
            let audited = try await repair([missing()], at: conninfo)
            #expect(audited.check("missing")?.error?.contains("neither a primary key nor a unique one") == true)
        }
    }
}

/// Where a run must not write.
struct WriteGuardTests {
    @Test func aRunThatWritesMustBeToldItsDatabase() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let error = await #expect(throws: AuditError.self) {
                try await audit([missing()], at: conninfo) { $0.repair = RepairSettings() }
            }
            #expect(error?.description.contains("--expect NAME") == true)
        }
    }

    @Test func anotherClusterIsPointedOut() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let error = await #expect(throws: AuditError.self) {
                try await repair([missing()], at: conninfo, repair: { $0.expectedCluster = "1" })
            }
            #expect(error?.description.contains("the last run's or that of --expect-cluster: 1,") == true)
            let notes = try await value("SELECT count(*) FROM note", at: conninfo)
            #expect(notes == "20")
        }
    }

    @Test("B2: a socket's folder may have two names")
    func aLinkLeadsToTheSameServer() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            try await TemporaryFolder.with { folder in
                let link = folder.file("socket")
                try await FileManager.default.createSymbolicLink(
                    atPath: link,
                    withDestinationPath: TestCluster.socketDirectory
                )
                let port = try await value("SHOW port", at: conninfo) ?? ""
                let known = KnownDatabase(address: "\(link):\(port)")
                let audited = try await repair([missing()], at: conninfo, settings: { $0.known = known })
                #expect(audited.check("missing")?.repaired == 10)
            }
        }
    }

    @Test func theSecondOfTwoRunsEndsAtOnceAndSaysWhoIsAtWork() async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let holder = try await Session.open(
                ConnectionSettings(conninfo: conninfo, applicationName: "assay/first"),
                logger: Logger(label: "tests") { _ in CollectedLog() }
            )
            try await holder.withConnection { try $0.execute("SELECT pg_advisory_lock(\(0x61_7373_6179))") }
            let error = await #expect(throws: AuditError.self) { try await repair([missing()], at: conninfo) }
            guard case .locked(let who) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(who.hasPrefix("assay/first (pid "))
            await holder.close()
        }
    }
}
