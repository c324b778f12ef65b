import AuditModel
import Foundation
import Testing

struct DecimalNumberTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("007", "7"), ("0.90", "0.9"), (".5", "0.5"), ("5.", "5"), ("+1.50", "1.5"),
        ("-12.34", "-12.34"), ("1e+308", "1e308"), ("1.25E-3", "0.00125"), ("1200e-2", "12"), ("123e5", "12300000"),
        ("5e-324", "5e-324"), ("9007199254740993", "9007199254740993"), ("-1e-7", "-1e-7"),
    ])
    func reads(text: String, description: String) throws {
        #expect(try #require(DecimalNumber(text)).description == description)
    }

    @Test(arguments: [
        "", "-", ".", "e5", "1e", "1e99999999999999999999", "-1e-9223372036854775808", "NaN", "Infinity", "0x10",
        "1_000", "1 ",
        "$12", "t", "1.2.3", "12:00", "٣",
    ])
    func refuses(text: String) {
        #expect(DecimalNumber(text) == nil)
    }

    /// From small to large.
    private static let ordered = [
        "-1e400", "-9007199254740993", "-9007199254740992", "-1.5", "-1.25", "-0.001", "0", "5e-324", "0.1", "0.8",
        "0.80000001",
        "1", "9.99", "10", "10.01", "9007199254740992", "9007199254740993", "123456789012345678", "1e400",
    ]

    @Test func compares() throws {
        let numbers = Self.ordered.compactMap(DecimalNumber.init)
        #expect(numbers.count == Self.ordered.count)
        for (a, first) in numbers.enumerated() {
            for (b, second) in numbers.enumerated() {
                #expect((first < second) == (a < b) && (first == second) == (a == b), "\(first) and \(second)")
            }
        }
        #expect(DecimalNumber("0.80") == 0.8 && DecimalNumber("1e3") == 1000)
    }

    @Test func addsAsWholeNumbersDo() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let a = Int.random(in: -1_000_000...1_000_000, using: &random)
            let b = Int.random(in: -1000...1000, using: &random)
            #expect(DecimalNumber(a) + DecimalNumber(b) == DecimalNumber(a + b))
            let shifted = DecimalNumber(a).shifted(by: -3) + DecimalNumber(b).shifted(by: -3)
            #expect(shifted == DecimalNumber(a + b).shifted(by: -3))
        }
        #expect((DecimalNumber("1e30") ?? 0) + 0.5 == DecimalNumber("1000000000000000000000000000000.5"))
    }

    @Test(arguments: [
        ("12.3456", 2, "12.35"), ("12.344", 2, "12.34"), ("-0.5", 0, "-1"), ("0.4999", 0, "0"), ("99.995", 2, "100"),
        ("7", 3, "7"), ("0.0004", 3, "0"), ("0.0005", 3, "0.001"), ("1e-30", 2, "0"),
    ])
    func rounds(text: String, decimals: Int, rounded: String) throws {
        #expect(try #require(DecimalNumber(text)).rounded(decimals: decimals) == DecimalNumber(rounded))
    }

    @Test(arguments: [
        ("9007199254740993", "9007199254740993"), ("123456789012345678", "123456789012345678"), ("0.90", "0.9"),
        ("-0.1", "-0.1"),
        ("0.33333333333333333333", "0.33333333333333333333"), ("1e308", "1e+308"), ("2e308", "\"2e308\""),
        (
            "12345678901234567890123456789012345678901234567890",
            "\"12345678901234567890123456789012345678901234567890\""
        ),
    ])
    func `F20: JSON has all digits of a number`(text: String, json: String) throws {
        let value = FigureValue.number(try #require(DecimalNumber(text)))
        let encoded = try JSONEncoder().encode([value])
        #expect(String(decoding: encoded, as: UTF8.self) == "[\(json)]")
        #expect(try JSONDecoder().decode([FigureValue].self, from: encoded) == [value])
    }

    @Test(arguments: ["Infinity", "NaN", "t", "$12.00", "12", "10 days", ""])
    func `A1: JSON has what is no number as a string`(text: String) throws {
        let encoded = try JSONEncoder().encode([FigureValue.text(text)])
        #expect(String(decoding: encoded, as: UTF8.self) == "[\"\(text)\"]")
        #expect(try JSONDecoder().decode([FigureValue].self, from: encoded) == [.text(text)])
    }

    @Test func `records of format 1 have doubles`() throws {
        let old = Data("[12418, 0.75, 9007199254740992, 1e-05, null]".utf8)
        let values = try JSONDecoder().decode([FigureValue?].self, from: old)
        #expect(values == [.number(12418), .number(0.75), .number(9_007_199_254_740_992), .number(0.000_01), nil])
    }
}
