import AuditModel
import RunRecords

/// Writes the violations that were there when the run began and are not left, with what ended them.
struct EndedViolations {
    let check: String
    /// The findings of the beginning, and the users in the same order.
    let findings: String
    let identities: IdentityFile
    let folder: RunFolder
    let sampleRows: Int

    /// - Parameter tally: a user's counts for the check, by the user's number.
    /// - Returns: the first of them.
    func write(_ comparison: ViolationComparison, tally: (Int) -> UserTallies.Tally) throws -> Sample {
        var sample = Sample()
        guard comparison.ended > 0 else { return sample }
        var file = try folder.ended(of: check)
        var records = try RecordReader(findings)
        var users = try RecordReader(identities.path)
        var row = -1
        while try records.next({ record in
            defer { row += 1 }
            guard row >= 0 else {
                sample.columns = [Self.column] + ViolationRecorder.sampleRow(record).map { $0 ?? "" }
                try file.write("\(Self.column),".utf8)
                return try file.write(record)
            }
            guard let user = try IdentityFile.next(&users)?.user, comparison.isEnded(row) else { return }
            let how = Self.how(tally(user), ended: comparison.ended(of: user, before: tally(user).before))
            try file.write("\(how),".utf8)
            try file.write(record)
            if sample.rows.count < sampleRows { sample.rows.append([how] + ViolationRecorder.sampleRow(record)) }
        }) != nil {}
        try file.finish()
        return sample
    }

    private static let column = "how_it_ended"

    /// What ended a user's violations; it is known row by row only where all of them ended in one way.
    private static func how(_ tally: UserTallies.Tally, ended: Int) -> String {
        let repaired = max(0, tally.repaired)
        let ways = [
            (repaired > 0, "repaired"), (tally.gone > 0, "gone"),
            // It is there with other values, in a check without a key.
            (ended > repaired + tally.gone, "changed"),
        ]
        return ways.filter(\.0).map(\.1).joined(separator: " or ")
    }
}
