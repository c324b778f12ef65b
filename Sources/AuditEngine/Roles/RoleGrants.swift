package import AuditModel
import SQLSyntax

/// The least that the roles of a suite need: a reader, which audits, and a fixer, which repairs and takes back, too.
///
/// Worked out from the statements of the suite, and by the database when the grants are run. What functions and triggers
/// do, nobody sees from here.
package struct RoleGrants: Sendable {
    private let suite: Suite
    private let reader: String?
    private let fixer: String?

    /// - Parameters:
    ///   - reader: nil to leave it out.
    ///   - fixer: nil to leave it out.
    package init(_ suite: Suite, reader: String?, fixer: String?) {
        self.suite = suite
        self.reader = reader
        self.fixer = fixer
    }

    /// The statements, for a database administrator to read and run.
    package var sql: String {
        let needs = SuiteNeeds(suite)
        var parts = [introduction, unread(needs)]
        if let reader { parts.append(reading(needs, by: reader)) }
        if let fixer { parts.append(fixing(needs, by: fixer)) }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private var introduction: String {
        let roles = [reader, fixer].compactMap { $0 }.map { SQLText.quoted(identifier: $0) }
        return SQLText.comment(
            """
            The least that the suite '\(suite.id)' needs. A name without a schema means the first one in the search_path of
            whoever runs this, and who audits needs the same search_path. A table with row-level security needs a policy, or
            BYPASSRLS, for whoever audits: rows that are hidden from an audit would make it look clear, so that such a check
            is not measured instead. What your own functions and triggers read and write cannot be seen from here.

            \(roles.map { "    CREATE ROLE \($0) LOGIN;" }.joined(separator: "\n"))

            To let the record name the cluster, a superuser may add:

                GRANT EXECUTE ON FUNCTION pg_control_system() TO \(roles.joined(separator: ", "));
            """
        )
    }

    private func unread(_ needs: SuiteNeeds) -> String {
        guard !needs.unread.isEmpty else { return "" }
        let places = needs.unread.map { "    \($0.path):\($0.line)" }.joined(separator: "\n")
        return SQLText.comment(
            "This SQL is newer than the parser here (PostgreSQL 15), so that what it reads is not in the list:\n\(places)"
        )
    }

    private func reading(_ needs: SuiteNeeds, by role: String) -> String {
        var text = "-- The reader: assay audit.\n\(reads(needs, role, isFixer: false))"
        if !needs.writes.isEmpty { text += "\n\n-- The reader again: assay history.\n\(history(for: role))" }
        return text
    }

    private func fixing(_ needs: SuiteNeeds, by role: String) -> String {
        let name = SQLText.quoted(identifier: role)
        let writes = needs.writes.map { write in
            "GRANT \(write.privileges.joined(separator: ", ")) ON \(write.table.quoted) TO \(name);"
        }
        return """
            -- The fixer: assay audit --fix, assay undo. Run `assay sql journal` first.
            \(([reads(needs, role, isFixer: true)] + writes).joined(separator: "\n"))
            GRANT USAGE ON SCHEMA assay TO \(name);
            GRANT SELECT ON assay.journal TO \(name);
            GRANT SELECT, INSERT, UPDATE ON assay.runs, assay.repairs TO \(name);
            """
    }

    private func reads(_ needs: SuiteNeeds, _ role: String, isFixer: Bool) -> String {
        let name = SQLText.quoted(identifier: role)
        // One statement for each: a name that is wrong costs no other.
        let schemas = needs.schemas.map { "GRANT USAGE ON SCHEMA \(SQLText.quoted(identifier: $0)) TO \(name);" }
        // Which of these are the server's own, only the database knows.
        let tables = needs.tables.filter { !$0.mayBeSystem }.map { "GRANT SELECT ON \($0.quoted) TO \(name);" }
        let rest = CatalogGrants(needs: needs, role: SQLText.quoted(literal: role), isFixer: isFixer)
        return (schemas + tables + [rest.sql]).joined(separator: "\n")
    }

    /// A database that nothing was repaired in has no journal.
    private func history(for role: String) -> String {
        let name = SQLText.quoted(identifier: role)
        let body = """
            BEGIN
                IF to_regclass('assay.repairs') IS NOT NULL THEN
                    GRANT USAGE ON SCHEMA assay TO \(name);
                    GRANT SELECT ON assay.journal, assay.runs, assay.repairs TO \(name);
                END IF;
            END
            """
        return "DO \(SQLText.dollarQuoted(body));"
    }
}

extension TableName {
    /// A name of the server's catalogs is first in every search_path.
    fileprivate var mayBeSystem: Bool { schema == nil && name.hasPrefix("pg_") }
}
