import FoundationEssentials
import Glibc
import SuiteFiles

/// The configuration of a command, and the file that it comes from.
struct FoundConfiguration: Sendable {
    let values: Configuration
    /// The file's path; nil when there is none.
    let path: String?
    /// The file was not named, and lies in a folder above this one.
    let isFromAbove: Bool

    private static let name = "assay.yml"

    /// Reads the file named by `--config` or `ASSAY_CONFIG`, else the nearest `assay.yml` from here up.
    static func find(named flag: String?, environment: ProgramEnvironment) throws(Failure) -> FoundConfiguration {
        if let named = flag ?? environment[.config] { return try read(named, isFromAbove: false) }
        guard let found = nearest(home: environment["HOME"]) else {
            return FoundConfiguration(values: Configuration(), path: nil, isFromAbove: false)
        }
        try refuseStranger(found)
        return try read(found, isFromAbove: found != name)
    }

    /// The output folder named by flag, variable or configuration; else `output` beside a configuration from above.
    func output(flag: String?, environment: ProgramEnvironment) -> String {
        let beside = isFromAbove ? path.map { String($0.dropLast(Self.name.count)) } ?? "" : ""
        return flag ?? environment[.output] ?? values.output ?? "\(beside)output"
    }

    private static func read(_ path: String, isFromAbove: Bool) throws(Failure) -> FoundConfiguration {
        do throws(SuiteErrors) {
            let values = try ConfigurationFile.read(path)
            return FoundConfiguration(values: values, path: path, isFromAbove: isFromAbove)
        } catch {
            throw Failure(.wrongConfiguration, "the configuration is wrong; nothing was done.\n\(error)")
        }
    }

    /// The path, from here, of the nearest file; the search ends at the user's home, or at the root.
    private static func nearest(home: String?) -> String? {
        var folder = FileManager.default.currentDirectoryPath
        let home = home.flatMap { home in
            realpath(home, nil).map { path in
                defer { free(path) }
                return String(cString: path)
            }
        }
        var way = ""
        while true {
            if access(way + name, F_OK) == 0 { return way + name }
            if folder == home || folder == "/" || folder.isEmpty { return nil }
            folder = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
            if folder.isEmpty { folder = "/" }
            way += "../"
        }
    }

    /// What another user has put in the way would choose the SQL and the files that are written.
    private static func refuseStranger(_ path: String) throws(Failure) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_uid != geteuid(), status.st_uid != 0 else { return }
        throw Failure(
            .wrongConfiguration,
            "\(path) belongs to another user (number \(status.st_uid)), who could choose what is run here; nothing was "
                + "done. If that is meant, name it: --config \(PrintedCommand.quoted(path))"
        )
    }
}
