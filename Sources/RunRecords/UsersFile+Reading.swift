import AuditModel
import FoundationEssentials

extension UsersFile {
    /// Counts what the file tells of each affected user.
    static func read(_ path: String, into users: inout UserTallies) throws(RecordError) {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw RecordError(.unreadable, "\(path) cannot be read, so that nobody knows whom the run affected.")
        }
        let bytes = [UInt8](data)
        let positions = Dictionary(users.checks.enumerated().map { ($1, $0) }) { first, _ in first }
        var line = 0
        var start = 0
        while start < bytes.count {
            let end = recordEnd(in: bytes, from: start)
            line += 1
            let fields = bytes[start..<end].withUnsafeBytes(values)
            start = end
            if line == 1 { continue }
            let counts = fields.dropFirst(3).compactMap { Int(text($0)) }
            guard fields.count >= 6, let check = positions[text(fields[2])], counts.count == fields.count - 3,
                let phases = phases(of: counts.count)
            else {
                throw RecordError(.unreadable, "\(path): record \(line) is not what assay writes there.")
            }
            let id = fields[0] ?? []
            id.withUnsafeBytes { id in
                for (phase, times) in zip(phases, counts) where times != 0 {
                    users.add(id, check: check, phase: phase, times: times)
                }
                guard let label = fields[1], let user = users.index(of: id) else { return }
                users.setLabel(String(decoding: label, as: UTF8.self), user: user)
            }
        }
    }

    /// What the counts of a line count; format 1 had three of them.
    private static func phases(of columns: Int) -> [UserTallies.Phase]? {
        switch columns {
        case 3: [.before, .repaired, .after]
        case UserTallies.Phase.allCases.count: UserTallies.Phase.allCases
        default: nil
        }
    }

    /// Behind the line feed that ends a record; one between quotes ends none.
    private static func recordEnd(in bytes: [UInt8], from start: Int) -> Int {
        var isQuoted = false
        for position in start..<bytes.count {
            if bytes[position] == UInt8(ascii: "\"") { isQuoted.toggle() }
            if bytes[position] == CSV.newline, !isQuoted { return position + 1 }
        }
        return bytes.count
    }

    private static func values(_ record: UnsafeRawBufferPointer) -> [[UInt8]?] {
        var values: [[UInt8]?] = []
        CSV.forEachField(of: record) { _, field in
            values.append(CSV.value(field))
            return true
        }
        return values
    }

    private static func text(_ field: [UInt8]?) -> String {
        String(decoding: field ?? [], as: UTF8.self)
    }
}
