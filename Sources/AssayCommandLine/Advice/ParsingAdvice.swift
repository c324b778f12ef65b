/// Says of arguments that the parser refuses what was meant, where other tools or plain habit tell it.
enum ParsingAdvice {
    /// - Parameters:
    ///   - message: the parser's, with the usage below.
    ///   - help: the command's, which shows the options that it has.
    static func improve(_ message: String, help: String) -> String {
        var lines = message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.first else { return message }
        if let match = first.firstMatch(of: /Unknown option '([^']*)'/) {
            if let meant = meant(by: String(match.1), help) {
                lines[0] = "Error: Unknown option '\(match.1)'. Did you mean '\(meant)'?"
            }
        } else if first.contains(/[Uu]nexpected arguments?:? '/) {
            lines[0] = unexpected(first, help)
        }
        return lines.joined(separator: "\n")
    }

    private static func unexpected(_ line: String, _ help: String) -> String {
        // It may hold a password.
        if line.contains("://") || line.contains("=") {
            return "Error: Unexpected argument"
                + (help.contains("--database") ? "; a database is named with --database" : "")
        }
        guard help.contains("--suite"), let name = line.firstMatch(of: /Unexpected argument '([^']*)'/)?.1 else {
            return line
        }
        return "\(line); did you mean '--suite \(PrintedCommand.quoted(String(name)))'?"
    }

    /// The option that people have in mind, of those that the command has.
    private static func meant(by name: String, _ help: String) -> String? {
        others.first { $0.names.contains(name) && help.contains($0.option.prefix { $0 != " " }) }?.option
    }

    private static let others: [(option: String, names: Set<String>)] = [
        (
            "--database",
            ["--db", "-d", "--dbname", "--url", "--uri", "--dsn", "--conninfo", "--connection", "--database-url"]
        ),
        ("--database host=…", ["--host", "--port", "--username", "-U", "-p"]),
        ("--suite", ["--suites", "--checks", "--dir", "--folder", "--path", "-s"]),
        ("--check", ["--id", "--only", "--name"]),
        ("--output", ["--out", "--out-dir", "--report", "--dest", "-o"]),
        ("--config", ["--conf", "--configuration", "--settings", "-c"]),
        ("--format json", ["--json"]), ("--fix", ["--apply", "--repair"]), ("--dry-run", ["--dry", "--dryrun", "-n"]),
        ("--statement-timeout", ["--timeout", "--time-limit"]), ("--jobs", ["-j", "--parallel", "--threads"]),
        ("--quiet", ["-q", "--silent"]), ("--verbose", ["-v", "--debug"]),
        ("--expect", ["--expected", "--expect-database"]),
    ]
}
