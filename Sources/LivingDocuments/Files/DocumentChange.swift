/// A document before and after.
package struct DocumentChange: Sendable, Equatable {
    package let path: String
    /// Nil when the document is not there yet.
    package let old: [UInt8]?
    package let new: [UInt8]
    /// Other names of the file, which could not be found and keep the old text.
    package internal(set) var lostNames = 0

    package init(path: String, old: [UInt8]?, new: [UInt8]) {
        self.path = path
        self.old = old
        self.new = new
    }

    package var isChange: Bool { old != new }

    /// The change as `diff -u` would print it; empty when there is none.
    package var diff: String {
        guard isChange else { return "" }
        return UnifiedDiff.text(old: old ?? [], new: new, oldName: old == nil ? "/dev/null" : path, newName: path)
    }
}
