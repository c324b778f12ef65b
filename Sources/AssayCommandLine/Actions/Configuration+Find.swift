import Glibc
import SuiteFiles

extension Configuration {
    /// Reads the file named by `--config` or `ASSAY_CONFIG`, else `assay.yml` when it is there.
    static func find(named flag: String?, environment: [String: String]) throws(Failure) -> Configuration {
        let variable = environment["ASSAY_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        let path: String
        if let named = flag ?? variable {
            path = named
        } else if access("assay.yml", F_OK) == 0 {
            path = "assay.yml"
        } else {
            return Configuration()
        }
        do throws(SuiteErrors) {
            return try ConfigurationFile.read(path)
        } catch {
            throw Failure(.wrongConfiguration, "the configuration is wrong; nothing was done.\n\(error)")
        }
    }
    /// The output folder named by flag, variable or configuration.
    func output(flag: String?, environment: [String: String]) -> String {
        flag ?? environment["ASSAY_OUTPUT"].flatMap { $0.isEmpty ? nil : $0 } ?? output ?? "output"
    }
}
