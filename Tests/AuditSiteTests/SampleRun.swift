import AuditModel

/// The runs of the snapshots, by the name of their files.
enum SampleRun: String, CaseIterable {
    case rich, fix, clear, incomplete, undo, narrowed, refused, unmeasured
    case dryRun = "dry-run"

    var run: Run {
        switch self {
        case .rich: SampleRuns.rich
        case .fix: SampleRuns.fixed(.fix)
        case .dryRun: SampleRuns.fixed(.dryRun)
        case .undo: SampleRuns.undone(.undo)
        case .clear: SampleRuns.clear
        case .incomplete: SampleRuns.incomplete
        case .narrowed: SampleRuns.narrowed
        case .refused: SampleRuns.refused
        case .unmeasured: SampleRuns.unmeasured
        }
    }
}
