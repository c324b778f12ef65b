import AuditModel

/// `users.csv`: what each affected user has of each check.
enum UsersFile {
    static func write(_ users: UserTallies, to path: String) throws(OutputError) {
        var file = try FileWriter.create(path)
        try file.write(CSV.line(["user", "label", "check", "before", "repaired", "after"]))
        let checks = users.checks.indices.sorted { users.checks[$0] < users.checks[$1] }
        for user in users.sortedByID() {
            for check in checks {
                let tally = users.tally(check: check, user: user)
                guard tally != UserTallies.Tally() else { continue }
                try file.write(
                    CSV.line([
                        users.id(user), users.label(user) ?? "", users.checks[check],
                        String(tally.before), String(tally.repaired), String(tally.after),
                    ])
                )
            }
        }
        try file.finish()
    }
}
