/// How a check of kind `integrity` or `orphan` finds violations, and repairs them.
package struct ViolationWork: Sendable, Equatable {
    package var isOrphan: Bool
    /// One `SELECT`; each row it returns is a violation.
    package var find: Statement
    /// Returns one number, the rows that `find` looked at.
    package var scope: Statement?
    /// The columns that tell a violation apart across runs; all columns when empty.
    package var key: [String]
    package var repair: Repair?

    package init(
        isOrphan: Bool = false,
        find: Statement,
        scope: Statement? = nil,
        key: [String] = [],
        repair: Repair? = nil
    ) {
        self.isOrphan = isOrphan
        self.find = find
        self.scope = scope
        self.key = key
        self.repair = repair
    }
}

/// How violations are mended: a statement that reads from the relation `violations`.
package struct Repair: Sendable, Equatable {
    /// One `INSERT`, `UPDATE` or `DELETE`.
    package var fix: Statement
    /// The table that the fix writes, with its schema when the file names one.
    package var table: String
    package var limits: RepairLimits
    /// The column of `find` that says why the fix leaves a row; NULL where it repairs it (`left_because`).
    package var leftBecause: String?
    /// Other tables, which triggers of the repaired one write (`also_writes`).
    package var alsoWrites: [String] = []
    package var guardTrigger: GuardTrigger?
    /// Where the check file has its `fix_limits`.
    package var limitsPlace: Statement.Place?

    package init(
        fix: Statement,
        table: String,
        limits: RepairLimits = RepairLimits(),
        limitsPlace: Statement.Place? = nil,
        guardTrigger: GuardTrigger? = nil
    ) {
        self.fix = fix
        self.table = table
        self.limits = limits
        self.limitsPlace = limitsPlace
        self.guardTrigger = guardTrigger
    }
}

/// More violations than this, and the fix refuses (`fix_limits`).
package struct RepairLimits: Sendable, Equatable {
    package var rows: Int?
    /// A part of the check's scope, or without one of the repaired table's rows, from 0 to 1.
    package var share: Double?
    /// The check file names no limits, so that these hold.
    package var isDefault: Bool

    package init(rows: Int? = nil, share: Double? = nil, isDefault: Bool = false) {
        self.rows = rows
        self.share = share
        self.isDefault = isDefault
    }

    /// What holds where the check file says nothing; few violations are repaired all the same.
    package static let `default` = RepairLimits(rows: 10_000, share: 0.1, isDefault: true)

    /// `fix_limits: none`.
    package static let none = RepairLimits()

    /// So many violations are within the default, however small the table.
    package static let alwaysAllowed = 20
}

/// Which changes of which table a guard watches (`guard`).
package struct GuardTrigger: Sendable, Equatable {
    package enum Event: String, Sendable, CaseIterable {
        case insert, update, delete
    }

    package var table: String
    package var events: [Event]
    /// The columns in which a violation and a changed row of the table agree.
    package var match: [String]

    package init(table: String, events: [Event], match: [String]) {
        self.table = table
        self.events = events
        self.match = match
    }
}

/// How a check of kind `statistic` measures figures.
package struct StatisticWork: Sendable, Equatable {
    /// One `SELECT`: one row of figures, or one row a user when the check names a user column.
    package var measure: Statement
    /// Limits by the figure's column name.
    package var limits: [String: FigureLimits]
    /// How figures are shown, by the figure's column name.
    package var formats: [String: FigureFormat]

    package init(
        measure: Statement,
        limits: [String: FigureLimits] = [:],
        formats: [String: FigureFormat] = [:]
    ) {
        self.measure = measure
        self.limits = limits
        self.formats = formats
    }
}

/// How a check of kind `probe` acts and what it then expects.
package struct ProbeWork: Sendable, Equatable {
    package var setup: Statement?
    package var act: Statement
    /// Returns one row of booleans named after what they assert.
    package var expect: Statement

    package init(setup: Statement? = nil, act: Statement, expect: Statement) {
        self.setup = setup
        self.act = act
        self.expect = expect
    }
}
