import AuditModel
import Testing

@testable import AuditSite
@testable import Templating

struct WordingTests {
    @Test(arguments: [
        (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12_418, "12,418"), (1_234_567, "1,234,567"),
        (-1200, "-1,200"),
    ])
    func wholeNumbers(number: Int, text: String) {
        #expect(number.grouped == text)
    }

    @Test(arguments: [
        (0, "0"), (0.75, "0.75"), (12_418, "12,418"), (12_345.6789, "12,345.679"), (-0.5, "-0.5"), (1e20, "1e+20"),
        (0.000_01, "1e-05"), (99.9996, "100"),
    ])
    func numbers(number: Double, text: String) {
        #expect(number.grouped == text)
    }

    @Test(arguments: [
        (0, "0.0 %"), (1, "100.0 %"), (0.974, "97.4 %"), (0.9996, "99.96 %"), (0.000_04, "0.004 %"), (0.5, "50.0 %"),
        (0.999_999_9, "100.0000 %"),
    ])
    func percent(share: Double, text: String) {
        #expect(share.percent == text)
    }

    @Test(arguments: [
        (0, "0 ms"), (118, "118 ms"), (999, "999 ms"), (1000, "1.0 s"), (4200, "4.2 s"), (59_949, "59.9 s"),
        (59_960, "1 min 0 s"), (65_000, "1 min 5 s"), (3_599_700, "1 h 0 min"), (7_500_000, "2 h 5 min"), (-5, "0 ms"),
    ])
    func durations(milliseconds: Int, text: String) {
        #expect(DurationText.of(milliseconds: milliseconds) == text)
    }

    @Test func dates() {
        let time = Timestamp(milliseconds: SampleRuns.start + 118)
        #expect(time.text == "23 November 2026, 03:15 UTC")
        #expect(time.exactText == "2026-11-23 03:15:00.118 UTC")
    }

    @Test(arguments: [
        ("< 0.80" as String?, "< 0.95" as String?, true, "fails below 80 %, warns below 95 %"),
        (nil, "> 12000", false, "warns above 12,000"),
        ("!= 0", nil, false, "fails at anything but 0"), (">= 0.005", nil, true, "fails at 0.5 % or above"),
        ("odd", nil, false, "fails odd"), ("<= 3", nil, false, "fails at 3 or below"),
    ])
    func limits(error: String?, warning: String?, isShare: Bool, text: String) {
        #expect(LimitText.of(AppliedLimit(error: error, warning: warning, broken: nil), isShare: isShare) == text)
    }

    @Test(arguments: [
        ("success_rate", 0.9, true), ("success_rate", 3, false), ("rate", 0.9, false), ("a_share", 1, true),
    ])
    func shares(name: String, value: Double, isShare: Bool) {
        #expect(Figure(name: name, before: .number(value), after: .number(value)).isShare == isShare)
    }

    @Test(arguments: [("user", "user", 0), ("useer", "user", 1), ("", "abc", 3), ("kitten", "sitting", 3)])
    func distances(a: String, b: String, distance: Int) {
        #expect(NearestName.distance(a, b) == distance)
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
    func base64(text: String, encoded: String) {
        #expect(FilterScript.base64(Array(text.utf8)) == encoded)
    }
}
