import TestSupport
import Testing

/// A database as Prisma, TypeORM and Sequelize make them, with which catalog slips are tried.
private enum QuotedNames {
    static let database = Task {
        try await psql("CREATE DATABASE first_hour TEMPLATE template0", at: TestCluster.conninfo())
        let conninfo = try await TestCluster.conninfo(database: "first_hour")
        try await TestDatabase.load([schema], into: conninfo)
        return conninfo
    }

    private static let schema = """
        CREATE TYPE "OrderStatus" AS ENUM ('PENDING', 'PAID');
        CREATE TABLE "User" (id serial PRIMARY KEY, email text, "createdAt" timestamptz);
        CREATE TABLE "Order" (id serial PRIMARY KEY, status "OrderStatus", "userId" int, total int, qty int);
        INSERT INTO "Order" (status, "userId", total, qty) VALUES ('PAID', 1, 5, 0);
        CREATE TABLE "_OrderToProduct" ("A" int, "B" int);
        CREATE TABLE user_profile_entity (id serial PRIMARY KEY, "userId" int);
        CREATE SCHEMA core;
        CREATE TABLE core."Tenant" (id uuid PRIMARY KEY, name text);
        CREATE SCHEMA billing;
        CREATE TABLE billing.payments (id int PRIMARY KEY, note text);
        CREATE FUNCTION billing.net(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
        """
}

