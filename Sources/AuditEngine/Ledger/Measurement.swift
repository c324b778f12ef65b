import AuditModel

/// What one measuring of a check found.
struct Measurement: Sendable {
    var count: Int
    /// The first violations.
    var sample: Sample
    /// Rows that the check looked at.
    var scope: Int?
}

/// How the measuring of one check ended.
struct CheckMeasurement: Sendable {
    enum Result: Sendable {
        case violations(Measurement)
        case statistic(StatisticResult)
        /// It could not be measured, for the reason.
        case failed(String)
    }

    var result: Result
    /// The connection that measured it is gone.
    var connectionLost = false
    var seconds = 0.0

    init(_ result: Result) {
        self.result = result
    }

    /// Violations; nil for a statistic, and where nothing was measured.
    var count: Int? {
        if case .violations(let measurement) = result { measurement.count } else { nil }
    }

    /// How the check stands by this measuring alone.
    func status(_ severity: Severity) -> Status {
        switch result {
        case .violations(let measurement): measurement.count == 0 ? .clear : Status(violated: severity)
        case .statistic(let result): result.status
        case .failed: .error
        }
    }
}
