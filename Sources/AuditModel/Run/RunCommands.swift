/// What a reader of a run may want to do next, as command lines that can be copied into any folder.
package struct RunCommands: Sendable, Equatable {
    /// Takes the run's repairs back; nil when there are none.
    package var undo: String?
    /// Repairs what the run's checks have a fix for; nil where the run has done so.
    package var fix: String?
    /// Audits the same again.
    package var again: String?

    package init(undo: String? = nil, fix: String? = nil, again: String? = nil) {
        self.undo = undo
        self.fix = fix
        self.again = again
    }
}
