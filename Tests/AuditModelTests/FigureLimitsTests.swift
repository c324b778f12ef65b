import AuditModel
import Testing

struct FigureLimitsTests {
    @Test(arguments: [(0.79, Severity.error), (0.90, .warning), (0.95, nil), (1, nil)] as [(DecimalNumber, Severity?)])
    func theGravestBrokenLimitCounts(value: DecimalNumber, expected: Severity?) {
        let limits = FigureLimits(
            error: .init(.less, 0.8, description: "< 0.80"),
            warning: .init(.less, 0.95, description: "< 0.95")
        )
        #expect(limits.broken(by: value) == expected)
    }

    @Test(arguments: [
        (FigureLimits.Limit.Comparison.less, [true, false, false]), (.lessOrEqual, [true, true, false]),
        (.greater, [false, false, true]), (.greaterOrEqual, [false, true, true]), (.equal, [false, true, false]),
        (.notEqual, [true, false, true]),
    ])
    func comparesAsWritten(comparison: FigureLimits.Limit.Comparison, expected: [Bool]) {
        let limit = FigureLimits.Limit(comparison, 10, description: "")
        #expect(([9, 10, 11] as [DecimalNumber]).map(limit.isPast) == expected)
    }
}
