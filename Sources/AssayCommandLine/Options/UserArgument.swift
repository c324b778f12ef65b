internal import ArgumentParser
import Glibc

/// The id of a user as it was typed, byte for byte: Swift's own strings would change what is no UTF-8.
struct UserArgument: ExpressibleByArgument {
    let bytes: [UInt8]

    init?(argument: String) {
        bytes = Self.typed(argument) ?? Array(argument.utf8)
    }

    /// The bytes of the argument that reads like this, alone or behind `--user=`.
    private static func typed(_ text: String) -> [UInt8]? {
        let prefix = "--user="
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            let read = String(cString: argument)
            guard read == text || read == prefix + text else { continue }
            let bytes = UnsafeRawBufferPointer(start: argument, count: strlen(argument))
            return Array(bytes.dropFirst(read == text ? 0 : prefix.utf8.count))
        }
        return nil
    }
}
