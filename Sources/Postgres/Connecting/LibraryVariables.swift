internal import CLibPQ
internal import Glibc

/// The environment's variables that libpq takes settings from.
package enum LibraryVariables {
    /// The names of those that are set, sorted; never their values.
    package static var set: [String] {
        names.filter { name in getenv(name).map { $0.pointee != 0 } ?? false }.sorted()
    }

    /// Those whose values the server sees as settings.
    package static let settings: Set = [
        "PGOPTIONS", "PGTZ", "PGDATESTYLE", "PGGEQO", "PGCLIENTENCODING", "PGAPPNAME",
    ]

    /// The variable that is set, and whose setting a message of the server is about.
    package static func named(in message: String) -> String? {
        let settings = [
            "TimeZone": "PGTZ", "DateStyle": "PGDATESTYLE", "client_encoding": "PGCLIENTENCODING", "geqo": "PGGEQO",
        ]
        let set = set
        return settings.first { set.contains($0.value) && message.contains("\"\($0.key)\"") }?.value
    }

    private static var names: [String] {
        // libpq does not list these.
        let others = ["PGTZ", "PGDATESTYLE", "PGGEQO", "PGSERVICEFILE"]
        guard let options = PQconndefaults() else { return others }
        defer { PQconninfoFree(options) }
        var names: [String] = []
        var option = options
        while option.pointee.keyword != nil {
            if let variable = option.pointee.envvar { names.append(String(cString: variable)) }
            option += 1
        }
        return names + others
    }
}
