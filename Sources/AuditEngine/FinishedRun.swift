package import AuditModel

/// A run that measured all it could.
package struct FinishedRun: Sendable {
    package var run: Run
    /// What kept it from repairing, such as a missing privilege; nil when nothing did.
    package var obstacle: AuditError?
}
