/// JSON for people to look at, whose long strings are cut.
enum ShortJSON {
    /// The longest string that is shown, in bytes.
    private static let limit = 1000

    /// The same JSON; a string of more bytes than that ends with `… (60000012 bytes)`.
    static func abridged(_ json: String) -> String {
        let bytes = Array(json.utf8)
        guard bytes.count > limit else { return json }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\"") else {
                result.append(bytes[index])
                index += 1
                continue
            }
            let start = index + 1
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
                end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            end = min(end, bytes.count)
            result.append(UInt8(ascii: "\""))
            append(bytes[start..<end], to: &result)
            result.append(UInt8(ascii: "\""))
            index = end + 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func append(_ string: ArraySlice<UInt8>, to result: inout [UInt8]) {
        guard string.count > limit else {
            result.append(contentsOf: string)
            return
        }
        var end = string.startIndex
        while true {
            let next = end + length(at: end, in: string)
            guard next <= string.startIndex + limit else { break }
            end = next
        }
        result.append(contentsOf: string[string.startIndex..<end])
        result.append(contentsOf: "… (\(string.count) bytes)".utf8)
    }

    /// The bytes of the character or escape that begins at an index.
    private static func length(at index: Int, in string: ArraySlice<UInt8>) -> Int {
        let byte = string[index]
        if byte == UInt8(ascii: "\\") {
            return index + 1 < string.endIndex && string[index + 1] == UInt8(ascii: "u") ? 6 : 2
        }
        return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    }
}
