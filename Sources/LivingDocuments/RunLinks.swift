import AuditModel

/// The way from a document to the pages of runs.
package struct RunLinks: Sendable {
    /// The relative path of the output folder, percent-encoded, with `/` at its end.
    private let base: String

    /// - Parameters:
    ///   - document: the document's path.
    ///   - output: the path of the output folder; both absolute, or relative to the same folder.
    package init(from document: String, to output: String) {
        var folder = Self.parts(document)
        if !folder.isEmpty { folder.removeLast() }
        let target = Self.parts(output)
        let shared = zip(folder, target).prefix { $0 == $1 }.count
        let way = Array(repeating: "..", count: folder.count - shared) + target[shared...]
        base = way.map { Self.encoded($0) + "/" }.joined()
    }

    func page(of run: RunID) -> String { "\(base)runs/\(run)/index.html" }

    func users(of run: RunID) -> String { "\(base)runs/\(run)/users.csv" }

    /// The names of a path, without `.` and with `..` taken back where that is possible.
    private static func parts(_ path: String) -> [String] {
        var parts: [String] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(String(part))
            }
        }
        return parts
    }

    private static func encoded(_ name: String) -> String {
        var result = ""
        for byte in name.utf8 {
            if byte.isWordByte || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
