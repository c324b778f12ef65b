package import AuditModel

extension Selection {
    /// The options of the command line that narrowed a run; none for a run of everything.
    package var options: [String] {
        checks.map { "--check \($0)" } + tags.map { "--tag \($0)" } + [user].compactMap { $0 }.map { "--user \($0)" }
    }
}
