/// The documents of a run, which change together.
///
/// Each document is replaced in one step. A process that is killed leaves each one old or new, never half; since every
/// document tells by itself what it knows of runs, the next run brings those up to date that were missed.
package struct DocumentSet: Sendable {
    /// A document, and what a run makes of it.
    package struct Member: Sendable {
        package typealias Update = @Sendable (Document) throws(DocumentError) -> Document

        package let path: String
        package let mayBeMissing: Bool
        let update: Update

        /// - Parameters:
        ///   - mayBeMissing: the document is begun when it is not there.
        ///   - update: a pure function; it is called again when somebody changes the document meanwhile.
        package init(path: String, mayBeMissing: Bool, update: @escaping Update) {
            self.path = path
            self.mayBeMissing = mayBeMissing
            self.update = update
        }
    }

    private static let attempts = 20
    private static let lockSeconds = 30
    /// How long a document is tried again that somebody keeps changing.
    var patience = Duration.seconds(10)

    private let members: [Member]
    /// Called before documents are looked at for the last time, so that a test can change one.
    var beforeReplacing: (@Sendable () -> Void)?

    /// - Parameter members: one document may come several times, and is then updated by each in turn.
    package init(_ members: [Member]) {
        self.members = members
    }

    /// What would change; nothing is written or locked.
    package func changes() throws(DocumentError) -> [DocumentChange] {
        try plans(files()).map(\.change)
    }

    /// Changes the documents, and returns what was changed; a document without a change is not touched.
    @discardableResult
    package func write() throws(DocumentError) -> [DocumentChange] {
        let files = try files()
        let folders = Set(files.map(\.file.folder))
        var locks: [FolderLock] = []
        // In one order, so that two runs never wait for each other.
        for folder in folders.sorted() {
            locks.append(try FolderLock.wait(for: folder, seconds: Self.lockSeconds))
        }
        // The locks outlive what is done under them, whatever the optimizer thinks of their last use.
        defer { withExtendedLifetime(locks) { for entry in files { entry.file.discard() } } }
        var written: [DocumentChange] = []
        var changed = ""
        let end = ContinuousClock.now + patience
        for attempt in 0..<Self.attempts where attempt == 0 || ContinuousClock.now < end {
            let plans = try plans(files).filter(\.change.isChange)
            for plan in plans { try plan.file.prepare(plan.change.new, replacing: plan.contents) }
            beforeReplacing?()
            // All of them are compared first, so that most edits are noticed before anything changes.
            if let edited = try firstEdited(plans) {
                changed = edited
                continue
            }
            var isComplete = true
            for plan in plans {
                if let edited = try firstEdited([plan]) {
                    changed = edited
                    isComplete = false
                    continue
                }
                let names = HardLinks(of: plan.file.target, in: folders)
                try plan.file.replace(names)
                var change = plan.change
                change.lostNames = names.missing
                written.append(change)
            }
            for lock in locks { lock.synchronize() }
            if isComplete { return written }
        }
        throw DocumentError(
            .busy,
            "it is being changed all the time, so that it was not written; try again later",
            path: changed
        )
    }

    /// A file with all updates that it gets.
    private struct Target {
        let file: DocumentFile
        var members: [Member]
    }

    private struct Plan {
        let file: DocumentFile
        let contents: DocumentFile.Contents?
        let change: DocumentChange
    }

    /// Two paths can lead to one file, by symbolic links and by hard ones.
    private func files() throws(DocumentError) -> [Target] {
        var files: [Target] = []
        for member in members {
            let file = try DocumentFile(member.path)
            let same = files.firstIndex { other in
                other.file.target == file.target || file.identity != nil && other.file.identity == file.identity
            }
            if let index = same {
                files[index].members.append(member)
            } else {
                files.append(Target(file: file, members: [member]))
            }
        }
        return files
    }

    private func plans(_ targets: [Target]) throws(DocumentError) -> [Plan] {
        var plans: [Plan] = []
        for target in targets {
            let contents = try target.file.read()
            if contents == nil, !target.members.contains(where: \.mayBeMissing) {
                throw DocumentError(.unsuitable, "there is no such file; check the path", path: target.file.path)
            }
            do throws(DocumentError) {
                let old = try Document(bytes: contents?.bytes ?? [])
                var new = old
                for member in target.members { new = try member.update(new) }
                // A document that nothing was added to is not created.
                if contents == nil, new == old { continue }
                if new != old { try old.refuseConflict() }
                plans.append(
                    Plan(
                        file: target.file,
                        contents: contents,
                        change: DocumentChange(path: target.file.path, old: contents?.bytes, new: new.bytes)
                    )
                )
            } catch {
                var error = error
                if error.path.isEmpty { error.path = target.file.path }
                throw error
            }
        }
        return plans
    }

    /// The path of the first document that is not what was read any more.
    private func firstEdited(_ plans: [Plan]) throws(DocumentError) -> String? {
        for plan in plans where try plan.file.read() != plan.contents { return plan.file.path }
        return nil
    }
}
