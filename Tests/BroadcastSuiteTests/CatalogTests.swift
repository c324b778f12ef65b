import Testing

/// The checks that look at the catalog.
@Suite(.timeLimit(.minutes(20)))
struct CatalogTests {
    /// SQL run after the shipped schema, and what a check then misses.
    struct Change: CustomTestStringConvertible {
        let name: String
        let sql: String
        let missing: [String]

        var testDescription: String { name }

        init(_ name: String, _ sql: String, misses missing: String...) {
            self.name = name
            self.sql = sql
            self.missing = missing
        }
    }

    private static let dropUnique = "ALTER TABLE broadcast_manager DROP CONSTRAINT unique_channel_pair;"
    private static let dropKey = "ALTER TABLE broadcast_manager DROP CONSTRAINT fk_broadcast_client;"
    private static let dropCheck = "ALTER TABLE broadcast_manager DROP CONSTRAINT valid_status;"
    private static let statuses = "broadcast_status IN ('pending', 'in_progress', 'completed', 'failed', 'skipped')"

    private static let changes = [
        Change("none", ""),
        Change("no unique pair", dropUnique, misses: "unique channel pair"),
        Change(
            "a unique index instead, in the other order",
            dropUnique + "CREATE UNIQUE INDEX ON broadcast_manager (closed_channel_id, open_channel_id);"
        ),
        Change(
            "a unique index with an included column",
            dropUnique
                + "CREATE UNIQUE INDEX ON broadcast_manager (open_channel_id, closed_channel_id) INCLUDE (client_id);"
        ),
        Change(
            "a partial unique index",
            dropUnique
                + "CREATE UNIQUE INDEX ON broadcast_manager (open_channel_id, closed_channel_id) WHERE is_active;",
            misses: "unique channel pair"
        ),
        Change(
            "a unique index on more than the pair",
            dropUnique
                + "CREATE UNIQUE INDEX ON broadcast_manager (open_channel_id, closed_channel_id, client_id);",
            misses: "unique channel pair"
        ),
        Change(
            "a unique index on an expression",
            dropUnique
                + "CREATE UNIQUE INDEX ON broadcast_manager (open_channel_id, lower(closed_channel_id));",
            misses: "unique channel pair"
        ),
        Change(
            "an index that is not unique",
            dropUnique + "CREATE INDEX ON broadcast_manager (open_channel_id, closed_channel_id);",
            misses: "unique channel pair"
        ),
        Change(
            "a deferrable constraint, which ON CONFLICT cannot use",
            dropUnique
                + "ALTER TABLE broadcast_manager ADD UNIQUE (open_channel_id, closed_channel_id) DEFERRABLE;",
            misses: "unique channel pair"
        ),
        Change(
            "an index whose building failed",
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'unique_channel_pair'::regclass;",
            misses: "unique channel pair"
        ),
        Change("no foreign key, and so no cascade either", dropKey, misses: "user foreign key"),
        Change(
            "a foreign key of another name",
            dropKey
                + "ALTER TABLE broadcast_manager ADD FOREIGN KEY (client_id) REFERENCES registered_users ON DELETE CASCADE;"
        ),
        Change(
            "a foreign key that does not cascade",
            dropKey + """
                ALTER TABLE broadcast_manager
                    ADD CONSTRAINT "The Key" FOREIGN KEY (client_id) REFERENCES registered_users ON DELETE RESTRICT;
                """,
            misses: "cascade from user to entry"
        ),
        Change(
            "a foreign key that nobody validated",
            dropKey + """
                ALTER TABLE broadcast_manager ADD CONSTRAINT late
                    FOREIGN KEY (client_id) REFERENCES registered_users ON DELETE CASCADE NOT VALID;
                """,
            misses: "validation of late"
        ),
        Change(
            "a foreign key of another column",
            dropKey + """
                ALTER TABLE broadcast_manager
                    ADD FOREIGN KEY (id) REFERENCES registered_users ON DELETE CASCADE;
                """,
            misses: "user foreign key"
        ),
        Change("no check", dropCheck, misses: "status check"),
        Change(
            "a check of another name",
            dropCheck + "ALTER TABLE broadcast_manager ADD CHECK (\(statuses));"
        ),
        Change(
            "a check that says less",
            dropCheck + "ALTER TABLE broadcast_manager ADD CHECK (broadcast_status <> '');",
            misses: "status check"
        ),
        Change(
            "a check that nobody validated",
            dropCheck + "ALTER TABLE broadcast_manager ADD CONSTRAINT late CHECK (\(statuses)) NOT VALID;",
            misses: "validation of late"
        ),
        Change(
            "nothing left",
            dropUnique + dropKey + dropCheck,
            misses: "status check",
            "unique channel pair",
            "user foreign key"
        ),
    ]

