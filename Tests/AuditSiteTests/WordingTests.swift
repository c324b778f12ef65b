import AuditModel
import Testing
import Wording

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
        ("0", "0"), ("0.75", "0.75"), ("12418", "12,418"), ("12345.6789", "12,345.679"), ("-0.5", "-0.5"),
        ("1e+20", "100,000,000,000,000,000,000"), ("1e+308", "1e308"), ("0.00001", "0.00001"), ("99.9996", "100"),
        ("-1234.5", "-1,234.5"), ("9007199254740993", "9,007,199,254,740,993"), ("-0.0004", "-0.0004"),
        ("3.3333333333333333", "3.333"), ("0.90", "0.9"), ("1e-12", "1e-12"),
    ])
    func numbers(text: String, shown: String) throws {
        #expect(try #require(DecimalNumber(text)).grouped == shown)
    }

    @Test(
        arguments: [
            (0, "0.0"), (1, "100.0"), (0.974, "97.4"), (0.9996, "99.96"), (0.000_04, "0.004"), (0.5, "50.0"),
            (0.999_999_9, "100.0000"), (12.5, "1,250.0"), (-0.25, "-25.0"),
        ] as [(DecimalNumber, String)]
    )
    func percent(share: DecimalNumber, text: String) {
        #expect(share.percent == text + "\u{A0}%")
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
        (
            "< 0.80" as String?, "< 0.95" as String?, FigureFormat.percent,
            "fails below 80\u{A0}%, warns below 95\u{A0}%"
        ),
        (nil, "> 12000", .number, "warns above 12,000"),
        ("!= 0", nil, .number, "fails at anything but 0"),
        (">= 0.005", nil, FigureFormat.percent, "fails at 0.5\u{A0}% or above"),
        ("odd", nil, .number, "fails odd"), ("<= 3", nil, .number, "fails at 3 or below"),
        ("> 3600", nil, .duration, "fails above 1 h 0 min"), (nil, "> 1073741824", .size, "warns above 1\u{A0}GB"),
        ("> 9007199254740992", nil, .number, "fails above 9,007,199,254,740,992"),
        ("< 0.99995", nil, .percent, "fails below 99.995\u{A0}%"),
    ])
    func limits(error: String?, warning: String?, format: FigureFormat, text: String) {
        #expect(LimitText.of(AppliedLimit(error: error, warning: warning, broken: nil), format: format) == text)
    }

    @Test(
        arguments: [
            ("success_rate", 0.9, nil, .percent), ("success_rate", 3, nil, .number), ("rate", 0.9, nil, .number),
            ("a_share", 1, nil, .percent), ("rate", 0.9, .percent, .percent), ("exchange_rate", 0.9, .number, .number),
        ] as [(String, DecimalNumber, FigureFormat?, FigureFormat)]
    )
    func formats(name: String, value: DecimalNumber, format: FigureFormat?, shown: FigureFormat) {
        let figure = Figure(name: name, before: .number(value), after: .number(value), format: format)
        #expect(figure.shownFormat == shown)
    }

    @Test(
        arguments: [
            (.number, "–", nil), (.percent, "Infinity", .text("Infinity")), (.duration, "1 min 5 s", .number(65)),
            (.duration, "-4.2 s", .number(-4.2)), (.duration, "1,000,000,000,000 s", .number(1_000_000_000_000)),
            (.size, "1,023\u{A0}bytes", .number(1023)), (.size, "1.5\u{A0}kB", .number(1536)),
            (.size, "12\u{A0}MB", .number(12_582_912)), (.size, "-2\u{A0}kB", .number(-2048)),
        ] as [(FigureFormat, String, FigureValue?)]
    )
    func figures(format: FigureFormat, text: String, value: FigureValue?) {
        #expect(format.text(value) == text)
    }

    @Test func `F14: a limit tells how the users stand to it`() {
        var limit = AppliedLimit(error: "< 0.80", warning: nil, broken: .error)
        limit.users = LimitedUsers(measured: 3, past: 2, worst: "ann@example.org")
        let figure = Figure(name: "success_rate", before: nil, after: .number(0.5), limit: limit)
        #expect(
            figure.limitText(UserTallies(checks: []))
                == "fails below 80\u{A0}%: 2 of 3 users are past, the worst is the user ann@example.org with 50.0\u{A0}%"
        )
        limit.users = LimitedUsers(measured: 1, past: 0, worst: "ann")
        let kept = Figure(name: "success_rate", before: nil, after: .number(0.9), limit: limit)
        #expect(
            kept.limitText(UserTallies(checks: []))
                == "fails below 80\u{A0}%: none of 1 user is past, the worst is the user ann with 90.0\u{A0}%"
        )
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
    func base64(text: String, encoded: String) {
        #expect(FilterScript.base64(Array(text.utf8)) == encoded)
    }
}
