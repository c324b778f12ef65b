import Glibc

/// Writes one new file, through a buffer of its own.
package struct FileWriter: ~Copyable {
    private let path: String
    private let descriptor: CInt
    private var buffer: [UInt8] = []
    /// Bytes that the file holds, without those in the buffer.
    private var written = 0

    private static let capacity = 256 * 1024

    private init(path: String, descriptor: CInt) {
        self.path = path
        self.descriptor = descriptor
        buffer.reserveCapacity(Self.capacity)
    }

    deinit { close(descriptor) }

    /// Creates a file that must not be there yet.
    package static func create(_ path: String) throws(OutputError) -> FileWriter {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw OutputError("create", path) }
        return FileWriter(path: path, descriptor: descriptor)
    }

    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        if buffer.count + bytes.count > Self.capacity { try flush() }
        if bytes.count > Self.capacity {
            try writeThrough(bytes)
            written += bytes.count
        } else {
            buffer.append(contentsOf: bytes)
        }
    }

    package mutating func write(_ bytes: some Sequence<UInt8>) throws(OutputError) {
        buffer.append(contentsOf: bytes)
        if buffer.count > Self.capacity { try flush() }
    }

    /// Where the next byte will stand.
    package var position: Int { written + buffer.count }

    /// Forgets everything that was written after a position.
    package mutating func cut(at position: Int) throws(OutputError) {
        try flush()
        guard ftruncate(descriptor, position) == 0, lseek(descriptor, position, SEEK_SET) == position else {
            throw OutputError("write", path)
        }
        written = position
    }

    /// Writes what is left and waits until the disk has it.
    package mutating func finish() throws(OutputError) {
        try flush()
        guard fdatasync(descriptor) == 0 else { throw OutputError("write", path) }
    }

    private mutating func flush() throws(OutputError) {
        let failure = buffer.withUnsafeBytes { bytes -> OutputError? in
            do throws(OutputError) { try writeThrough(bytes) } catch { return error }
            return nil
        }
        if let failure { throw failure }
        written += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    private func writeThrough(_ bytes: UnsafeRawBufferPointer) throws(OutputError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                throw OutputError("write", path)
            }
            rest = rest.dropFirst(written)
        }
    }
}
