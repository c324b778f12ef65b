import AuditModel
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

    func load(parameters: [String: ParameterValue]) throws(Failure) -> Suite {
        do throws(SuiteErrors) {
            switch self {
            case .folder(let path):
                return try SuiteLoader.load(path: path, overriding: parameters)
            case .shipped:
                return try SuiteLoader.load(
                    files: Self.shippedFiles,
                    named: Self.shippedPath,
                    overriding: parameters
                )
            }
        } catch {
            throw Failure(.wrongFile, error.description)
        }
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
