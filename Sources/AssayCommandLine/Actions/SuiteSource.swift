import AuditModel
import FoundationEssentials
import ShippedFiles
import SuiteFiles

/// Where a suite's files come from.
enum SuiteSource: Sendable, CustomStringConvertible {
    case folder(String)
    /// A suite that is compiled into the program, by its name.
    case shipped(String)

    /// What a shipped suite's name is told apart by from a folder.
    static let prefix = "shipped:"
    private static let shippedFolder = "audits"

    /// The suite named by flag, variable or configuration: there is no other, since its statements are run.
    static func find(
        _ flag: String?,
        configuration: FoundConfiguration,
        environment: ProgramEnvironment
    ) throws(Failure) -> SuiteSource {
        guard let named = flag ?? environment[.suite] ?? configuration.values.suite else {
            throw Failure(.wrongUsage, MissingSuite(configuration: configuration.path).message)
        }
        guard named.hasPrefix(prefix) else { return .folder(named) }
        let name = String(named.dropFirst(prefix.count))
        guard shippedNames.contains(name) else {
            let known = shippedNames.map { prefix + $0 }.joined(separator: ", ")
            throw Failure(.wrongUsage, "there is no suite '\(named)' in the program; there is \(known).")
        }
        return .shipped(name)
    }

    /// As it is given to `--suite`.
    var description: String {
        switch self {
        case .folder(let path): path
        case .shipped(let name): Self.prefix + name
        }
    }

    /// The names of the suites in the program.
    static var shippedNames: [String] {
        ShippedFiles.paths(below: shippedFolder).compactMap { path in
            let parts = path.split(separator: "/")
            return parts.count == 3 && parts[2] == "suite.yml" ? String(parts[1]) : nil
        }
    }

    /// - Parameter reading: what was read already.
    func load(_ reading: SuiteReading? = nil, parameters: [String: ParameterValue]) throws(Failure) -> Suite {
        let suite: Suite
        do throws(SuiteErrors) {
            suite = try (reading ?? lint(parameters: parameters)).required()
        } catch {
            throw Failure(.wrongFile, "the suite '\(self)' has mistakes; nothing was done.\n\(error)")
        }
        let used = Set(suite.checks.flatMap(\.parameters.keys))
        if let unused = parameters.keys.filter({ !used.contains($0) }).min() {
            throw Failure(
                .wrongConfiguration,
                "no check of the suite '\(self)' uses the parameter '\(unused)' that assay.yml sets; nothing was done. "
                    + (used.isEmpty ? "None has any." : "They use \(used.sorted().joined(separator: ", ")).")
            )
        }
        return suite
    }

    /// Reads the suite, with its mistakes and advice.
    func lint(parameters: [String: ParameterValue]) -> SuiteReading {
        switch self {
        case .folder(let path):
            SuiteLoader.lint(path: path, overriding: parameters)
        case .shipped(let name):
            SuiteLoader.lint(files: Self.files(of: name), named: Self.folder(of: name), overriding: parameters)
        }
    }

    /// The line of a file of the suite that a place is on, to show it.
    func spot(_ place: Statement.Place) -> SuiteMistake.Spot? {
        let text =
            switch self {
            case .folder: (try? Data(contentsOf: URL(filePath: place.path))).map { String(decoding: $0, as: UTF8.self) }
            case .shipped: ShippedFiles.text(place.path)
            }
        let lines = (text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        guard place.line <= lines.count else { return nil }
        return SuiteMistake.Spot(line: place.line, column: place.column, source: String(lines[place.line - 1]))
    }

    private static func folder(of name: String) -> String { "\(shippedFolder)/\(name)" }

    /// The files of a shipped suite by their path within it.
    private static func files(of name: String) -> [String: String] {
        let folder = folder(of: name)
        return Dictionary(
            uniqueKeysWithValues: ShippedFiles.paths(below: folder).map {
                (String($0.dropFirst(folder.count + 1)), ShippedFiles.text($0) ?? "")
            }
        )
    }
}
