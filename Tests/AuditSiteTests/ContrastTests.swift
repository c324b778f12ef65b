import FoundationEssentials
import Glibc
import TestSupport
import Testing

struct ContrastTests {
    /// WCAG 2.2, 1.4.3 (level AA): text has a contrast of at least 4.5 to 1 with what is behind it.
    @Test(arguments: [
        ("ink", "paper"), ("quiet", "paper"), ("accent", "paper"), ("ink", "panel"), ("quiet", "panel"),
        ("accent", "panel"),
        ("bad", "bad-soft"), ("warning", "warning-soft"), ("good", "good-soft"), ("unknown", "unknown-soft"),
        ("ink", "unknown-soft"), ("accent", "unknown-soft"), ("bad", "paper"), ("warning", "paper"),
    ])
    func isEnoughInBothSchemes(text: String, behind: String) throws {
        let path = "\(projectRoot)/templates/partials/style.css.mustache"
        let style = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        for scheme in 0...1 {
            let front = try luminance(of: text, scheme: scheme, in: style)
            let back = try luminance(of: behind, scheme: scheme, in: style)
            let contrast = (max(front, back) + 0.05) / (min(front, back) + 0.05)
            #expect(contrast >= 4.5, "\(text) on \(behind) in \(["light", "dark"][scheme]): \(contrast)")
        }
    }

    private func luminance(of name: String, scheme: Int, in style: String) throws -> Double {
        let values = style.split(separator: " --\(name): #").dropFirst().map { $0.prefix { $0.isHexDigit } }
        let value = try #require(values.count == 2 ? values[scheme] : nil)
        let digits = value.count == 3 ? value.flatMap { [$0, $0] } : Array(value)
        let parts = try ([0, 2, 4] as [Int]).map { start -> Double in
            let part = Double(try #require(Int(String(digits[start...(start + 1)]), radix: 16))) / 255
            return part <= 0.04045 ? part / 12.92 : Glibc.pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
