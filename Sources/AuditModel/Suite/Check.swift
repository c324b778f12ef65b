/// One check file: why it matters, how it is measured, and sometimes how it is repaired.
package struct Check: Sendable, Equatable, Identifiable {
    /// Lower-case words joined by hyphens; unique in its suite.
    package var id: String
    /// The file's first heading.
    package var title: String
    package var severity: Severity
    package var tags: [String]
    /// The file's text without front matter, title and SQL fences, as Markdown.
    package var documentation: String
    /// The file, as the user would type its path.
    package var path: String
    /// What the check does, with the statements it needs for that.
    package var work: Work
    /// Values of the named parameters that its statements use, from the check and from the suite.
    package var parameters: [String: ParameterValue]
    /// The column that names the user a row belongs to.
    package var user: String?

    package var kind: Kind {
        switch work {
        case .violations(let work): work.isOrphan ? .orphan : .integrity
        case .statistic: .statistic
        case .probe: .probe
        }
    }

    package init(
        id: String,
        title: String,
        severity: Severity = .error,
        tags: [String] = [],
        documentation: String = "",
        path: String,
        work: Work,
        parameters: [String: ParameterValue] = [:],
        user: String? = nil
    ) {
        self.id = id
        self.title = title
        self.severity = severity
        self.tags = tags
        self.documentation = documentation
        self.path = path
        self.work = work
        self.parameters = parameters
        self.user = user
    }
}

extension Check {
    /// The word that a check file gives as its `kind`.
    package enum Kind: String, Codable, Sendable, CaseIterable {
        case integrity, orphan, statistic, probe
    }

    /// The statements of a check, by what it does.
    package enum Work: Sendable, Equatable {
        /// Finds violations; kinds `integrity` and `orphan`.
        case violations(ViolationWork)
        /// Measures figures.
        case statistic(StatisticWork)
        /// Acts inside a transaction that is always rolled back, and looks at what happened.
        case probe(ProbeWork)
    }
}
