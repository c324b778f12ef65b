import TestSupport
import Testing

/// Users whom only the second measuring of a repair meets.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct NewUserTests {
    private static let schema = """
        CREATE TABLE t (id int PRIMARY KEY, customer int, state text, partner int);
        CREATE TABLE customer (id int PRIMARY KEY, name text);
        INSERT INTO customer SELECT g, 'cust' || g FROM generate_series(1, 9) AS g;
        INSERT INTO t VALUES (1, 1, 'bad', 2), (2, 2, 'other', NULL)
        """

    @Test("users who are new after a fix have labels and figures")
    func labels() async throws {
        try await TemporaryFolder.with { folder in
            let bad = fixing("bad", find: "SELECT id, customer FROM t WHERE state = 'bad'")
                .replacing("kind: integrity", with: "kind: integrity\nuser: customer")
            let second = check(
                "second",
                "SELECT id, partner AS customer FROM t WHERE state = 'good'",
                user: "customer"
            )
            let figure = statistic("rows", "SELECT customer, count(*) AS n FROM t GROUP BY customer")
                .replacing("kind: statistic", with: "kind: statistic\nuser: customer")
            try folder.suite(["bad": bad, "second": second, "rows": figure])
            try folder.write(
                "id: suite\ntitle: T\nusers: { label: 'SELECT id, name FROM customer WHERE id = ANY(:users)' }\n",
                to: "suite/suite.yml"
            )
            try await withDatabase(loading: [Self.schema]) { conninfo in
                let name = try await psql("SELECT current_database()", at: conninfo)
                let fix = try await assay(
                    ["audit", "--fix", "--database", conninfo, "--expect", name, "--suite", "suite"],
                    in: folder
                )
                #expect(fix.status == 1, "\(fix.stdout)\(fix.stderr)")
                let run = try folder.record().id
                let users = try folder.read("output/runs/\(run)/users.csv")
                #expect(users.contains("1,cust1,bad,1,") && users.contains("2,cust2,second,0,"), "\(users)")
                let figures = try folder.read("output/runs/\(run)/figures/rows.csv")
                #expect(figures.contains("1,cust1,n,1,1") && figures.contains("2,cust2,n,,1"), "\(figures)")
            }
        }
    }
}
