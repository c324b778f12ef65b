import EmbeddedPostgres
import TestSupport
import Testing

/// Slips in the address of a database, and in libpq's variables.
@Suite(.timeLimit(.minutes(20)))
struct AddressSlipTests {
    private static func address(
        _ text: String?,
        _ environment: [String: String] = [:],
        status: Int = 64,
        says: String...
    ) -> Slip {
        var slip = Slip.query(text ?? "none", "SELECT 1 AS x WHERE false").audited(status)
        if let text { slip.arguments += ["--database", text] }
        slip.environment = environment
        slip.says = says
        slip.hides = ["s3cret"]
        return slip
    }

    static let addresses: [Slip] = [
        address("mysql://u:s3cret@h/shop", says: "the scheme is mysql, which is no PostgreSQL database"),
        address(
            "postgresql+psycopg2://u:s3cret@h/shop",
            says: "the scheme is postgresql+psycopg2; write postgresql://"
        ),
        address("jdbc:postgresql://h/shop?password=s3cret", says: "write postgresql://"),
        address(
            "postgresql://u:s3cret@h/shop?schema=public",
            says: "no parameter 'schema'; leave it out",
            "search_path"
        ),
        address("postgresql://u:s3cret@h/shop?pgbouncer=true", says: "no parameter 'pgbouncer'; leave it out"),
        address("postgresql://u:s3@cret@h/shop", says: "must be written %40"),
        address("dbnam=shop host=h", says: "libpq has no setting 'dbnam'; did you mean 'dbname'?"),
        address("database=shop host=h", says: "no setting 'database'; write dbname=… in its place"),
        address("username=ann dbname=shop", says: "no setting 'username'; write user=… in its place"),
        address("Host=h;Port=5432;Database=shop;Password=s3cret", says: "parted by blanks, without ',' or ';'"),
        address("host=h,port=5432,dbname=shop", says: "parted by blanks"),
        address("host=h user='ann", says: "the quotation mark of 'user' is not closed"),
        address("host=h dbname", says: "'dbname' has no value; write dbname=…"),
        address("localhost/shop", says: "a URL is written postgresql://USER@HOST/DATABASE"),
        address("localhost:5432", says: "a URL is written postgresql://USER@HOST/DATABASE"),
        address(
            "host=/nonexistent port=abc dbname=shop",
            says: #"invalid integer value "abc" for connection option "port""#,
            "Check what --database"
        ),
        address("postgresql://h/shop?sslmode=yes", says: #"invalid sslmode value: "yes""#),
        address("service=nope", says: #"definition of service "nope" not found"#),
        address(
            "host=/nonexistent dbname=shop",
            ["PGSSLMODE": "on"],
            says: "invalid sslmode value",
            "libpq's own variables: PGSSLMODE"
        ),
        address(
            nil,
            ["PGHOST": "/nonexistent", "PGUSER": "ann"],
            status: 69,
            says: #"database "ann""#,
            "no database is named",
            "Name the database with --database"
        ),
        address("postgresql:///shop?host=/nonexistent,/nowhere&user=me@corp", status: 69, says: #"database "shop""#),
    ]

    @Test("D, F33: addresses", arguments: addresses)
    func tellsOfAddresses(slip: Slip) async throws { try await slip.verify() }

    static let variables: [(variable: String, value: String, reason: String)] = [
        ("PGTZ", "Mars/Base", #"invalid value for parameter "TimeZone": "Mars/Base""#),
        ("PGOPTIONS", "-c statement_timout=5s", #"unrecognized configuration parameter "statement_timout""#),
        ("PGOPTIONS", "-c statement_timeout=abc", #"invalid value for parameter "statement_timeout""#),
        ("PGDATESTYLE", "mars", #"invalid value for parameter "DateStyle""#),
        ("PGGEQO", "maybe", #"parameter "geqo" requires a Boolean value"#),
        ("PGTARGETSESSIONATTRS", "rw", "invalid target_session_attrs value"),
        ("PGCONNECT_TIMEOUT", "abc", #"invalid integer value "abc""#),
    ]

    @Test("D: the reason of a wrong variable is told, with its name", arguments: variables)
    func tellsOfVariables(variable: String, value: String, reason: String) async throws {
        let database = try await TestCluster.conninfo(database: "postgres")
        var slip = Self.address(database, [variable: value], says: reason, "libpq's own variables: \(variable)")
        slip.hides = ["Check that the server runs"]
        try await slip.verify()
        #expect(slip.status == 64)
    }

    @Test("D: the name of a database alone")
    func bareName() async throws {
        let login = ["PGHOST": try await TestCluster.socketDirectory, "PGUSER": "audit"]
        try await Self.address("postgres", login, status: 0, says: "The one check is clear").verify()
        try await Self.address("shp", login, status: 69, says: #"database "shp" does not exist"#, "Is the name right?")
            .verify()
    }
}
