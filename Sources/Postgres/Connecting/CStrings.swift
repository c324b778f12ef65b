import Glibc

/// Calls C with an array of strings, nil elements staying null pointers; the copies end with the call.
func withCStrings<R>(_ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    withCStrings(strings.map { $0.map { Array($0.utf8) } }, body)
}

/// Calls C with an array of byte strings, each with a NUL behind it; nil elements stay null pointers.
func withCStrings<R>(_ strings: [[UInt8]?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    let copies = strings.map { bytes -> UnsafePointer<CChar>? in
        bytes.map { UnsafePointer<CChar>(strndup($0.map { CChar(bitPattern: $0) }, $0.count)) } ?? nil
    }
    defer { copies.forEach { free(UnsafeMutablePointer(mutating: $0)) } }
    return copies.withUnsafeBufferPointer { body($0.baseAddress) }
}

extension PostgresError {
    /// Refuses texts with a NUL, which C would cut short in silence. `what` names them in the error.
    static func refuseNUL(in texts: [String?], _ what: String, stage: Stage) throws(PostgresError) {
        try refuseNUL(in: texts.map { $0.map { Array($0.utf8) } }, what, stage: stage)
    }

    static func refuseNUL(in texts: [[UInt8]?], _ what: String, stage: Stage) throws(PostgresError) {
        guard texts.contains(where: { $0?.contains(0) ?? false }) else { return }
        throw PostgresError(stage: stage, message: "\(what) holds a NUL character, which PostgreSQL cannot take")
    }
}
