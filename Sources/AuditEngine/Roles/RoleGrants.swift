package import AuditModel
package import SQLSyntax

/// The least that the roles of a suite need: a reader, which audits, and a fixer, which repairs and takes back, too.
///
/// Worked out from the statements of the suite alone. What they call in functions and views, nobody sees from here.
package struct RoleGrants: Sendable {
    /// Nil for a role that nothing is printed for.
    private let reader: String?
    private let fixer: String?
    /// The tables that the suite's statements name, sorted, without the server's own catalogs.
    private let tables: [TableName]
    /// Every schema that one of them names.
    private let schemas: [String]
    /// What the fixer does to each table that a fix writes, sorted.
    private let writes: [(table: TableName, privileges: [String])]
    private let suite: Suite

    package init(_ suite: Suite, reader: String?, fixer: String?) throws(SQLSyntaxError) {
        self.suite = suite
        self.reader = reader.map(SQLText.quoted(identifier:))
        self.fixer = fixer.map(SQLText.quoted(identifier:))
        var tables: Set<TableName> = []
        var writes: [TableName: Set<String>] = [:]
        for statement in suite.statements {
            let parsed = try ParsedSQL(NamedParameters(statement.text).text)
            tables.formUnion(parsed.tables.filter { !$0.isCatalog && $0.name != "violations" })
        }
        for case .violations(let work) in suite.checks.map(\.work) {
            guard let fix = work.repair?.fix else { continue }
            let parsed = try ParsedSQL(NamedParameters(fix.text).text).statements.first
            guard let parsed, let target = parsed.target else { continue }
            writes[target.table, default: []].formUnion(Self.privileges(for: parsed.kind))
        }
        self.tables = tables.sorted { $0.description < $1.description }
        schemas = Set(tables.compactMap(\.schema)).sorted()
        self.writes = writes.sorted { $0.key.description < $1.key.description }.map { ($0.key, $0.value.sorted()) }
    }

    /// What a fix needs, and what takes it back.
    private static func privileges(for kind: ParsedStatement.Kind) -> [String] {
        switch kind {
        case .insert, .delete: ["INSERT", "DELETE"]
        default: ["UPDATE"]
        }
    }

    /// The statements, for a database administrator to read and run.
    package var sql: String {
        let roles = [reader, fixer].compactMap(\.self)
        let parts = [introduction(roles), reader.map(readerPart), fixer.map(fixerPart), reader.map(historyPart)]
        return parts.compactMap(\.self).joined(separator: "\n\n") + "\n"
    }

    private func introduction(_ roles: [String]) -> String {
        """
        -- The least that the suite '\(suite.id)' needs. Names without a schema mean the first table of that name in the
        -- search_path of whoever runs this. A statement that calls a function of your own needs EXECUTE on it, too, and a
        -- table with row-level security needs a policy, or BYPASSRLS, for \(roles.count == 1 ? "this role" : "these roles"): rows that are hidden from an audit
        -- would make it look clear, so that such a check fails instead.
        --
        \(roles.map { "--     CREATE ROLE \($0) LOGIN;" }.joined(separator: "\n"))
        --
        -- To let the record name the cluster, a superuser may add:
        --
        --     GRANT EXECUTE ON FUNCTION pg_control_system() TO \(roles.joined(separator: ", "));
        """
    }

    private func readerPart(_ role: String) -> String {
        lines("-- The reader: assay audit.", reading(role))
    }

    private func fixerPart(_ role: String) -> String {
        lines(
            "-- The fixer: assay audit --fix, assay undo. Run `assay sql journal` first.",
            reading(role),
            writing(role),
            """
            GRANT USAGE ON SCHEMA assay TO \(role);
            GRANT SELECT ON assay.journal TO \(role);
            GRANT SELECT, INSERT, UPDATE ON assay.runs, assay.repairs TO \(role);
            """
        )
    }

    /// A database in which nothing was ever repaired has no journal.
    private func historyPart(_ role: String) -> String {
        """
        -- The reader again: assay history, where there is a journal.
        DO $assay$
        BEGIN
            IF to_regnamespace('assay') IS NOT NULL THEN
                GRANT USAGE ON SCHEMA assay TO \(role);
                GRANT SELECT ON assay.journal, assay.runs, assay.repairs TO \(role);
            END IF;
        END
        $assay$;
        """
    }

    private func lines(_ parts: String...) -> String {
        parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func reading(_ role: String) -> String {
        var lines = schemas.map { "GRANT USAGE ON SCHEMA \(SQLText.quoted(identifier: $0)) TO \(role);" }
        if !tables.isEmpty {
            lines.append("GRANT SELECT ON \(tables.map(\.quoted).joined(separator: ", ")) TO \(role);")
        }
        return lines.joined(separator: "\n")
    }

    private func writing(_ fixer: String) -> String {
        writes.map { table, privileges in
            let grant = "GRANT \(privileges.joined(separator: ", ")) ON \(table.quoted) TO \(fixer);"
            return privileges.contains("INSERT") ? "\(grant)\n\(sequences(of: table, for: fixer))" : grant
        }.joined(separator: "\n")
    }

    /// Columns take their values from sequences, their own (`serial`) or others, which have privileges of their own.
    private func sequences(of table: TableName, for fixer: String) -> String {
        """
        DO $assay$
        DECLARE
            sequence regclass;
        BEGIN
            FOR sequence IN
                SELECT d.objid::regclass FROM pg_depend AS d JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S'
                WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'a'
                    AND d.refobjid = \(SQLText.quoted(literal: table.quoted))::regclass
                UNION
                SELECT d.refobjid::regclass FROM pg_attrdef AS a
                JOIN pg_depend AS d ON d.classid = 'pg_attrdef'::regclass AND d.objid = a.oid
                JOIN pg_class AS s ON d.refclassid = 'pg_class'::regclass AND s.oid = d.refobjid AND s.relkind = 'S'
                WHERE a.adrelid = \(SQLText.quoted(literal: table.quoted))::regclass
            LOOP
                EXECUTE format('GRANT USAGE ON SEQUENCE %s TO %s', sequence, \(SQLText.quoted(literal: fixer)));
            END LOOP;
        END
        $assay$;
        """
    }
}

extension Suite {
    /// Every statement of the suite that a run sends, or that a fix is made of.
    fileprivate var statements: [Statement] {
        let ofChecks = checks.flatMap { check -> [Statement] in
            switch check.work {
            case .violations(let work): return [work.find, work.scope, work.repair?.fix].compactMap { $0 }
            case .statistic(let work): return [work.measure]
            // A probe is no part of an audit or a fix.
            case .probe: return []
            }
        }
        return ofChecks + [userLabels].compactMap { $0 }
    }
}

extension TableName {
    /// A table of the server's own, which everybody may read.
    fileprivate var isCatalog: Bool {
        schema == "pg_catalog" || schema == "information_schema" || (schema == nil && name.hasPrefix("pg_"))
    }
}
