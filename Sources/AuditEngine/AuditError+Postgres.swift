import Postgres

extension AuditError {
    /// What keeps a run from writing, while what it measured stands; nil for what ends the run.
    init?(obstacle error: any Error) {
        switch error {
        case let error as PostgresError where error.kind != .cancelled: self.init(error)
        case let error as AuditError: self = error
        default: return nil
        }
    }

    /// What the loss or refusal of a connection is to a run.
    init(_ error: PostgresError) {
        switch error.kind {
        case .cancelled: self = .cancelled(committed: nil, run: nil)
        case .privilege where error.stage != .connect:
            self = .notPermitted("\(error) `assay sql roles` prints what a reader and a fixer need.")
        case .authentication, .privilege: self = .refused(error)
        case .settings: self = .wrongSettings(error)
        case .unkept: self = .unkept(error)
        case .unreachable: self = .unreachable(error)
        case .other where error.stage != .connect && error.sqlState?.errorClass == "42":
            self = .notPermitted(
                "\(error) It was a statement of the run itself: is the journal in schema assay whole? An administrator "
                    + "creates what is missing with `assay sql journal`."
            )
        case .timeout, .other:
            self = error.stage == .connect || error.connectionLost ? .unreachable(error) : .failed(error)
        }
    }
}
