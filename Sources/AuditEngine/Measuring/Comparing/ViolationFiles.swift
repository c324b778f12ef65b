import AuditModel
import Glibc
import RunRecords

/// The files into which a check's violations stream.
///
/// A run that only measures writes the findings where readers look. One that writes measures twice: the findings of the
/// beginning lie aside until it is known what is left, and the identities of both beside them.
struct ViolationFiles {
    let check: String
    let phase: UserTallies.Phase
    let context: MeasuringContext

    private var isWriting: Bool { context.settings.isWriting }

    func createFindings() throws(OutputError) -> FileWriter {
        guard isWriting, phase == .before else { return try context.folder.findings(of: check) }
        return try FileWriter.create(earlierFindings)
    }

    func createIdentities() throws(OutputError) -> FileWriter? {
        guard isWriting else { return nil }
        return try FileWriter.create(identities.path)
    }

    /// Removes what a measuring that failed has left.
    func remove() {
        guard isWriting else { return context.folder.removeFindings(of: check) }
        if let path = try? identities.path { unlink(path) }
        if phase == .before, let path = try? earlierFindings {
            unlink(path)
        } else {
            context.folder.removeFindings(of: check)
        }
    }

    var earlierFindings: String {
        get throws(OutputError) { try context.folder.scratch("\(check).csv") }
    }

    var identities: IdentityFile {
        get throws(OutputError) { IdentityFile(path: try context.folder.scratch("\(check).\(phase)")) }
    }
}
