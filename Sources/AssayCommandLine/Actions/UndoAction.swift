import AuditModel

/// Takes the repairs of a run back, writes record and pages, and prints what came back.
struct UndoAction: Sendable {
    let plan: AuditPlan
    let edge: CommandEdge

    func perform() async throws(Failure) -> ExitStatus {
        let action = AuditAction(plan: plan, edge: edge)
        do throws(Failure) {
            let published = try await action.audit()
            let status = status(of: published)
            try action.conclude(published, status: status)
            return status
        } catch {
            guard error.status == .success else { throw error }
            // Nothing is left to take back, which is no failure.
            if !plan.isQuiet { Terminal.error("assay: \(error.message.visibleLines)\n") }
            return .success
        }
    }

    /// Rows that stay make an undo a part of one.
    private func status(of published: AuditAction.Published) -> ExitStatus {
        let status = AuditAction.status(of: published, failOn: plan.failOn)
        let isWhole = published.run.checks.allSatisfy { ($0.left ?? 0) == 0 }
        return status == .success && !isWhole ? .violations : status
    }
}
