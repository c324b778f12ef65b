import EmbeddedPostgres
import Postgres
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct LoginTests {
    @Test func `a refused login tells why, and never the password`() async throws {
        let options = ClusterOptions(accessRules: ["local all ann scram-sha-256", "local all bob reject"])
        try await EmbeddedCluster.with(options) { cluster in
            try await TestDatabase.load(
                [
                    "CREATE ROLE ann LOGIN PASSWORD 'right secret'; CREATE ROLE bob LOGIN; CREATE ROLE carl LOGIN",
                    "CREATE DATABASE closed", "REVOKE CONNECT ON DATABASE closed FROM PUBLIC",
                ],
                into: cluster.conninfo()
            )
            func login(_ user: String, _ more: String = "", database: String = "postgres") -> String {
                "host=\(cluster.socketDirectory) user=\(user) dbname=\(database) \(more)"
            }
            let user = try await withSession(login("ann", "password='right secret'")) { session in
                try await session.query("SELECT current_user")
            }
            #expect(user == [["ann"]])
            let wrong = await failureToConnect(login("ann", "password='wrong secret'"))
            #expect(wrong?.kind == .authentication && wrong?.sqlState == .invalidPassword)
            #expect(
                wrong?.description.contains("The login to database \"postgres\" at \(cluster.socketDirectory)") == true
            )
            #expect("\(String(reflecting: wrong))".contains("secret") == false)

            let missing = await failureToConnect(login("ann", "passfile=/dev/null"))
            #expect(missing?.kind == .authentication && missing?.sqlState == nil)

            let rejected = await failureToConnect(login("bob"))
            #expect(rejected?.kind == .authentication && rejected?.sqlState == .invalidAuthorization)
            let unknown = await failureToConnect(login("zoe"))
            #expect(unknown?.kind == .authentication && unknown?.sqlState == .invalidAuthorization)
            let closed = await failureToConnect(login("carl", database: "closed"))
            #expect(closed?.kind == .privilege && closed?.sqlState == .insufficientPrivilege)
        }
    }
}
