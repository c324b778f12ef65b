import AuditModel

/// The runs of the snapshots, by the name of their files.
enum SampleRun: String, CaseIterable {
    case rich, fix, clear, incomplete
    case dryRun = "dry-run"

    var run: Run {
        switch self {
        case .rich: SampleRuns.rich
        case .fix: SampleRuns.fixed(.fix)
        case .dryRun: SampleRuns.fixed(.dryRun)
        case .clear: SampleRuns.clear
        case .incomplete: SampleRuns.incomplete
        }
    }
}
