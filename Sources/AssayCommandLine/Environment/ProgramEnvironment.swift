import SuiteFiles
import Wording

/// The variables that the program was started with. An empty one counts as not set, whoever asks.
struct ProgramEnvironment: Sendable {
    /// The settings that have a variable.
    enum Setting: String, CaseIterable {
        case config = "ASSAY_CONFIG"
        case suite = "ASSAY_SUITE"
        case database = "ASSAY_DATABASE"
        case expect = "ASSAY_EXPECT"
        case jobs = "ASSAY_JOBS"
        case statementTimeout = "ASSAY_STATEMENT_TIMEOUT"
        case lockTimeout = "ASSAY_LOCK_TIMEOUT"
        case output = "ASSAY_OUTPUT"
        case templates = "ASSAY_TEMPLATES"
        case failOn = "ASSAY_FAIL_ON"
    }

    private let variables: [String: String]

    init(_ variables: [String: String]) {
        self.variables = variables.filter { !$0.value.isEmpty }
    }

    subscript(_ name: String) -> String? { variables[name] }

    subscript(_ setting: Setting) -> String? { variables[setting.rawValue] }

    /// What is said of variables that look like settings, and are none: a misspelt one would be passed over in silence.
    var warnings: [String] {
        let known = Setting.allCases.map(\.rawValue)
        return variables.keys.filter { $0.hasPrefix("ASSAY_") && !known.contains($0) }.sorted().map { name in
            let advice = NearestName.of(name, among: known).map { "did you mean \($0)?" }
            return "the variable \(name) is no setting of assay's, and does nothing; "
                + (advice ?? "there are \(known.joined(separator: ", "))")
        }
    }
}
