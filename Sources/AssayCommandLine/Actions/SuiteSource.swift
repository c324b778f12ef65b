import AuditModel
import FoundationEssentials
import Glibc
import ShippedFiles
import SuiteFiles

/// Where a suite's files come from.
enum SuiteSource: Sendable {
    case folder(String)
    /// The broadcast suite, compiled into the program.
    case shipped

    private static let shippedPath = "audits/broadcast"

    /// The folder named by flag, variable or configuration; else `audits/broadcast` here; else the shipped suite.
    init(_ flag: String?, configuration: Configuration, environment: [String: String]) {
        let variable = environment["ASSAY_SUITE"].flatMap { $0.isEmpty ? nil : $0 }
        if let named = flag ?? variable ?? configuration.suite {
            self = .folder(named)
        } else {
            self = access("\(Self.shippedPath)/suite.yml", F_OK) == 0 ? .folder(Self.shippedPath) : .shipped
        }
    }

    /// - Parameter reading: what was read already.
    func load(_ reading: SuiteReading? = nil, parameters: [String: ParameterValue]) throws(Failure) -> Suite {
        let suite: Suite
        do throws(SuiteErrors) {
            suite = try (reading ?? lint(parameters: parameters)).required()
        } catch {
            throw Failure(.wrongFile, "the suite has mistakes; nothing was done.\n\(error)")
        }
        let used = Set(suite.checks.flatMap(\.parameters.keys))
        if let unused = parameters.keys.filter({ !used.contains($0) }).min() {
            throw Failure(
                .wrongConfiguration,
                "no check of the suite uses the parameter '\(unused)' that assay.yml sets; nothing was done. "
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
        case .shipped:
            SuiteLoader.lint(files: Self.shippedFiles, named: Self.shippedPath, overriding: parameters)
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

    /// The shipped files by their path within the suite.
    private static var shippedFiles: [String: String] {
        let paths = ShippedFiles.paths(below: shippedPath)
        return Dictionary(
            uniqueKeysWithValues: paths.map {
                (String($0.dropFirst(shippedPath.count + 1)), ShippedFiles.text($0) ?? "")
            }
        )
    }
}
