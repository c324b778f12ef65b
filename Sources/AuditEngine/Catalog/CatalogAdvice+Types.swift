import Postgres
import SQLSyntax
import Wording

/// Functions, types and values of enumerations.
extension CatalogAdvice {
    func function(_ wanted: String, on connection: borrowing Connection) throws(PostgresError) -> String? {
        if let form = Self.otherFunctions[wanted] { return "PostgreSQL has \(form) in its place" }
        let known = try names(
            "SELECT DISTINCT p.proname FROM pg_catalog.pg_proc AS p WHERE pg_catalog.pg_function_is_visible(p.oid) ORDER BY 1",
            on: connection
        )
        // It is there, and takes other arguments: the server has said so.
        if known.contains(wanted) { return nil }
        let elsewhere = try names(
            """
            SELECT DISTINCT n.nspname FROM pg_catalog.pg_proc AS p JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
            WHERE p.proname = $1 ORDER BY 1
            """,
            [wanted],
            on: connection
        )
        if let schema = elsewhere.first { return "There is \(written(schema)).\(written(wanted)): write it so" }
        return NearestName.of(wanted, among: known).map { "Did you mean \(written($0))?" }
    }

    func type(_ wanted: String, on connection: borrowing Connection) throws(PostgresError) -> String? {
        if let name = Self.otherTypes[wanted] { return "PostgreSQL's type is \(name)" }
        let known = try names(
            """
            SELECT CASE WHEN pg_catalog.pg_type_is_visible(t.oid) THEN t.typname ELSE n.nspname || '.' || t.typname END
            FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
            WHERE t.typtype IN ('b', 'e', 'd', 'r') AND t.typelem = 0 AND n.nspname <> 'information_schema' ORDER BY 1
            """,
            on: connection
        )
        func isSame(_ name: String) -> Bool {
            name.lowercased() == wanted.lowercased() || name.lowercased().hasSuffix(".\(wanted.lowercased())")
        }
        if let same = known.first(where: isSame) {
            let parts = same.split(separator: ".", maxSplits: 1).map { written(String($0)) }
            return "There is a type \(parts.joined(separator: ".")): write it so"
        }
        return NearestName.of(wanted, among: known).map { "Did you mean \(written($0))?" }
    }

    func label(_ wanted: String, on connection: borrowing Connection) throws(PostgresError) -> String? {
        let known = try names("SELECT DISTINCT e.enumlabel FROM pg_catalog.pg_enum AS e ORDER BY 1", on: connection)
        if let same = known.first(where: { $0.lowercased() == wanted.lowercased() }) {
            return "There is \(SQLText.quoted(literal: same)): write it so"
        }
        return NearestName.of(wanted, among: known).map { "Did you mean \(SQLText.quoted(literal: $0))?" }
    }

    /// What other databases call it, and PostgreSQL's own.
    private static let otherFunctions = [
        "ifnull": "coalesce(a, b)", "nvl": "coalesce(a, b)", "isnull": "coalesce(a, b)", "nvl2": "CASE WHEN … END",
        "iif": "CASE WHEN … END", "if": "CASE WHEN … END", "decode": "CASE … END",
        "datediff": "the difference of two times, a - b,", "dateadd": "t + interval '1 day'",
        "date_add": "t + interval '1 day'", "date_sub": "t - interval '1 day'", "getdate": "now()", "sysdate": "now()",
        "curdate": "current_date", "str_to_date": "to_date(text, form)", "date_format": "to_char(t, form)",
        "unix_timestamp": "extract(epoch FROM t)", "from_unixtime": "to_timestamp(seconds)", "len": "length(text)",
        "group_concat": "string_agg(text, ',')", "charindex": "strpos(text, part)", "instr": "strpos(text, part)",
        "convert": "a cast, x::type,", "rand": "random()", "newid": "gen_random_uuid()", "uuid": "gen_random_uuid()",
        "json_extract": "the operator -> or ->>", "year": "extract(year FROM t)", "month": "extract(month FROM t)",
    ]

    private static let otherTypes = [
        "datetime": "timestamp, or timestamptz with a time zone", "string": "text", "nvarchar": "text",
        "long": "bigint",
        "double": "double precision", "number": "numeric", "tinyint": "smallint", "blob": "bytea",
        "unsigned": "bigint", "guid": "uuid", "uniqueidentifier": "uuid",
    ]
}
