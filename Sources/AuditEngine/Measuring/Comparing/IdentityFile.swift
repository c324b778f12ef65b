import RunRecords

/// The identities of a check's violations in the order of its findings, aside on the disk since they can be millions.
struct IdentityFile: Sendable {
    let path: String

    /// A hash of eight bytes and the user's number of four.
    static let length = 12

    /// Hands out every identity.
    func forEach(_ body: (_ hash: UInt64, _ user: Int) throws -> Void) throws {
        var reader = try RecordReader(path)
        while let (hash, user) = try Self.next(&reader) { try body(hash, user) }
    }

    static func next(_ reader: inout RecordReader) throws -> (hash: UInt64, user: Int)? {
        try reader.next(bytes: length) { bytes in
            (bytes.loadUnaligned(as: UInt64.self), Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)))
        }
    }
}

extension FileWriter {
    /// Appends the identity of a violation.
    mutating func append(_ hash: UInt64, user: Int) throws(OutputError) {
        try withUnsafeBytes(of: hash) { (bytes) throws(OutputError) in try write(bytes) }
        try withUnsafeBytes(of: UInt32(truncatingIfNeeded: user)) { (bytes) throws(OutputError) in try write(bytes) }
    }
}
