/// The tables, in the audited database, that hold every repaired row so that `undo` can take it back.
package enum JournalSchema {
    /// The version that this program writes; `assay.journal` holds that of the tables.
    package static let version = 1

    /// What a database administrator can run beforehand: all of it or nothing, and running it again changes nothing.
    package static let script = """
        -- The journal of assay: what was repaired, and how to take it back.
        BEGIN;

        -- A schema of this name that is somebody else's stays as it is.
        DO $assay$
        DECLARE
            obstacle text := (
        \(obstacle.indented(by: 8))
            );
        BEGIN
            IF obstacle IS NOT NULL THEN
                RAISE EXCEPTION USING ERRCODE = 'duplicate_schema',
                    MESSAGE = 'the schema assay is not this program''s: ' || obstacle,
                    HINT = 'Nothing was changed. The journal needs this name: rename the other schema.';
            END IF;
        END
        $assay$;

        \(sql)

        COMMIT;

        """

    /// The same without its guard and its transaction.
    package static let sql = """
        CREATE SCHEMA IF NOT EXISTS assay;
        COMMENT ON SCHEMA assay IS '\(comment)';

        CREATE TABLE IF NOT EXISTS assay.journal (
            version integer PRIMARY KEY,
            installed_at timestamptz NOT NULL DEFAULT now()
        );

        CREATE TABLE IF NOT EXISTS assay.runs (
            id text PRIMARY KEY,
            mode text NOT NULL CHECK (mode IN ('fix', 'undo')),
            suite text NOT NULL,
            suite_digest text NOT NULL,
            undoes text,                                    -- the run that an undo takes back
            role text NOT NULL DEFAULT current_user,
            started_at timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz                         -- null: still running, or ended by force
        );

        CREATE TABLE IF NOT EXISTS assay.repairs (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            run text NOT NULL,
            check_id text NOT NULL,
            batch integer NOT NULL,                         -- the rows of one transaction
            table_name text NOT NULL,                       -- with its schema, quoted where needed
            operation text NOT NULL CHECK (operation IN ('insert', 'update', 'delete')),
            key jsonb NOT NULL,                             -- the columns of the table's key
            before jsonb,                                   -- the whole row; null for an insert
            after jsonb,                                    -- the whole row; null for a delete
            user_id text,
            repaired_at timestamptz NOT NULL DEFAULT now(),
            undone_by text                                  -- the undo run that took it back
        );
        CREATE INDEX IF NOT EXISTS repairs_run ON assay.repairs (run, check_id);

        INSERT INTO assay.journal (version) VALUES (\(version)) ON CONFLICT DO NOTHING;
        """

    /// By which a schema is known for the journal's while some of its tables are missing.
    private static let comment = "The journal of assay: every row it repaired, before and after."

    /// Whether all tables of the journal are there.
    static let isWhole = """
        SELECT count(*) = 3 FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = 'assay' AND c.relname IN ('journal', 'runs', 'repairs') AND c.relkind IN ('r', 'p')
        """

    /// Why the schema `assay` is not the journal's, in words; null when it is, when it is not there, and when it is empty.
    static let obstacle = """
        WITH needed (name, columns) AS (
            VALUES ('journal', ARRAY['version integer', 'installed_at timestamp with time zone']),
                ('runs', ARRAY['id text', 'mode text', 'suite text', 'suite_digest text', 'undoes text', 'role text',
                    'started_at timestamp with time zone', 'finished_at timestamp with time zone']),
                ('repairs', ARRAY['id bigint', 'run text', 'check_id text', 'batch integer', 'table_name text',
                    'operation text', 'key jsonb', 'before jsonb', 'after jsonb', 'user_id text',
                    'repaired_at timestamp with time zone', 'undone_by text'])
        ), found AS (
            SELECT c.relname, c.relkind, (
                SELECT min(wanted) FROM unnest(needed.columns) AS wanted
                WHERE wanted NOT IN (
                    SELECT format('%s %s', a.attname, format_type(a.atttypid, NULL)) FROM pg_attribute AS a
                    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                )
            ) AS missing
            FROM needed JOIN pg_class AS c ON c.relname = needed.name
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = 'assay'
        ), other AS (
            SELECT obj_description(n.oid, 'pg_namespace') AS comment, (
                SELECT name FROM (
                    SELECT 1, relname FROM pg_class WHERE relnamespace = n.oid
                    UNION ALL SELECT 2, proname FROM pg_proc WHERE pronamespace = n.oid
                    UNION ALL SELECT 3, typname FROM pg_type WHERE typnamespace = n.oid
                ) AS object (place, name) ORDER BY place, name LIMIT 1
            ) AS object
            FROM pg_namespace AS n WHERE n.nspname = 'assay'
        )
        SELECT CASE
            WHEN EXISTS (SELECT FROM found WHERE relkind NOT IN ('r', 'p')) THEN
                (SELECT format('%I is no table there', min(relname)) FROM found WHERE relkind NOT IN ('r', 'p'))
            WHEN EXISTS (SELECT FROM found WHERE missing IS NOT NULL) THEN
                (SELECT format('its table %s has no column "%s"', relname, missing) FROM found
                WHERE missing IS NOT NULL ORDER BY relname LIMIT 1)
            WHEN (SELECT count(*) FROM found) = 3 OR other.comment = '\(comment)' THEN NULL
            WHEN other.comment IS NOT NULL THEN format('its comment is "%s"', left(other.comment, 80))
            ELSE 'it holds ' || quote_ident(other.object)
        END
        FROM other
        """
}

extension String {
    fileprivate func indented(by count: Int) -> String {
        split(separator: "\n").map { String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
    }
}
