import RunRecords
import Testing

struct CSVTests {
    private func fields(_ record: String) -> [String?] {
        var fields: [String?] = []
        Array(record.utf8).withUnsafeBytes { bytes in
            CSV.forEachField(of: bytes) { _, field in
                fields.append(CSV.value(field).map { String(decoding: $0, as: UTF8.self) })
                return true
            }
        }
        return fields
    }

    @Test(
        arguments: [
            ("a,b\n", ["a", "b"]), ("\n", [nil]), (",\"\",\n", [nil, "", nil]), ("\"a,b\",c\n", ["a,b", "c"]),
            ("\"say \"\"hi\"\"\",x", ["say \"hi\"", "x"]), ("\"two\nlines\",\"\"\"\"\n", ["two\nlines", "\""]),
        ] as [(String, [String?])]
    )
    func readsWhatPostgresWrites(record: String, expected: [String?]) {
        #expect(fields(record) == expected)
    }

    @Test(arguments: ["plain", "a,b", "\"", "\"\"", "a\nb", "a\r", "", "\\.", "ü🙂", "=1+1", " "])
    func writesWhatItReads(value: String) {
        var line: [UInt8] = []
        Array(value.utf8).withUnsafeBytes { CSV.append($0, to: &line) }
        line.append(CSV.comma)
        CSV.append(nil, to: &line)
        #expect(fields(String(decoding: line, as: UTF8.self)) == [value, nil])
    }
}
