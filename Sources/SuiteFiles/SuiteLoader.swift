package import AuditModel

/// Reads the files of a suite, without a database.
package enum SuiteLoader {
    /// Reads a suite's folder: `suite.yml` and the `*.md` files beside it, but not `README.md`.
    ///
    /// - Parameter overriding: values that the configuration gives in place of the files' own.
    package static func load(
        path: String,
        overriding parameters: [String: ParameterValue] = [:]
    ) throws(SuiteErrors) -> Suite {
        try lint(path: path, overriding: parameters).required()
    }

    /// Reads a suite from memory, such as the one that comes with the program.
    ///
    /// - Parameters:
    ///   - files: texts by their names in the suite's folder.
    ///   - path: the folder's name for messages.
    package static func load(
        files: [String: String],
        named path: String,
        overriding parameters: [String: ParameterValue] = [:]
    ) throws(SuiteErrors) -> Suite {
        try lint(files: files, named: path, overriding: parameters).required()
    }

    /// Reads a suite's folder, with advice beside the mistakes; the path of its `suite.yml` names it, too.
    package static func lint(path: String, overriding parameters: [String: ParameterValue] = [:]) -> SuiteReading {
        var log = MistakeLog()
        let path = SuiteFolder.path(ofSuiteNamed: path)
        guard let folder = SuiteFolder.read(path, &log) else {
            return SuiteReading(path: path, suite: nil, mistakes: log.sorted)
        }
        return SuiteAssembly(path: path, overriding: parameters).reading(folder, &log)
    }

    /// Reads a suite from memory, with advice beside the mistakes.
    package static func lint(
        files: [String: String],
        named path: String,
        overriding parameters: [String: ParameterValue] = [:]
    ) -> SuiteReading {
        var log = MistakeLog()
        let folder = SuiteFolder(files: files.mapValues { Array($0.utf8) })
        return SuiteAssembly(path: path, overriding: parameters).reading(folder, &log)
    }
}
