import Testing

@testable import Postgres

/// A conninfo that libpq does not understand, or misunderstands, may show its password nowhere.
struct ConninfoTests {
    @Test(arguments: [
        "postgresql://ann:secret@[bad",
        "postgresql://ann:sec%zzsecret@host/db",
        "postgresql://ann:secret@host/db?secret",
        "postgresql://ann:secret@host/db?user=a&sslmode=b&x=1&password=pa&secret=1",
        "postgresql+psycopg2://ann:secret@host/db",
        "mysql://ann:secret@host/db",
        "ann:secret@host/db",
        "postgresql://ann:pa?secr=et@secret/db",
        "postgresql://ann:pa@secret@host/db",
        "postgresql://ann:pa/secret@host/db",
        "postgresql://ann:pa?secret@host/db",
        "postgresql://ann:secret/x@host/db",
        "postgresql://ann:pa@/secret@host/db",
        "password=my secret",
        "password=my secret host=x",
        "password=my secret=1 host=x",
        "password='secret",
        "host=x secret",
        "password=\"my secret\" host=x",
    ])
    func `what is not understood is not repeated`(conninfo: String) async {
        let error = await failureToConnect(conninfo)
        #expect(error?.stage == .connect && error?.kind == .settings)
        #expect("\(String(reflecting: error))".contains("secret") == false)
        #expect(
            error?.description.hasPrefix("Cannot connect to the database: the connection's address is not valid")
                == true
        )
    }

    @Test func `a NUL is refused`() async {
        let error = await failureToConnect("host=/tmp\u{0} password=secret")
        #expect(error?.message.contains("NUL") == true)
    }

    @Test(arguments: [
        "postgresql://host/db?user=ann@corp",
        "postgresql://[::1]:5432/db?user=ann@corp",
        "postgresql://a:1,b:2/db?user=ann@corp",
        "postgres://ann:p%40ss@host/d%40b",
        "postgresql://h1:5432,h2/db?user=ann@corp",
        "postgresql://h1,[::1]:5432,h2:1/db?user=ann@corp&application_name=x@y",
    ])
    func `an @ in its place is no mistake`(conninfo: String) throws {
        #expect(throws: Never.self) {
            try ConnectionTarget(ConnectionSettings(conninfo: conninfo, applicationName: "assay/test"))
        }
    }

    @Test("F11: a network that forwards nothing is found out, by default and as the address has it")
    func liveness() throws {
        let conninfo = "host=db.example.org keepalives_idle=7 tcp_user_timeout=0"
        let values = try Conninfo(ConnectionSettings(conninfo: conninfo, applicationName: "tests")).values
        #expect(values["keepalives_idle"] == "7" && values["tcp_user_timeout"] == "0")
        #expect(values["keepalives_interval"] == "10" && values["keepalives_count"] == "3")
        let other = try Conninfo(ConnectionSettings(conninfo: "host=db.example.org", applicationName: "tests")).values
        #expect(other["keepalives_idle"] == "30" && other["tcp_user_timeout"] == "60000")
    }

    @Test(
        "F33: a mistake in an address is named, with what to write",
        arguments: [
            (
                "postgresql+psycopg2://ann@host/db",
                "the scheme is postgresql+psycopg2; write postgresql:// in its place"
            ),
            ("jdbc:postgresql://host/db", "the scheme is jdbc:postgresql; write postgresql:// in its place"),
            ("mysql://ann@host/db", "the scheme is mysql, which is no PostgreSQL database"),
            (
                "postgresql://host/db?schema=public",
                "libpq has no parameter 'schema'; leave it out; a schema is chosen with options=-csearch_path%3DNAME"
            ),
            ("postgresql://host/db?sslmod=require", "libpq has no parameter 'sslmod'; did you mean 'sslmode'?"),
            ("postgresql://host/db?pgbouncer=true", "libpq has no parameter 'pgbouncer'; leave it out"),
            ("postgresql://host/db?sslmode", "a parameter behind the ? is not written NAME=VALUE"),
            ("dbnam=shop", "libpq has no setting 'dbnam'; did you mean 'dbname'?"),
            ("password=a pasword=b", "did you mean 'password'?"),
            ("host=x database=shop", "libpq has no setting 'database'; write dbname=… in its place"),
            ("host=x dbname", "'dbname' has no value; write dbname=…"),
            ("host=x password='a", "the quotation mark of 'password' is not closed"),
            ("host=x user=ann lee", "a word stands without =; a value with a blank is written in quotation marks"),
            ("db.example.org/shop", "this is neither a database's name nor a conninfo string"),
        ]
    )
    func mistake(conninfo: String, says: String) async {
        let error = await failureToConnect(conninfo)
        #expect(error?.kind == .settings && error?.message.contains(says) == true, "\(error?.message ?? "")")
    }

    @Test(
        "D: a database's name alone is one, and blanks around an address are none of it",
        arguments: ["shop", " shop\n", "postgresql:///shop\n", "dbname=shop "]
    )
    func name(conninfo: String) throws {
        let target = try ConnectionTarget(ConnectionSettings(conninfo: conninfo, applicationName: "assay/test"))
        #expect(target.database == "shop" && target.isDatabaseNamed)
    }

    @Test(
        "A7: an address without its secrets leads to the same place",
        arguments: [
            ("host=db password=secret dbname='a b'", "host=db dbname='a b'", true),
            (
                "postgresql://ann:secret@h:1/db?sslmode=require", "user=ann host=h port=1 dbname=db sslmode=require",
                true
            ),
            ("postgresql://ann@h/db", "postgresql://ann@h/db", false), ("shop", "shop", false), ("", "", false),
            ("host=x sslpassword=secret", "host=x", true),
        ]
    )
    func withoutSecrets(conninfo: String, expected: String, hadSecrets: Bool) throws {
        let address = try #require(ConnectionAddress.withoutSecrets(conninfo))
        #expect(Set(address.text.split(separator: " ")) == Set(expected.split(separator: " ")))
        #expect(address.hadSecrets == hadSecrets)
    }
}
