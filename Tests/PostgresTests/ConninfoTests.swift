import Postgres
import Testing

/// A conninfo that libpq does not understand, or misunderstands, may show its password nowhere.
struct ConninfoTests {
    @Test(arguments: [
        "postgresql://ann:secret@[bad",
        "postgresql://ann:sec%zzsecret@host/db",
        "postgresql://ann:secret@host/db?secret",
        "postgresql://ann:secret@host/db?secret=1",
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
        "secret",
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
    ])
    func `an @ in its place is no mistake`(conninfo: String) throws {
        #expect(throws: Never.self) {
            try ConnectionTarget(ConnectionSettings(conninfo: conninfo, applicationName: "assay/test"))
        }
    }
}
