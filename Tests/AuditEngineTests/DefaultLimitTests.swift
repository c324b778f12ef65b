import AuditEngine
import AuditModel
import TestSupport
import Testing

/// What a fix without `fix_limits` may repair.
@Suite(.timeLimit(.minutes(20)))
struct DefaultLimitTests {
    /// A check of the rows that are not right, in a table of one's own making.
    private static func bad(_ limits: RepairLimits = .default, only: String = "", user: String? = nil) -> Check {
        var check = repairable(
            "bad",
            "SELECT id\(user.map { ", \($0)" } ?? "") FROM \(only)t WHERE NOT ok",
            key: ["id"],
            user: user,
            fix: "UPDATE \(only)t SET ok = true FROM violations AS v WHERE t.id = v.id",
            repairs: "t"
        )
        if case .violations(var work) = check.work {
            work.repair?.limits = limits
            check.work = .violations(work)
        }
        return check
    }

    /// Thirty wrong rows of a hundred, in three shapes.
    private static let plain = """
        CREATE TABLE t (id int PRIMARY KEY, ok bool NOT NULL, owner text);
        INSERT INTO t SELECT g, g > 30, CASE WHEN g <= 25 THEN 'ann' ELSE 'bob' END FROM generate_series(1, 100) AS g
        """
    private static let partitioned = """
        CREATE TABLE t (id int PRIMARY KEY, ok bool NOT NULL, owner text) PARTITION BY RANGE (id);
        CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (1) TO (51);
        CREATE TABLE t2 PARTITION OF t FOR VALUES FROM (51) TO (1000);
        INSERT INTO t SELECT g, g > 30, 'ann' FROM generate_series(1, 100) AS g
        """

    private func expectRefused(
        _ check: Check,
        after schema: String,
        _ reason: String?,
        repaired: Int = 30,
        repair change: (inout RepairSettings) -> Void = { _ in },
        settings: (inout AuditSettings) -> Void = { _ in }
    ) async throws {
        try await withDatabase(loading: [schema]) { conninfo in
            let database = try await value("SELECT current_database()", at: conninfo)
            let audited = try await audit([check], at: conninfo) { audit in
                audit.expectedDatabase = database
                var repair = RepairSettings()
                change(&repair)
                audit.repair = repair
                settings(&audit)
            }
            let result = audited.run.checks[0]
            #expect(result.repaired == (reason == nil ? repaired : 0), "\(result.error ?? "")")
            guard let reason else { return }
            #expect(result.status == .refused && result.before == 30 && result.after == 30)
            let words = "bad.md:20:1: nothing was repaired: \(reason), more than the"
            #expect(result.error?.hasPrefix(words) == true, "\(result.error ?? "")")
            #expect(audited.repairs.isEmpty)
        }
    }

    @Test("A5: the rows of all partitions count, in one figure")
    func partitions() async throws {
        let reason = "30 violations are 30.0 % of the 100 rows of public.t"
        try await expectRefused(Self.bad(), after: Self.partitioned, reason)
        let larger = Self.partitioned.replacing("series(1, 100)", with: "series(1, 300)")
        try await expectRefused(Self.bad(), after: larger, nil)
    }

    @Test("A5: with ONLY the rows of tables that inherit do not count")
    func only() async throws {
        let heir = Self.plain + "; CREATE TABLE heir () INHERITS (t);"
        let rows = "INSERT INTO heir SELECT g, true, 'x' FROM generate_series(101, 900) AS g"
        let reason = "30 violations are 30.0 % of the 100 rows of public.t"
        try await expectRefused(Self.bad(only: "ONLY "), after: heir + rows, reason)
    }

    @Test("A5: the limit is for the whole repair, not for a batch")
    func batches() async throws {
        let reason = "30 violations are 30.0 % of the 100 rows of public.t"
        try await expectRefused(Self.bad(), after: Self.plain, reason) { $0.batch = 5 }
        try await expectRefused(Self.bad(.none), after: Self.plain, nil) { $0.batch = 5 }
        let larger = Self.plain.replacing("series(1, 100)", with: "series(1, 300)")
        try await expectRefused(Self.bad(), after: larger, nil) { $0.batch = 5 }
    }

    @Test("A5: a dry run refuses what the fix would refuse")
    func dryRun() async throws {
        let reason = "30 violations are 30.0 % of the 100 rows of public.t"
        try await expectRefused(Self.bad(), after: Self.plain, reason) { $0.isDryRun = true }
    }

    @Test("A5: of one user's rows only the number counts, since the table's rows are everybody's")
    func oneUser() async throws {
        try await expectRefused(Self.bad(user: "owner"), after: Self.plain, nil, repaired: 25) { _ in
        } settings: {
            $0.selection.user = "ann"
        }
        let many = Self.plain.replacing("g > 30", with: "false").replacing("series(1, 100)", with: "series(1, 10002)")
            .replacing("g <= 25", with: "g <> 5")
        try await withDatabase(loading: [many]) { conninfo in
            let database = try await value("SELECT current_database()", at: conninfo)
            let audited = try await audit([Self.bad(user: "owner")], at: conninfo) { audit in
                audit.expectedDatabase = database
                audit.repair = RepairSettings()
                audit.selection.user = "ann"
            }
            let reason = "10,001 violations are more than the 10,000 that a fix without `fix_limits` may repair"
            #expect(audited.run.checks[0].error?.contains(reason) == true, "\(audited.run.checks[0].error ?? "")")
        }
    }
}
