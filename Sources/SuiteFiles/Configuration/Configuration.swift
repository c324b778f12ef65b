package import AuditModel

/// What `assay.yml` says; everything in it can be left out.
package struct Configuration: Sendable, Equatable {
    /// The folder of check files; a path in the file is relative to the file's folder.
    package var suite: String?
    /// A conninfo string or URL, without a password.
    package var database: String?
    /// The name of the only database to be touched (`expect: { database: … }`).
    package var expectedDatabase: String?
    package var output: String?
    /// The folder of templates that replace the shipped ones.
    package var templates: String?
    /// Values in place of those that the suite's files give.
    package var parameters: [String: ParameterValue] = [:]
    package var failOn: String?
    package var jobs: Int?
    package var sampleRows: Int?
    package var statementTimeout: String?
    package var lockTimeout: String?
    package var documents = DocumentSettings()

    package init() {}
}
