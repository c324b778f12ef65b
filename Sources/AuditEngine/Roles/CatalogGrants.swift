import SQLSyntax

/// What only the database knows: a block of SQL that looks it up and grants it to a role, unless the role has it.
struct CatalogGrants {
    let needs: SuiteNeeds
    /// The role as a literal of SQL.
    let role: String
    /// It writes as well.
    let isFixer: Bool

    /// The `DO` block.
    var sql: String {
        let queries = [reading, functions] + (isFixer ? [writing, triggers] : [])
        let body = """
            DECLARE
                role constant text := \(role);
                statement text;
            BEGIN
                FOR statement IN
            \(queries.joined(separator: "\nUNION\n"))
                LOOP
                    EXECUTE statement;
                END LOOP;
            END
            """
        return "DO \(SQLText.dollarQuoted(body));"
    }

    /// The schemas of tables that are named without one, and the tables below views that read with their reader's rights.
    private var reading: String {
        """
        (WITH RECURSIVE named (oid) AS (
            SELECT DISTINCT to_regclass(name)::oid FROM unnest(\(array(needs.tables))) AS name
        ), seen (oid) AS (
            SELECT oid FROM named
            UNION
            SELECT d.refobjid FROM seen JOIN pg_class AS v ON v.oid = seen.oid AND v.relkind = 'v'
            JOIN pg_rewrite AS r ON r.ev_class = v.oid
            JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
            WHERE EXISTS (SELECT FROM pg_options_to_table(v.reloptions) AS o
                WHERE o.option_name = 'security_invoker' AND o.option_value::boolean)
        )
        SELECT format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, role)
        FROM named JOIN pg_class AS c USING (oid) JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE NOT has_schema_privilege(role, n.oid, 'USAGE')
        UNION
        SELECT format('GRANT SELECT ON %I.%I TO %I', n.nspname, c.relname, role)
        FROM seen JOIN pg_class AS c USING (oid) JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT has_table_privilege(role, c.oid, 'SELECT'))
        """
    }

    /// Functions that not everybody may call: those that are named (which of several of one name is meant, only a call
    /// tells), and those by which the domains that are named check their values.
    private var functions: String {
        """
        SELECT format('GRANT EXECUTE ON ROUTINE %s TO %I', p.oid::regprocedure, role)
        FROM unnest(\(array(needs.functions.map { $0.schema ?? "" })), \(array(needs.functions.map(\.name))))
            AS called (schema, name)
        JOIN pg_proc AS p ON p.proname = called.name JOIN pg_namespace AS n ON n.oid = p.pronamespace
        WHERE CASE called.schema WHEN '' THEN pg_function_is_visible(p.oid) ELSE n.nspname = called.schema END
            AND n.nspname <> 'pg_catalog' AND NOT has_function_privilege(role, p.oid, 'EXECUTE')
        UNION
        (WITH RECURSIVE kind (oid) AS (
            SELECT to_regtype(name)::oid FROM unnest(\(array(needs.types))) AS name
            \(Self.kindsBelow)
        )
        SELECT format('GRANT EXECUTE ON ROUTINE %s TO %I', p.oid::regprocedure, role)
        FROM kind JOIN pg_constraint AS k ON k.contypid = kind.oid
        JOIN pg_depend AS d ON d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
        JOIN pg_proc AS p ON d.refclassid = 'pg_proc'::regclass AND p.oid = d.refobjid
        WHERE NOT has_function_privilege(role, p.oid, 'EXECUTE'))
        """
    }

    /// For written tables, by a fix or a trigger: the sequences and functions of their columns and constraints, and the schemas of their types.
    private var writing: String {
        """
        (WITH RECURSIVE written (oid) AS (
            SELECT to_regclass(name)::oid FROM unnest(\(array(needs.writes.map(\.table) + needs.alsoWritten))) AS name
        ), kind (oid) AS (
            SELECT a.atttypid FROM written
            JOIN pg_attribute AS a ON a.attrelid = written.oid AND a.attnum > 0 AND NOT a.attisdropped
            \(Self.kindsBelow)
        ), used (class, oid) AS (
            SELECT d.classid, d.objid FROM written JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass
                AND d.deptype = 'a' AND d.refclassid = 'pg_class'::regclass AND d.refobjid = written.oid
            UNION
            SELECT d.refclassid, d.refobjid
            FROM written JOIN pg_attrdef AS a ON a.adrelid = written.oid
            JOIN pg_depend AS d ON d.classid = 'pg_attrdef'::regclass AND d.objid = a.oid
            UNION
            SELECT d.refclassid, d.refobjid
            FROM pg_constraint AS k
            JOIN pg_depend AS d ON d.classid = 'pg_constraint'::regclass AND d.objid = k.oid
            WHERE k.conrelid IN (SELECT oid FROM written) OR k.contypid IN (SELECT oid FROM kind)
            UNION
            SELECT d.refclassid, d.refobjid
            FROM written JOIN pg_index AS i ON i.indrelid = written.oid
            JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
        )
        SELECT format('GRANT USAGE ON SEQUENCE %I.%I TO %I', n.nspname, s.relname, role)
        FROM used JOIN pg_class AS s ON used.class = 'pg_class'::regclass AND s.oid = used.oid
        JOIN pg_namespace AS n ON n.oid = s.relnamespace
        WHERE CASE s.relkind WHEN 'S' THEN NOT has_sequence_privilege(role, s.oid, 'USAGE') END
        UNION
        SELECT format('GRANT EXECUTE ON ROUTINE %s TO %I', p.oid::regprocedure, role)
        FROM used JOIN pg_proc AS p ON used.class = 'pg_proc'::regclass AND p.oid = used.oid
        WHERE NOT has_function_privilege(role, p.oid, 'EXECUTE')
        UNION
        SELECT format('GRANT USAGE ON SCHEMA %I TO %I', n.nspname, role)
        FROM kind JOIN pg_type AS t ON t.oid = kind.oid JOIN pg_namespace AS n ON n.oid = t.typnamespace
        WHERE NOT has_schema_privilege(role, n.oid, 'USAGE'))
        """
    }

    /// The base types of domains and the elements of arrays.
    private static let kindsBelow = """
        UNION
        SELECT below.oid FROM kind JOIN pg_type AS t ON t.oid = kind.oid
        CROSS JOIN unnest(ARRAY[t.typbasetype, t.typelem]) AS below (oid) WHERE below.oid <> 0
        """

    /// What triggers write: which of the three they do, the suite does not say.
    private var triggers: String {
        """
        SELECT format('GRANT %s ON %I.%I TO %I',
            CASE c.relkind WHEN 'm' THEN 'MAINTAIN' ELSE 'SELECT, INSERT, UPDATE, DELETE' END, n.nspname, c.relname, role)
        FROM unnest(\(array(needs.alsoWritten))) AS name
        JOIN pg_class AS c ON c.oid = to_regclass(name) JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'f') OR c.relkind = 'm' AND current_setting('server_version_num')::int >= 170000
        """
    }

    private func array(_ names: [TableName]) -> String { array(names.map(\.quoted)) }

    private func array(_ texts: [String]) -> String {
        "ARRAY[\(texts.map { SQLText.quoted(literal: $0) }.joined(separator: ", "))]::text[]"
    }
}
