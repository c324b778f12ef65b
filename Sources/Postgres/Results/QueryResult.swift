internal import CLibPQ

/// Owns one `PGresult` and clears it exactly once.
struct QueryResult: ~Copyable {
    /// Field codes of an error or notice: the `PG_DIAG_…` characters of postgres_ext.h, which Swift does not import.
    enum Field: Unicode.Scalar {
        /// The severity in English, whatever the server's language.
        case severity = "V"
        case sqlState = "C"
        case message = "M"
        case detail = "D"
        case hint = "H"
        case position = "P"
        case schema = "s"
        case table = "t"
        case column = "c"
        case constraint = "n"
        /// The function of the server's source that reported it.
        case sourceFunction = "R"
    }

    let handle: OpaquePointer

    init(adopting handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQclear(handle)
    }

    var status: ExecStatusType { PQresultStatus(handle) }
    var rowCount: Int { Int(PQntuples(handle)) }
    var columnCount: Int { Int(PQnfields(handle)) }
    var errorMessage: String { String(cString: PQresultErrorMessage(handle)) }

    var columns: [Column] {
        (0..<CInt(columnCount)).map { Column(name: String(cString: PQfname(handle, $0)), type: PQftype(handle, $0)) }
    }

    func field(_ field: Field) -> String? {
        PQresultErrorField(handle, CInt(field.rawValue.value)).map { String(cString: $0) }
    }

    /// The bytes of a value, nil for NULL; they live as long as the result.
    func bytes(row: Int, column: Int) -> UnsafeRawBufferPointer? {
        let (row, column) = (CInt(row), CInt(column))
        // libpq gives an empty value for NULL.
        if PQgetisnull(handle, row, column) == 1 { return nil }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(handle, row, column),
            count: Int(PQgetlength(handle, row, column))
        )
    }

    /// All rows as text, with replacement characters for what is not UTF-8.
    func table() -> Table {
        let rows = (0..<rowCount).map { row in
            (0..<columnCount).map { column in
                bytes(row: row, column: column).map { String(decoding: $0, as: UTF8.self) }
            }
        }
        return Table(columns: columns, rows: rows)
    }
}
