/// Where the settings of a run stand, as a message names it.
package struct SettingPlaces: Sendable, Equatable {
    /// Such as `--database`; nil when libpq's own variables name the database.
    package var database: String?
    /// Such as `` `expect` in assay.yml``; nil when no name is expected.
    package var expect: String?

    package init(database: String? = nil, expect: String? = nil) {
        self.database = database
        self.expect = expect
    }
}