/// Slips that the server finds, and names that its catalog knows better.
@Suite(.timeLimit(.minutes(20)))
struct CatalogSlipTests {
    static let names: [Slip] = [
        .query(
            "a schema's table without quotes",
            "SELECT id FROM core.Tenant",
            says: "10:16",
            #"There is core."Tenant": write it so"#
        ),
        .query("its schema left out", "SELECT id FROM Tenant", says: "10:16", #"There is core."Tenant": write it so"#),
        .query("its case in quotes", #"SELECT id FROM core."tenant""#, says: #"There is core."Tenant": write it so"#),
        .query("another schema", "SELECT id FROM public.payments", says: "There is billing.payments: write it so"),
        .query("a letter too few", "SELECT id FROM billing.paymets", says: "Did you mean billing.payments?"),
        .query(
            "a joining table",
            #"SELECT "A" FROM _OrderToProduct"#,
            says: #"There is "_OrderToProduct": write it so"#
        ),
        .query("an entity's name", "SELECT id FROM UserProfileEntity", says: "Did you mean user_profile_entity?"),
        .query(
            "FROM user",
            "SELECT id FROM User",
            says: "10:8",
            "reads the name of the connected role",
            #"There is "User": write it so"#
        ),
        .query(
            "a column without quotes",
            #"SELECT id FROM "User" WHERE createdAt < now()"#,
            says: "10:29",
            #"There is a column "createdAt": write it so"#
        ),
        .query(
            "a column in another style",
            #"SELECT id FROM "User" WHERE created_at < now()"#,
            says: #"Did you mean "createdAt"?"#
        ),
        .query(
            "a letter as a column",
            #"SELECT A FROM "_OrderToProduct""#,
            says: #"There is a column "A": write it so"#
        ),
        .query(
            "a text in double quotes",
            #"SELECT id FROM "User" WHERE email = "none""#,
            says: "10:37",
            "a text stands in single ones: 'none'"
        ),
        .query("a name of WITH", "WITH bad AS (SELECT 1 AS id) SELECT id FROM badd", says: "Did you mean bad?"),
        .query(
            "another alias",
            #"SELECT o.id FROM "Order" AS o WHERE ord.total = 1"#,
            says: "10:37",
            "The query reads o"
        ),
        .query("a function", #"SELECT lenght(email) AS x FROM "User""#, says: "10:8", "Did you mean length?"),
        .query(
            "MySQL's function",
            #"SELECT ifnull(email, '') AS x FROM "User""#,
            says: "PostgreSQL has coalesce(a, b) in its place"
        ),
        .query(
            "a function's schema left out",
            #"SELECT net(total) AS x FROM "Order""#,
            says: "There is billing.net: write it so"
        ),
        .query(
            "a type without quotes",
            #"SELECT id FROM "Order" WHERE status = 'PAID'::OrderStatus"#,
            says: "10:47",
            #"There is a type "OrderStatus": write it so"#
        ),
        .query(
            "another database's type",
            #"SELECT email::datetime AS x FROM "User""#,
            says: "PostgreSQL's type is timestamp"
        ),
        .query(
            "a value of an enumeration",
            #"SELECT id FROM "Order" WHERE status = 'paid'"#,
            says: "10:39",
            "There is 'PAID': write it so"
        ),
        .query(
            "a missing comma",
            #"SELECT id, status total qty FROM "Order""#,
            says: "10:25",
            "Is a comma or an operator missing before it?"
        ),
        .check(
            "a short form's table",
            "expect: not_null\ntable: core.tenant\ncolumns: name\n",
            "",
            says: "suite/a.md:5:13",
            #"There is core."Tenant""#,
            "1 mistake"
        ),
        .check(
            "a short form's column",
            "expect: not_null\ntable: User\ncolumns: createdat\n",
            "",
            says: "suite/a.md:6:10",
            #"There is a column "createdAt""#
        ),
        .check(
            "a short form's user",
            "expect: not_null\ntable: Order\ncolumns: total\nuser: user_id\n",
            "",
            says: "suite/a.md:7:7",
            #"Did you mean "userId"?"#
        ),
    ]

    @Test("D: the catalog knows the name", arguments: names)
    func tellsOfNames(slip: Slip) async throws { try await slip.verify(database: QuotedNames.database.value) }

    static let repairs: [Slip] = [
        .fix(
            "without its schema",
            "repairs: Tenant\n",
            #"SELECT id FROM core."Tenant""#,
            #"DELETE FROM core."Tenant" AS t USING violations AS v WHERE t.id = v.id"#,
            says: "5:10",
            "There is core.Tenant: write it so"
        ),
        .fix(
            "in small letters",
            "repairs: core.tenant\n",
            #"SELECT id FROM core."Tenant""#,
            "DELETE FROM core.tenant AS t USING violations AS v WHERE t.id = v.id",
            says: "5:10",
            "There is core.Tenant: write it so"
        ),
        .fix(
            "also_writes",
            "repairs: Order\nalso_writes: [paymets]\n",
            #"SELECT id FROM "Order""#,
            #"DELETE FROM "Order" AS t USING violations AS v WHERE t.id = v.id"#,
            says: "6:14",
            "Did you mean billing.payments?"
        ),
        .fix(
            "a column",
            "repairs: Order\n",
            #"SELECT id FROM "Order""#,
            #"UPDATE "Order" AS t SET totl = 1 FROM violations AS v WHERE t.id = v.id"#,
            says: "16:25",
            "Did you mean total?"
        ),
        .check(
            "a scope of text",
            "",
            "```sql find\nSELECT 1 AS x\n```\n\n```sql scope\nSELECT count(*)::text FROM \"Order\"\n```\n",
            says: "15:1",
            "one whole number",
            "of the type text"
        ),
    ]

    @Test("D: what a repair names", arguments: repairs)
    func tellsOfRepairs(slip: Slip) async throws { try await slip.verify(database: QuotedNames.database.value) }

    @Test("D: labels of another type than the users are known at lint")
    func labels() async throws {
        let label = #"users: { label: 'SELECT id, name FROM core."Tenant" WHERE id = ANY(:users)' }"#
        var slip = Slip.query(
            "labels",
            "user: userId\n",
            #"SELECT "userId" FROM "Order""#,
            says: "suite.yml:3:18",
            "cast both to text"
        )
        .with(suite: "id: s\ntitle: S\n\(label)\n")
        slip.status = 0
        try await slip.verify(database: QuotedNames.database.value)
    }

    static let parameters: [Slip] = [
        .query(
            "an interval",
            "parameters: { p: 3 days }\n",
            #"SELECT id FROM "User" WHERE "createdAt" < now() - :p"#,
            says: "11:",
            "write :p::interval"
        ),
        .query(
            "a list of no type",
            "parameters: { p: [b] }\n",
            #"SELECT id FROM "User" WHERE email IN (SELECT unnest(:p))"#,
            says: "11:",
            "write :p::text[]"
        ),
        .query(
            "no type at all",
            "parameters: { p: 3 }\n",
            "SELECT 1 AS x WHERE :p IS NULL",
            says: "11:21",
            "Say of which type the parameter is: write :p::interval"
        ),
        .query(
            "a value of another type",
            "parameters: { p: b }\n",
            #"SELECT id FROM "Order" WHERE total > :p"#,
            says: "11:38",
            "none of the type integer"
        ),
        .query(
            "values of another type",
            "parameters: { p: [b] }\n",
            #"SELECT id FROM "Order" WHERE total = ANY(:p)"#,
            says: "11:42",
            "a value of ':p' is none of the type integer"
        ),
    ]

    @Test("D: a parameter without a cast", arguments: parameters)
    func tellsOfParameters(slip: Slip) async throws { try await slip.verify(database: QuotedNames.database.value) }

    static let lists: [Slip] = [
        "email = :p", "email <> :p", "lower(email) = :p", "coalesce(email, :p) = 'a'", "email IN (VALUES (:p))",
        "(email, 1) IN ((:p, 1))", "email ~ :p",
    ].map { condition in
        Slip.query(
            condition,
            "parameters: { p: [b, c] }\n",
            "SELECT id FROM \"User\" WHERE \(condition)",
            says: "suite/a.md:11:",
            "':p' is a list, and one value of the type text stands here: write = ANY(:p)"
        )
    }

    @Test("A3: a list where the server takes one value", arguments: lists)
    func tellsOfLists(slip: Slip) async throws {
        let database = try await QuotedNames.database.value
        try await slip.verify(database: database)
        try await slip.audited().verify(database: database)
    }

    static let data: [Slip] = [
        .query(
            "one division",
            #"SELECT id FROM "Order" WHERE total / qty > 3"#,
            says: "suite/a.md:10:36",
            "division by zero",
            "x / nullif(y, 0)"
        ),
        .query(
            "a remainder",
            #"SELECT id FROM "Order" WHERE mod(total, qty) = 1"#,
            says: "suite/a.md:10:30",
            "x / nullif(y, 0)"
        ),
        .query(
            "several divisions",
            #"SELECT 1 / total AS x FROM "Order" WHERE total / qty > 3"#,
            says: "divides for the first time"
        ),
        .query(
            "a cast",
            #"SELECT id FROM "User" AS u WHERE (SELECT 'x' || id FROM "Order")::int > 3"#,
            says: "invalid input syntax"
        ),
        .query(
            "a logarithm",
            #"SELECT id FROM "Order" WHERE ln(qty) > 0"#,
            says: "suite/a.md:10:1",
            "A value in the data is the cause"
        ),
        .query(
            "a subquery of several rows",
            "SELECT (VALUES (1), (2)) AS x",
            says: "suite/a.md:10:1",
            "more than one row"
        ),
        .check(
            "a scope that divides",
            "",
            "```sql find\nSELECT 1 AS x\n```\n\n```sql scope\nSELECT count(*) / 0 FROM \"Order\"\n```\n",
            says: "suite/a.md:15:17",
            "x / nullif(y, 0)"
        ),
        .check(
            "a scope of several rows",
            "",
            "```sql find\nSELECT 1 AS x\n```\n\n```sql scope\nVALUES (1::bigint), (2)\n```\n",
            says: "suite/a.md:15:1",
            "this returned 2 rows"
        ),
    ]

    @Test("D: an error that the data make", arguments: data)
    func tellsOfData(slip: Slip) async throws { try await slip.audited().verify(database: QuotedNames.database.value) }
}
