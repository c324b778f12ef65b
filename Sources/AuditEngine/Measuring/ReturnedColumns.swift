import AuditModel

/// The columns that a query returns, by the server's word.
struct ReturnedColumns {
    let names: [String]

    /// The first name that two columns have.
    var double: String? {
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }
    }

    /// Refuses two columns of one name: a row could not be told from another by them, nor read in a CSV file.
    func refuseDoubles(of statement: Statement) throws(MeasuringError) {
        guard let double else { return }
        throw MeasuringError(
            statement.place,
            "the query returns two columns of the name '\(double)'; give one of them another: … AS other_name"
        )
    }
}
