/// A `postgresql://` URL, looked at for the mistakes that libpq would not name, or would quote a password with.
struct ConnectionURL {
    /// What stands between the scheme and the query part.
    private let place: Substring
    /// `NAME=VALUE`, such as `sslmode=require`.
    private let parameters: [Substring]

    /// - Parameter rest: what follows the scheme.
    init(_ rest: Substring) {
        place = rest.prefix { $0 != "?" }
        parameters = rest.dropFirst(place.count + 1).split(separator: "&", omittingEmptySubsequences: true)
    }

    /// What is said of another scheme.
    static func foreign(_ scheme: String) -> String {
        let name = scheme.lowercased()
        let isPostgres = ["postg", "pgsql", "psql"].contains { name.contains($0) } || name == "pg"
        return isPostgres
            ? "the scheme is \(scheme); write postgresql:// in its place"
            : "the scheme is \(scheme), which is no PostgreSQL database; PostgreSQL's begins with postgresql://"
    }

    var mistake: String? {
        let known = ConnectionAddress.keywords + ["ssl"]
        if hidesSecret(known) {
            return "an @, / or ? in a user name or password must be written %40, %2F or %3F"
        }
        var hasPassword = false
        for parameter in parameters {
            guard let end = parameter.firstIndex(of: "=") else {
                return "a parameter behind the ? is not written NAME=VALUE"
            }
            let name = String(parameter[..<end])
            if !known.contains(name) { return unknown(name, known, mayBeSecret: hasPassword) }
            hasPassword = hasPassword || name.contains("password")
        }
        return nil
    }

    private func unknown(_ name: String, _ known: [String], mayBeSecret: Bool) -> String {
        let nearest = Spelling.nearest(to: name, among: known)
        // An & in a password ends it, and what follows looks like a name.
        guard nearest != nil || !mayBeSecret else {
            return "an & in a password must be written %26"
        }
        let advice =
            if ["schema", "currentschema", "search_path"].contains(name.lowercased()) {
                "leave it out; a schema is chosen with options=-csearch_path%3DNAME"
            } else if let nearest {
                "did you mean '\(nearest)'?"
            } else {
                "leave it out; libpq's own are in PostgreSQL's manual under \"Parameter Key Words\""
            }
        return "libpq has no parameter '\(name)'; \(advice)"
    }

    /// Whether libpq would take a part of the password for a host, port or database, and name it in its messages.
    private func hidesSecret(_ known: [String]) -> Bool {
        let authority = place.prefix { $0 != "/" }
        // One more behind the first slash ends a password that holds the slash.
        if authority.contains("@") { return place.count { $0 == "@" } > 1 }
        if place.contains("@"), !authority.split(separator: ",").allSatisfy(Self.isHost) { return true }
        // A name with an @ may stand behind the ?, but a password's end may, too.
        return parameters.contains { parameter in
            parameter.contains("@") && !known.contains(String(parameter.prefix { $0 != "=" }))
        }
    }

    /// A host without a port, or with one.
    private static func isHost(_ host: Substring) -> Bool {
        let end = host.lastIndex(of: "]").map { host[$0...] } ?? host
        guard let colon = end.lastIndex(of: ":") else { return true }
        return end[end.index(after: colon)...].allSatisfy { ("0"..."9").contains($0) }
    }
}
