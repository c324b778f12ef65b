/// The changes of an inserted row, made of its image here: the server would take longer for them than for the insertion.
enum InsertedValues {
    /// Of `{"a": 1, "b": null}` it is `{"a": [null, 1]}`; nil where all values are NULL.
    ///
    /// - Parameter image: an object as `jsonb` prints it.
    static func changes(of image: UnsafeRawBufferPointer) -> [UInt8]? {
        var result: [UInt8] = []
        var index = 1
        while index < image.count, image[index] == UInt8(ascii: "\"") {
            let key = index..<end(ofString: index, in: image)
            let value = key.upperBound + 2..<end(ofValue: key.upperBound + 2, in: image)
            if !image[value].elementsEqual("null".utf8) {
                result.append(contentsOf: (result.isEmpty ? "{" : ", ").utf8)
                result.append(contentsOf: image[key])
                result.append(contentsOf: ": [null, ".utf8)
                result.append(contentsOf: image[value])
                result.append(UInt8(ascii: "]"))
            }
            index = value.upperBound + 2
        }
        guard !result.isEmpty else { return nil }
        result.append(UInt8(ascii: "}"))
        return result
    }

    /// Behind the closing quote of the string that begins at an index.
    private static func end(ofString start: Int, in image: UnsafeRawBufferPointer) -> Int {
        var index = start + 1
        while index < image.count, image[index] != UInt8(ascii: "\"") {
            index += image[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, image.count)
    }

    /// Where the comma or brace stands that follows the value.
    private static func end(ofValue start: Int, in image: UnsafeRawBufferPointer) -> Int {
        var index = start
        var depth = 0
        while index < image.count {
            switch image[index] {
            case UInt8(ascii: "\""):
                index = end(ofString: index, in: image)
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
                if depth == 0 { return index }
                if image[index] != UInt8(ascii: ",") { depth -= 1 }
            default: break
            }
            index += 1
        }
        return index
    }
}
