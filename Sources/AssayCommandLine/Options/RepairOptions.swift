internal import ArgumentParser

/// Whether and how a run repairs.
struct RepairOptions: ParsableArguments {
    @Flag(help: "Repair what the checks know how to repair, and measure again.")
    var fix = false

    @Flag(help: "With --fix: do all of it, and roll it back.")
    var dryRun = false

    @Option(help: ArgumentHelp("Repair in transactions of at most so many rows.", valueName: "rows"))
    var batch: Int?

    @Option(help: ArgumentHelp("Wait so long between two batches, such as 200ms or 2s.", valueName: "time"))
    var pause: String?

    @Option(
        help: ArgumentHelp(
            "Accept the cluster with this system identifier, although the last run found another.",
            valueName: "identifier"
        )
    )
    var expectCluster: String?

    func validate() throws {
        if !fix, dryRun || batch != nil || pause != nil {
            throw ValidationError("--dry-run, --batch and --pause go with --fix")
        }
        if let batch, batch < 1 { throw ValidationError("--batch takes a whole number from 1") }
        if pause != nil, batch == nil { throw ValidationError("--pause goes with --batch") }
        if let pause, Self.duration(pause) == nil {
            throw ValidationError("--pause takes a whole number with a unit: 200ms, 2s or 1min")
        }
    }

    /// Reads a time such as `200ms`.
    static func duration(_ text: String) -> Duration? {
        guard let match = text.wholeMatch(of: /([0-9]{1,9}) ?(ms|s|min)/), let number = Int(match.1) else { return nil }
        return switch match.2 {
        case "ms": .milliseconds(number)
        case "s": .seconds(number)
        default: .seconds(number * 60)
        }
    }
}