    /// Each remedy, run as it is given, is one.
    @Test(arguments: changes)
    func constraintMissing(_ change: Change) async throws {
        try await BroadcastDatabase.with(loading: [change.sql]) { database in
            #expect(try await database.violations(of: "constraint-missing", "missing") == change.missing)
            for remedy in try await database.violations(of: "constraint-missing", "remedy") {
                try await database.execute(remedy)
            }
            #expect(try await database.violations(of: "constraint-missing").isEmpty)
        }
    }

    private static let gap = "removal of an entry with its channel"
    private static let uniqueChannels = """
        ALTER TABLE main_clients_database
            ADD UNIQUE (open_channel_id, closed_channel_id), ADD UNIQUE (closed_channel_id, open_channel_id);
        """
    private static let function = """
        CREATE FUNCTION follow() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN DELETE FROM Broadcast_Manager WHERE open_channel_id = old.open_channel_id; RETURN old; END';
        """
    private static let trigger =
        function + """
            CREATE TRIGGER follow AFTER DELETE ON main_clients_database FOR EACH ROW EXECUTE FUNCTION follow();
            """

    private static let ties = [
        Change("none", "", misses: gap),
        Change(
            "a foreign key that cascades",
            uniqueChannels + """
                ALTER TABLE broadcast_manager ADD FOREIGN KEY (closed_channel_id, open_channel_id)
                    REFERENCES main_clients_database (closed_channel_id, open_channel_id) ON DELETE CASCADE;
                """
        ),
        Change(
            "a foreign key that does not cascade",
            uniqueChannels + """
                ALTER TABLE broadcast_manager ADD FOREIGN KEY (open_channel_id, closed_channel_id)
                    REFERENCES main_clients_database (open_channel_id, closed_channel_id);
                """,
            misses: gap
        ),
        Change(
            "a foreign key with the ids crossed",
            uniqueChannels + """
                ALTER TABLE broadcast_manager ADD FOREIGN KEY (open_channel_id, closed_channel_id)
                    REFERENCES main_clients_database (closed_channel_id, open_channel_id) ON DELETE CASCADE;
                """,
            misses: gap
        ),
        Change("a trigger for each row", trigger),
        Change(
            "a trigger for each statement, on more than deletions",
            function + """
                CREATE TRIGGER follow AFTER INSERT OR DELETE ON main_clients_database
                    FOR EACH STATEMENT EXECUTE FUNCTION follow();
                """
        ),
        Change(
            "a trigger on updates",
            function + """
                CREATE TRIGGER follow AFTER UPDATE ON main_clients_database FOR EACH ROW EXECUTE FUNCTION follow();
                """,
            misses: gap
        ),
        Change(
            "a disabled trigger",
            trigger + "ALTER TABLE main_clients_database DISABLE TRIGGER follow;",
            misses: gap
        ),
        Change(
            "a trigger for replicas only",
            trigger + "ALTER TABLE main_clients_database ENABLE REPLICA TRIGGER follow;",
            misses: gap
        ),
        Change(
            "a trigger that does something else",
            """
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN old; END';
            CREATE TRIGGER note AFTER DELETE ON main_clients_database FOR EACH ROW EXECUTE FUNCTION note();
            """,
            misses: gap
        ),
    ]

    /// Each remedy, run as it is given, is one.
    @Test(arguments: ties)
    func cascadeGap(_ change: Change) async throws {
        try await BroadcastDatabase.with(loading: [change.sql]) { database in
            #expect(try await database.violations(of: "cascade-gap", "missing") == change.missing)
            for remedy in try await database.violations(of: "cascade-gap", "remedy") {
                try await database.execute(remedy)
            }
            #expect(try await database.violations(of: "cascade-gap").isEmpty)
        }
    }

    @Test(arguments: ["constraint-missing", "cascade-gap"])
    func aRoleThatMayOnlyReadTheTablesSeesTheSame(check: String) async throws {
        let sample = try shippedFile("sample/sample.sql")
        try await BroadcastDatabase.with(loading: [sample]) { database in
            let all = try await database.violations(of: check)
            let role = "reader_of_" + check.replacing("-", with: "_")
            try await database.execute(
                """
                CREATE ROLE \(role);
                DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO \(role)', current_schema); END $$;
                GRANT SELECT ON registered_users, main_clients_database, broadcast_manager TO \(role);
                SET ROLE \(role);
                """
            )
            #expect(try await database.violations(of: check) == all)
            // A role belongs to the whole cluster, which other tests share.
            try await database.execute("RESET ROLE; DROP OWNED BY \(role); DROP ROLE \(role)")
        }
    }

    @Test func remediesNameTablesOutsideTheSearchPath() async throws {
        let moved = """
            CREATE SCHEMA "Our App";
            ALTER TABLE broadcast_manager DROP CONSTRAINT valid_status;
            ALTER TABLE broadcast_manager SET SCHEMA "Our App";
            CREATE TABLE broadcast_manager (note text);
            SELECT set_config('search_path', '"Our App", ' || current_schema, false);
            """
        try await BroadcastDatabase.with(loading: []) { database in
            try await database.execute(moved)
            #expect(try await database.violations(of: "constraint-missing", "missing") == ["status check"])
        }
    }
}
