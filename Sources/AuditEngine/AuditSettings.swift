package import AuditModel
package import Postgres

/// Where and how a run measures.
package struct AuditSettings: Sendable {
    /// A conninfo string or URL; nil leaves everything to libpq's own environment.
    package var conninfo: String?
    /// The name of the only database that the run may read.
    package var expectedDatabase: String?
    /// Where the two stand, for messages.
    package var places = SettingPlaces()
    package var selection = Selection()
    /// Connections that measure side by side.
    package var jobs = 2
    /// The longest time one statement may take, as PostgreSQL writes it.
    package var statementTimeout = "60s"
    /// The longest time one statement may wait for a lock.
    package var lockTimeout = "5s"
    /// Violations of each check that are kept for the page.
    package var sampleRows = 50

    /// Nil for a run that only measures.
    package var repair: RepairSettings?
    /// Set for a run that takes repairs of an earlier one back.
    package var undo: UndoSettings?

    /// Where the records of earlier runs found the database; a run that writes must find it there.
    package var known: KnownDatabase?

    /// The run repairs or takes back, if only to roll it back.
    var isWriting: Bool { repair != nil || undo != nil }

    package init(conninfo: String?) {
        self.conninfo = conninfo
    }

    /// How a run connects.
    package func connection(named applicationName: String) -> ConnectionSettings {
        ConnectionSettings(
            conninfo: conninfo,
            applicationName: applicationName,
            transactionSettings: [
                "statement_timeout": statementTimeout,
                "lock_timeout": lockTimeout,
                // A policy that would hide rows makes the check fail instead of look clear.
                "row_security": "off",
                // Check files are read by the rules of the standard, in which a backslash is a character like others.
                "standard_conforming_strings": "on",
                // Only how values are written; the order in which a date is read stays the database's own.
                "DateStyle": "ISO",
                "bytea_output": "hex",
                "extra_float_digits": "1",
                // Names of tables are compared.
                "quote_all_identifiers": "off",
            ]
        )
    }
}
