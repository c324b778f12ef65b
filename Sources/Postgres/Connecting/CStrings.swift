import Glibc

/// Calls C with an array of strings, nil elements staying null pointers; the copies end with the call.
func withCStrings<R>(_ strings: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    let copies = strings.map { string in string.map { UnsafePointer<CChar>(strdup($0)) } ?? nil }
    defer { copies.forEach { free(UnsafeMutablePointer(mutating: $0)) } }
    return copies.withUnsafeBufferPointer { body($0.baseAddress) }
}

extension PostgresError {
    /// Refuses texts with a NUL, which C would cut short in silence. `what` names them in the error.
    static func refuseNUL(in texts: [String?], _ what: String, stage: Stage) throws(PostgresError) {
        guard texts.contains(where: { $0?.utf8.contains(0) ?? false }) else { return }
        throw PostgresError(stage: stage, message: "\(what) holds a NUL character, which PostgreSQL cannot take")
    }
}
