import Glibc

/// Reads a file record by record, in portions, so that its size does not matter.
package struct RecordReader: ~Copyable {
    private let path: String
    private let descriptor: CInt
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    private static let portion = 256 * 1024

    package init(_ path: String) throws(OutputError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw OutputError("read", path) }
    }

    deinit { close(descriptor) }

    /// Hands out the next record of a CSV file with its line feed; one between quotes ends none.
    ///
    /// - Returns: nil at the end of the file.
    package mutating func next<R>(_ body: (UnsafeRawBufferPointer) throws -> R) throws -> R? {
        var isQuoted = false
        var position = start
        while true {
            while position < buffer.count {
                let byte = buffer[position]
                position += 1
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if byte == CSV.newline, !isQuoted { return try take(position, body) }
            }
            let consumed = start
            guard try fill() else { return start < buffer.count ? try take(buffer.count, body) : nil }
            position -= consumed
        }
    }

    /// Hands out the next bytes of a file of records of one length.
    ///
    /// - Returns: nil at the end of the file.
    package mutating func next<R>(bytes count: Int, _ body: (UnsafeRawBufferPointer) throws -> R) throws -> R? {
        while buffer.count - start < count {
            guard try fill() else { return nil }
        }
        return try take(start + count, body)
    }

    private mutating func take<R>(_ end: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        let range = start..<end
        start = end
        return try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// Reads on, behind what is not yet handed out; false at the end of the file.
    private mutating func fill() throws(OutputError) -> Bool {
        guard !isAtEnd else { return false }
        buffer.removeFirst(start)
        start = 0
        let known = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.portion))
        var length: Int
        repeat {
            length = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + known }, Self.portion) }
        } while length < 0 && errno == EINTR
        guard length >= 0 else { throw OutputError("read", path) }
        buffer.removeLast(Self.portion - length)
        isAtEnd = length == 0
        return !isAtEnd
    }
}
