import AuditModel

/// `users.csv`: what each affected user has of each check.
enum UsersFile {
    static func write(_ users: UserTallies, to path: String) throws(OutputError) {
        var file = try FileWriter.create(path)
        try file.write(CSV.line(["user", "label", "check", "before", "repaired", "gone", "new", "after"]))
        let checks = users.checks.indices.sorted { users.checks[$0] < users.checks[$1] }
        var line: [UInt8] = []
        for user in users.sortedByID() {
            for check in checks {
                let tally = users.tally(check: check, user: user)
                guard tally != UserTallies.Tally() else { continue }
                line.removeAll(keepingCapacity: true)
                users.appendFields(of: user, to: &line)
                CSV.append(users.checks[check], to: &line)
                for count in [tally.before, tally.repaired, tally.gone, tally.new, tally.after] {
                    line.append(CSV.comma)
                    line.append(contentsOf: String(count).utf8)
                }
                line.append(CSV.newline)
                try file.write(line)
            }
        }
        try file.finish()
    }
}

extension UserTallies {
    /// Appends a user's id and label, each with a comma behind it, as the bytes that the server sent.
    func appendFields(of user: Int, to line: inout [UInt8]) {
        withID(user) { CSV.append($0.isEmpty ? nil : $0, to: &line) }
        line.append(CSV.comma)
        withLabel(user) { label in CSV.append(label.flatMap { $0.isEmpty ? nil : $0 }, to: &line) }
        line.append(CSV.comma)
    }
}
