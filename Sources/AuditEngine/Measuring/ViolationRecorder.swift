import AuditModel
import RunRecords

/// Takes a check's violations one by one: into its file, into the tallies, the first ones into the sample.
struct ViolationRecorder: ~Copyable {
    private(set) var count = 0
    private(set) var sample: Sample
    private var file: FileWriter
    /// Set when the violations are to be compared with those of another moment.
    private var identities: FileWriter?
    private let identity: RowIdentity
    private let sampleRows: Int
    private let userColumn: Int?
    private let check: Int
    private let phase: UserTallies.Phase
    private let tallies: TallyBook

    init(
        columns: [String],
        userColumn: Int?,
        identity: RowIdentity,
        check: Int,
        phase: UserTallies.Phase,
        sampleRows: Int,
        tallies: TallyBook,
        file: consuming FileWriter,
        identities: consuming FileWriter?
    ) throws(OutputError) {
        sample = Sample(columns: columns, rows: [])
        self.sampleRows = sampleRows
        self.userColumn = userColumn
        self.identity = identity
        self.check = check
        self.phase = phase
        self.tallies = tallies
        self.file = file
        self.identities = identities
        try self.file.write(CSV.line(columns))
    }

    /// Takes one violation, a CSV record with its line feed.
    mutating func record(_ record: UnsafeRawBufferPointer) throws(OutputError) {
        try file.write(record)
        count += 1
        var user = 0
        if let userColumn {
            let (check, phase, tallies) = (check, phase, tallies)
            CSV.forEachField(of: record) { index, field in
                guard index == userColumn else { return true }
                user = Self.tally(field, check: check, phase: phase, in: tallies)
                return false
            }
        }
        if identities != nil {
            if userColumn == nil { user = nobody }
            try identities?.append(identity.hash(of: record), user: user)
        }
        if sample.rows.count < sampleRows { sample.rows.append(Self.sampleRow(record)) }
    }

    /// Closes the file and counts violations that name no user.
    mutating func finish() throws(OutputError) {
        try file.finish()
        try identities?.finish()
        if userColumn == nil, count > 0 {
            let (check, phase, count) = (check, phase, count)
            tallies.with { _ = $0.add("", check: check, phase: phase, times: count) }
        }
    }

    /// The number of the user whom nobody is.
    private lazy var nobody: Int = {
        let (check, phase, tallies) = (check, phase, tallies)
        return tallies.with { $0.add("", check: check, phase: phase, times: 0) }
    }()

    private static func tally(
        _ field: Slice<UnsafeRawBufferPointer>,
        check: Int,
        phase: UserTallies.Phase,
        in tallies: TallyBook
    ) -> Int {
        if field.first == UInt8(ascii: "\"") {
            return (CSV.value(field) ?? []).withUnsafeBytes { user in
                nonisolated(unsafe) let user = user
                return tallies.with { $0.add(user, check: check, phase: phase) }
            }
        }
        nonisolated(unsafe) let user = UnsafeRawBufferPointer(rebasing: field)
        return tallies.with { $0.add(user, check: check, phase: phase) }
    }

    static func sampleRow(_ record: UnsafeRawBufferPointer) -> [String?] {
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
