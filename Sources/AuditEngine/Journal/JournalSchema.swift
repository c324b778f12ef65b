/// The tables, in the audited database, that hold every repaired row so that `undo` can take it back.
package enum JournalSchema {
    /// The version that this program writes; `assay.journal` holds that of the tables.
    package static let version = 1

    /// What a database administrator can run beforehand; running it again changes nothing.
    package static let sql = """
        -- The journal of assay: what was repaired, and how to take it back.
        CREATE SCHEMA IF NOT EXISTS assay;
        COMMENT ON SCHEMA assay IS 'The journal of assay: every row it repaired, before and after.';

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
}
