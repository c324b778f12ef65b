/// Why a command ends without its result: what to say on standard error, and the exit code.
struct Failure: Error, CustomStringConvertible {
    let status: ExitStatus
    let message: String
    /// The message tells what was changed, and is said whatever ended the work.
    let tellsChanges: Bool

    init(_ status: ExitStatus, _ message: String, tellsChanges: Bool = false) {
        self.status = status
        self.message = message
        self.tellsChanges = tellsChanges
    }

    var description: String { message }
}
