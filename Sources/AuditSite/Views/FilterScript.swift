import Hashing

/// The page's one script: the browser runs it because the page's policy names its digest, and runs no other.
enum FilterScript {
    /// The SHA-256 digest in base64, as a Content-Security-Policy has it.
    static func digest(_ script: String) -> String {
        base64(bytes(hexadecimal: SHA256.hex(of: script)))
    }

    private static func bytes(hexadecimal text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var result = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let chunk = bytes[start..<min(start + 3, bytes.count)]
            let bits = chunk.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - chunk.count))
            for place in 0...chunk.count { result.append(alphabet[bits >> (18 - 6 * place) & 63]) }
            result += String(repeating: "=", count: 3 - chunk.count)
        }
        return result
    }
}
