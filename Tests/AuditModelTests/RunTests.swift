import AuditModel
import Foundation
import Testing

struct RunTests {
    private static let place = Statement.Place(path: "x.md", line: 1, column: 1)

    private func check(_ id: String, _ status: Status, _ count: Int? = nil) -> CheckResult {
        let find = Statement("SELECT 1", at: Self.place)
        let check = Check(id: id, title: id, path: "x.md", work: .violations(ViolationWork(find: find)))
        var result = CheckResult(check: check, work: ViolationWork(find: find))
        result.status = status
        result.before = count
        result.after = count
        return result
    }

    private func run(_ checks: [CheckResult], mode: Run.Mode = .audit) -> Run {
        var users = UserTallies(checks: checks.map(\.id))
        for (index, check) in checks.enumerated() where (check.before ?? 0) > 0 {
            users.add("u", check: index, phase: .before, times: check.before ?? 0)
        }
        users.copyBeforeToAfter()
        return Run(
            id: RunID(startedAt: Timestamp(milliseconds: 0), random: 1),
            mode: mode,
            suite: SuiteSummary(name: "s", title: "S", digest: "sha256:" + String(repeating: "0", count: 64)),
            database: DatabaseIdentity(
                name: "d",
                host: nil,
                port: nil,
                user: "u",
                serverVersion: "15.18",
                systemIdentifier: nil
            ),
            snapshots: Snapshots(before: SnapshotIdentity(takenAt: Timestamp(milliseconds: 0), lsn: nil)),
            startedAt: Timestamp(milliseconds: 0),
            finishedAt: Timestamp(milliseconds: 4200),
            checks: checks,
            statistics: [],
            coverage: Coverage(measured: checks.count, notMeasured: []),
            users: users
        )
    }

    @Test func outcomeIsTheWorstOfItsChecks() {
        #expect(run([check("a", .clear, 0), check("b", .repaired, 0)]).outcome == .clear)
        #expect(run([check("a", .clear, 0), check("b", .info, 1)]).outcome == .violations)
        #expect(run([check("a", .failing, 3), check("b", .error)]).outcome == .incomplete)
        #expect(run([check("a", .clear, 0), check("b", .skipped)]).outcome == .clear)
    }

    @Test func totalsAddUp() {
        let totals = run([check("a", .failing, 3), check("b", .warning, 4), check("c", .error)]).totals
        #expect(totals == Totals(before: 7, repaired: nil, after: 7, usersBefore: 1, usersAfter: 1))
    }

    @Test func codedFormHoldsEveryKeyAndIsReadBack() throws {
        let original = run([check("a", .failing, 3), check("b", .error)])
        let data = try JSONEncoder().encode(original)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let database = try #require(object["database"] as? [String: Any])
        #expect(database["host"] is NSNull)
        let checks = try #require(object["checks"] as? [[String: Any]])
        #expect(checks[1]["before"] is NSNull)
        #expect(checks[0].keys.count == 27)
        var read = try JSONDecoder().decode(Run.self, from: data)
        read.users = original.users
        #expect(read == original)
    }

    @Test func aRecordOfAnotherFormatIsRefused() throws {
        let data = try JSONEncoder().encode(run([]))
        let text = String(decoding: data, as: UTF8.self).replacing("\"format\":2", with: "\"format\":3")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Run.self, from: Data(text.utf8)) }
    }
}
