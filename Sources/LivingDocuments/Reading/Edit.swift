/// Bytes in place of other bytes.
struct Edit: Sendable {
    var range: Range<Int>
    var bytes: [UInt8]
}

extension Document {
    /// The document with edits that do not overlap; those at one place stay in their order, before what
    /// is replaced there.
    func applying(_ edits: [Edit]) -> Document {
        if edits.isEmpty { return self }
        let ordered = edits.enumerated().sorted {
            let (a, b) = ($0.element.range, $1.element.range)
            return (a.lowerBound, a.upperBound, $0.offset) < (b.lowerBound, b.upperBound, $1.offset)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.bytes.count })
        var copied = 0
        for (_, edit) in ordered {
            precondition(edit.range.lowerBound >= copied, "edits overlap")
            result += bytes[copied..<edit.range.lowerBound]
            result += edit.bytes
            copied = edit.range.upperBound
        }
        result += bytes[copied...]
        return Document(valid: result)
    }
}
