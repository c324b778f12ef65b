/// Comma-separated values as PostgreSQL's `COPY … CSV` writes them: NULL is empty, an empty text is `""`.
package enum CSV {
    /// Appends one field to a line; nil is NULL.
    ///
    /// - Parameter isAlone: the line has no other field, so that `\.` would be taken for the end of the data.
    package static func append(_ field: UnsafeRawBufferPointer?, to line: inout [UInt8], isAlone: Bool = false) {
        guard let field else { return }
        let isQuoted =
            field.isEmpty || (isAlone && field.count == 2 && field.elementsEqual(#"\."#.utf8))
            || field.contains { $0 == comma || $0 == quote || $0 == newline || $0 == carriageReturn }
        guard isQuoted else {
            line.append(contentsOf: field)
            return
        }
        line.append(quote)
        for byte in field {
            if byte == quote { line.append(quote) }
            line.append(byte)
        }
        line.append(quote)
    }

    /// Appends a text as a field; an empty one as NULL.
    package static func append(_ text: String, to line: inout [UInt8], isAlone: Bool = false) {
        guard !text.isEmpty else { return }
        var text = text
        text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &line, isAlone: isAlone) }
    }

    /// One line with its line feed, of texts.
    package static func line(_ fields: [String]) -> [UInt8] {
        var line: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { line.append(comma) }
            append(field, to: &line, isAlone: fields.count == 1)
        }
        line.append(newline)
        return line
    }

    /// Calls a body with the raw fields of one record, quotes and all; a line feed at its end is no part of a field.
    package static func forEachField(
        of record: UnsafeRawBufferPointer,
        _ body: (_ index: Int, _ field: Slice<UnsafeRawBufferPointer>) throws -> Bool
    ) rethrows {
        var end = record.count
        if end > 0, record[end - 1] == newline { end -= 1 }
        var start = 0
        var index = 0
        var isQuoted = false
        for position in 0...end {
            if position < end, record[position] == quote { isQuoted.toggle() }
            guard position == end || (record[position] == comma && !isQuoted) else { continue }
            guard try body(index, record[start..<position]) else { return }
            start = position + 1
            index += 1
        }
    }

    /// The value of a raw field; nil is NULL.
    package static func value(_ field: Slice<UnsafeRawBufferPointer>) -> [UInt8]? {
        guard let first = field.first else { return nil }
        guard first == quote else { return Array(field) }
        var value: [UInt8] = []
        value.reserveCapacity(field.count)
        var isEscape = false
        for byte in field.dropFirst().dropLast() {
            if byte == quote {
                isEscape.toggle()
                if isEscape { continue }
            }
            value.append(byte)
        }
        return value
    }

    package static let comma = UInt8(ascii: ",")
    package static let newline = UInt8(ascii: "\n")
    private static let quote = UInt8(ascii: "\"")
    private static let carriageReturn = UInt8(ascii: "\r")
}
