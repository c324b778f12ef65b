import AuditModel
import SQLSyntax
import ShippedFiles
import SuiteFiles

/// The fix of the shipped check for one channel pair, whose values are parameters.
struct NewEntryStatement: Sendable {
    /// With positional parameters.
    let text: String
    /// The names of `$1`, `$2` ….
    private let names: [String]
    /// The values of parameters that the suite itself gives.
    private let constants: [String: String]

    /// Read once a process.
    static let shipped: Result<NewEntryStatement, BroadcastError> = Result { () throws(BroadcastError) in
        try NewEntryStatement()
    }

    private static let folder = "audits/broadcast"
    private static let check = "channel-without-broadcast"

    private init() throws(BroadcastError) {
        // The files are part of the program, and its tests read them.
        do {
            let (fix, parameters) = try Self.shippedCheck()
            let violations = """
                SELECT :client_id::uuid AS client_id, :open_channel_id::text AS open_channel_id,
                    :closed_channel_id::text AS closed_channel_id
                """
            let whole = CommonTable("violations", as: violations, for: "\(fix)\nRETURNING id")
            let numbered = try NamedParameters(whole.text)
            text = "/* assay: \(Self.check) */ \(numbered.text)"
            names = numbered.names
            constants = parameters.compactMapValues { value in
                if case .text(let text) = value { text } else { nil }
            }
        } catch {
            throw BroadcastError(.failure, "The shipped check \(Self.check) cannot be read: \(error)")
        }
    }

    /// The shipped check, read as any suite is.
    private static func shippedCheck() throws -> (fix: String, parameters: [String: ParameterValue]) {
        let files = ShippedFiles.paths(below: folder).map { path in
            (String(path.dropFirst(folder.count + 1)), ShippedFiles.text(path) ?? "")
        }
        let suite = try SuiteLoader.load(files: Dictionary(uniqueKeysWithValues: files), named: folder)
        let check = suite.checks.first { $0.id == Self.check }
        guard let check, case .violations(let work) = check.work, let repair = work.repair else {
            throw BroadcastError(.failure, "it has no fix")
        }
        return (repair.fix.text, check.parameters)
    }

    func parameters(clientID: String, openChannelID: String, closedChannelID: String) -> [String?] {
        let values = ["client_id": clientID, "open_channel_id": openChannelID, "closed_channel_id": closedChannelID]
        return names.map { values[$0] ?? constants[$0] }
    }
}
