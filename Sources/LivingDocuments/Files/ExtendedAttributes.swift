internal import CAttributes
import Glibc

/// The extended attributes of a file, among which its access list is.
struct ExtendedAttributes: Equatable {
    private var values: [String: [UInt8]] = [:]

    init(_ values: [String: [UInt8]]) { self.values = values }

    /// Those that cannot be read, or that the file system does not have, are left out.
    init(of descriptor: CInt) {
        for name in Self.names(of: descriptor) {
            if let value = Self.bytes({ fgetxattr(descriptor, name, $0, $1) }) { values[name] = value }
        }
    }

    /// Gives another file these attributes and no others; false when it cannot have all of them.
    func keep(on descriptor: CInt) -> Bool {
        for name in Self.names(of: descriptor) where values[name] == nil { fremovexattr(descriptor, name) }
        var isKept = true
        for (name, value) in values where fsetxattr(descriptor, name, value, value.count, 0) != 0 {
            // Labels of the system's own are set by the system.
            if !name.hasPrefix("security.") && !name.hasPrefix("trusted.") { isKept = false }
        }
        return isKept
    }

    private static func names(of descriptor: CInt) -> [String] {
        let list = bytes { buffer, size in
            flistxattr(descriptor, buffer?.assumingMemoryBound(to: CChar.self), size)
        }
        return (list ?? []).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What a call returns that first tells its size.
    private static func bytes(_ call: (UnsafeMutableRawPointer?, Int) -> Int) -> [UInt8]? {
        let size = call(nil, 0)
        guard size >= 0 else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        if size == 0 { return bytes }
        let count = bytes.withUnsafeMutableBytes { call($0.baseAddress, $0.count) }
        return count >= 0 ? Array(bytes.prefix(count)) : nil
    }
}
