import FoundationEssentials
import TestSupport

/// `run.json`, as far as tests look into it.
struct RunRecord: Decodable {
    struct Check: Decodable {
        var id: String
        var status: String
        var before: Int?
        var repaired: Int?
        var after: Int?
        var usersBefore: Int?
        var usersAfter: Int?
        var error: String?
    }

    struct Statistic: Decodable {
        struct Figure: Decodable {
            var name: String
            var before: Value?
        }

        var id: String
        var status: String
        var error: String?
        var figures: [Figure]

        /// The measured numbers by name.
        var numbers: [String: Double] {
            Dictionary(uniqueKeysWithValues: figures.compactMap { one in one.before?.number.map { (one.name, $0) } })
        }

        /// The measured texts by name.
        var texts: [String: String] {
            Dictionary(uniqueKeysWithValues: figures.compactMap { one in one.before?.text.map { (one.name, $0) } })
        }
    }

    /// A figure's value, a number or a text.
    struct Value: Decodable {
        var number: Double?
        var text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            number = try? container.decode(Double.self)
            text = number == nil ? try container.decode(String.self) : nil
        }
    }

    struct Suite: Decodable {
        var name: String
    }

    struct Commands: Decodable {
        var undo: String?
        var fix: String?
        var again: String?
    }

    struct Database: Decodable {
        var name: String
        var user: String
        var timeZone: String?
        var address: String?
        var timeline: Int?
    }

    struct Totals: Decodable {
        var before: Int
        var after: Int
        var usersBefore: Int
        var usersAfter: Int
    }

    struct Coverage: Decodable {
        struct Gap: Decodable {
            var id: String
            var reason: String
        }

        var measured: Int
        var notMeasured: [Gap]
    }

    var id: String
    var outcome: String
    var suite: Suite
    var database: Database
    var checks: [Check]
    var statistics: [Statistic]
    var totals: Totals
    var coverage: Coverage
    var commands: Commands

    init(json: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(RunRecord.self, from: Data(json.utf8))
    }

    func check(_ id: String) -> Check? { checks.first { $0.id == id } }
    func statistic(_ id: String) -> Statistic? { statistics.first { $0.id == id } }
}

extension TemporaryFolder {
    /// The names of the published runs, the oldest first.
    func runs(in output: String = "output") -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: file("\(output)/runs"))) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The record of the latest run.
    func record(in output: String = "output") throws -> RunRecord {
        guard let run = runs(in: output).last else { throw ToolFailure(text: "no run in \(output)") }
        return try RunRecord(json: read("\(output)/runs/\(run)/run.json"))
    }

    /// One CSV file of the latest run, each row by column.
    func rows(_ name: String, in output: String = "output") throws -> [[String: String]] {
        guard let run = runs(in: output).last else { throw ToolFailure(text: "no run in \(output)") }
        let records = csv(try read("\(output)/runs/\(run)/\(name)"))
        let header = records.first ?? []
        return records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }
}

/// The records of a CSV text (RFC 4180, lines end in a line feed).
private func csv(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var isQuoted = false
    var previous: Unicode.Scalar = "\n"
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"":
            // A doubled quote stands for itself.
            if !isQuoted && previous == "\"" { field.unicodeScalars.append(scalar) }
            isQuoted.toggle()
        case "," where !isQuoted:
            record.append(field)
            field = ""
        case "\n" where !isQuoted:
            records.append(record + [field])
            (record, field) = ([], "")
        default: field.unicodeScalars.append(scalar)
        }
        previous = scalar
    }
    return records
}
