internal import Logging

/// Writes log messages to standard error, one line each, in the voice of the program.
struct StandardErrorLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        Terminal.error("assay: \(event.level): \("\(event.message)".visible)\n")
    }

    static func logger(level: Logger.Level) -> Logger {
        Logger(label: "assay") { _ in StandardErrorLog(logLevel: level) }
    }
}
