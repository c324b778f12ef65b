import TestSupport
import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(20)))
struct ErrorTests {
    @Test func `an error has all the server's fields`() async throws {
        let table = "CREATE TABLE people (email text CONSTRAINT has_at CHECK (email LIKE '%@%'), UNIQUE (email))"
        try await withDatabase(loading: [table, "INSERT INTO people VALUES ('ann@example.org')"]) { conninfo in
            try await withSession(conninfo) { session in
                let twice = await session.failure(of: "INSERT INTO people VALUES ('ann@example.org')")
                #expect(twice?.sqlState == .uniqueViolation && twice?.kind == .other && twice?.stage == .query)
                #expect(
                    twice?.schema == "public" && twice?.table == "people" && twice?.constraint == "people_email_key"
                )
                // The detail names the row, and is dropped.
                #expect(twice?.detail == nil && "\(String(reflecting: twice))".contains("ann@") == false)
                #expect(twice?.description.contains("ann@example.org") == false)
                #expect(twice?.connectionLost == false)

                let hint = await session.failure(of: "SELECT é, emial FROM people")
                #expect(hint?.position == 8)
                let misspelt = await session.failure(of: "SELECT 'é', emial FROM people")
                #expect(misspelt?.position == 13 && misspelt?.hint?.contains("people.email") == true)
                #expect(
                    misspelt?.description == """
                        The statement failed: column "emial" does not exist at character 13 (SQLSTATE 42703). \
                        Hint: Perhaps you meant to reference the column "people.email".
                        """
                )
            }
        }
    }

    @Test(arguments: [
        ("SELECT * FROM missing", SQLState.undefinedTable, PostgresError.Kind.other),
        ("SELECT 'x'::uuid", .invalidTextRepresentation, .other),
        ("SELECT missing()", .undefinedFunction, .other),
        ("SELEC 1", .syntaxError, .other),
        ("SET ROLE pg_monitor; SELECT 1", .syntaxError, .other),
    ])
    func `an error has the server's code`(sql: String, state: SQLState, kind: PostgresError.Kind) async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            let error = await session.failure(of: sql)
            #expect(error?.sqlState == state && error?.kind == kind)
        }
    }

    @Test(arguments: [
        "SELECT $1::uuid", "SELECT $1::int", "SELECT $1::date", "SELECT to_date($1, 'YYYY')",
        "SELECT $1::json", "SELECT $1::text[]", "SELECT make_date(1, 1, 1) + $1::interval",
    ])
    func `a description quotes no value`(sql: String) async throws {
        try await withSession(try await TestCluster.conninfo()) { session in
            let error = await session.failure(of: sql, ["a \"secret\" value"])
            #expect(error?.sqlState?.errorClass == "22")
            #expect(error?.message.isEmpty == false && "\(String(reflecting: error))".contains("secret") == false)
        }
    }

    @Test(
        "C2: of a server's words only those stay that are no value, in any language",
        arguments: [
            (#"invalid input syntax for type integer: "12x""#, #"invalid input syntax for type integer: "…""#),
            (#"value "99" is out of range for type smallint"#, #"value "…" is out of range for type smallint"#),
            ("date field value out of range: 2020-13-45", #"date field value out of range: "…""#),
            (#"invalid byte sequence for encoding "UTF8": 0xe9"#, #"invalid byte sequence for encoding "…": …"#),
            ("ungültige Eingabesyntax für Typ integer: »a: \"b«", #"ungültige Eingabesyntax für Typ integer: "…""#),
            (
                "syntaxe en entrée invalide pour le type integer : « abc »",
                #"syntaxe en entrée invalide pour le type integer : "…""#
            ),
            ("division by zero", "division by zero"), ("integer out of range", "integer out of range"),
        ]
    )
    func masked(message: String, expected: String) {
        #expect(PostgresError.masked(message) == expected)
    }

    @Test("C2: what a function raises is shown as its author wrote it, without what it quotes")
    func raised() async throws {
        let function = """
            CREATE FUNCTION refuse() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'closed period: "%"', 'secret' USING DETAIL = 'secret', HINT = 'secret';
            END $$
            """
        try await withDatabase(loading: [function]) { conninfo in
            try await withSession(conninfo) { session in
                let error = await session.failure(of: "SELECT refuse()")
                #expect(error?.message == #"closed period: "…""# && error?.detail == nil && error?.hint == nil)
            }
        }
    }

    @Test("F18: the server's own function tells row-level security, and the time that passed a time limit")
    func withoutWords() async throws {
        let sql = "CREATE TABLE t (); ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE ROLE assay_error LOGIN; "
        try await withDatabase(loading: [sql + "GRANT SELECT ON t TO assay_error"]) { conninfo in
            try await withSession("\(conninfo) user=assay_error") { session in
                try await session.execute("SET row_security = off")
                let hidden = await session.failure(of: "SELECT * FROM t")
                #expect(hidden?.isRowSecurity == true && hidden?.kind == .privilege)
                let other = await session.failure(of: "SELECT * FROM pg_authid")
                #expect(other?.isRowSecurity == false && other?.kind == .privilege)
            }
            try await TestDatabase.load(["REVOKE ALL ON t FROM assay_error; DROP ROLE assay_error"], into: conninfo)
        }
    }

    @Test func `a missing privilege is told apart`() async throws {
        try await withDatabase(loading: ["CREATE TABLE t ()"]) { conninfo in
            try await withSession(conninfo) { session in
                try await session.execute("SET ROLE pg_monitor")
                let error = await session.failure(of: "SELECT * FROM t")
                #expect(error?.kind == .privilege && error?.sqlState == .insufficientPrivilege)
            }
        }
    }

    @Test func `a lock that is not given is a timeout`() async throws {
        try await withDatabase(loading: ["CREATE TABLE t ()"]) { conninfo in
            try await withSession(conninfo) { holder in
                try await holder.execute("BEGIN; LOCK TABLE t")
                try await withSession(conninfo, settings: ["lock_timeout": "20ms"]) { session in
                    let error = try await session.failureInTransaction(of: "SELECT * FROM t")
                    #expect(error?.kind == .timeout && error?.sqlState == .lockNotAvailable)
                }
            }
        }
    }

    @Test func `a backend that is ended in mid-stream is a lost connection`() async throws {
        let conninfo = try await TestCluster.conninfo()
        try await withSession(conninfo) { session in
            try await withSession(conninfo) { other in
                let backend = try await session.withConnection { "\($0.server.backend)" }
                async let streaming: Int = session.withConnection { connection in
                    var count = 0
                    _ = try connection.stream("SELECT generate_series(1, 100000000), pg_sleep(0.001)") {
                        _ in
                        count += 1
                    }
                    return count
                }
                try await eventually {
                    try await other.query(
                        "SELECT 1 FROM pg_stat_activity WHERE pid = $1::int AND query LIKE '%generate_series%'",
                        [backend]
                    ).count == 1
                }
                _ = try await other.query("SELECT pg_terminate_backend($1::int)", [backend])
                do {
                    _ = try await streaming
                    Issue.record("the stream went on")
                } catch let error as PostgresError {
                    #expect(error.connectionLost && error.kind == .unreachable)
                    #expect(error.description.hasPrefix("The connection to the database was lost: "))
                }
            }
            let after = await session.failure(of: "SELECT 1")
            #expect(after?.connectionLost == true && after?.kind == .unreachable)
        }
    }
}
