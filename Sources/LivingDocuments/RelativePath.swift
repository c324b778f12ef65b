/// The way from one file to another as a link has it: relative, percent-encoded.
package enum RelativePath {
    /// The way from a file's folder to another path; empty when that is the folder itself.
    ///
    /// Both are absolute, or relative to the same folder.
    package static func way(from file: String, to path: String) -> String {
        var folder = parts(file)
        if !folder.isEmpty { folder.removeLast() }
        let target = parts(path)
        let shared = zip(folder, target).prefix { $0 == $1 }.count
        let way = Array(repeating: "..", count: folder.count - shared) + target[shared...]
        return way.map(encoded).joined(separator: "/")
    }

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

    /// An address as a link in Markdown has it.
    static func inLink(_ address: String) -> String {
        address.unicodeScalars.map { "()<>\\\"".unicodeScalars.contains($0) ? encoded(String($0)) : String($0) }
            .joined()
    }

    static func encoded(_ name: String) -> String {
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
