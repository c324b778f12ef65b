import AuditModel
import RunRecords

/// Takes a check's violations one by one: into its file, into the tallies, the first ones into the sample.
struct ViolationRecorder: ~Copyable {
    private(set) var count = 0
    private(set) var sample: Sample
    private var file: FileWriter
    private let sampleRows: Int
    private let userColumn: Int?
    private let check: Int
    private let tallies: TallyBook

    init(
        columns: [String],
        userColumn: Int?,
        check: Int,
        sampleRows: Int,
        tallies: TallyBook,
        file: consuming FileWriter
    ) throws(OutputError) {
        sample = Sample(columns: columns, rows: [])
        self.sampleRows = sampleRows
        self.userColumn = userColumn
        self.check = check
        self.tallies = tallies
        self.file = file
        try self.file.write(CSV.line(columns))
    }

    /// Takes one violation, a CSV record with its line feed.
    mutating func record(_ record: UnsafeRawBufferPointer) throws(OutputError) {
        try file.write(record)
        count += 1
        if let userColumn {
            let (check, tallies) = (check, tallies)
            CSV.forEachField(of: record) { index, field in
                guard index == userColumn else { return true }
                Self.tally(field, check: check, in: tallies)
                return false
            }
        }
        if sample.rows.count < sampleRows { sample.rows.append(Self.sampleRow(record)) }
    }

    /// Closes the file and counts violations that name no user.
    mutating func finish() throws(OutputError) {
        try file.finish()
        if userColumn == nil, count > 0 {
            let (check, count) = (check, count)
            tallies.with { $0.add("", check: check, phase: .before, times: count) }
        }
    }

    private static func tally(_ field: Slice<UnsafeRawBufferPointer>, check: Int, in tallies: TallyBook) {
        if field.first == UInt8(ascii: "\"") {
            (CSV.value(field) ?? []).withUnsafeBytes { user in
                nonisolated(unsafe) let user = user
                tallies.with { $0.add(user, check: check, phase: .before) }
            }
        } else {
            nonisolated(unsafe) let user = UnsafeRawBufferPointer(rebasing: field)
            tallies.with { $0.add(user, check: check, phase: .before) }
        }
    }

    private static func sampleRow(_ record: UnsafeRawBufferPointer) -> [String?] {
        var row: [String?] = []
        CSV.forEachField(of: record) { _, field in
            row.append(CSV.value(field).map(abridged))
            return true
        }
        return row
    }

    /// The longest value that a sample shows, in bytes.
    private static let valueLimit = 1000

    /// A value for people: invalid UTF-8 replaced, and cut when long.
    private static func abridged(_ value: [UInt8]) -> String {
        guard value.count > valueLimit else { return String(decoding: value, as: UTF8.self) }
        var end = valueLimit
        // Not in the middle of a character.
        while end > 0, value[end] & 0b1100_0000 == 0b1000_0000 { end -= 1 }
        return String(decoding: value[..<end], as: UTF8.self) + "… (\(value.count) bytes)"
    }
}
