import Postgres
import RunRecords

/// Takes the rows of one group back: all at once where that goes, else in ever smaller parts, down to those at fault.
struct GroupUndo {
    let statement: UndoStatement
    let settings: UndoSettings
    /// The id of the run that takes back.
    let run: String
    /// Other tables that triggers may write, by the names that the server's counters have.
    let alsoWrites: Set<String>
    /// Another transaction that is in the way leaves a row, and does not end this attempt of the undo.
    let isLastAttempt: Bool
    private(set) var done: UndoneCheck
    /// Why the database refused rows, by their ids.
    private(set) var refused: [Int: String] = [:]
    /// The counters as they were after the last success; nil when something was rolled back since.
    private var counters: WriteCounters?
    /// Why nothing of the group can come back, whatever the row.
    private(set) var obstacle: String?

    /// In so many parts are rows divided that cannot be taken back together.
    private static let fan = 16

    init(
        _ statement: UndoStatement,
        settings: UndoSettings,
        run: String,
        alsoWrites: Set<String>,
        isLastAttempt: Bool,
        done: UndoneCheck
    ) {
        self.statement = statement
        self.settings = settings
        self.run = run
        self.alsoWrites = alsoWrites
        self.isLastAttempt = isLastAttempt
        self.done = done
    }

    mutating func perform(on connection: borrowing Connection, rows: inout FileWriter) throws {
        guard try attempt(nil, on: connection, &rows) != nil else { return }
        // What is refused without any row is the statement's fault: a privilege, a type, a trigger of the statement.
        obstacle = try attempt([], on: connection, &rows)
        guard obstacle == nil else { return }
        var parts = try UndoDependencies(group: statement.group, settings: settings).parts(on: connection)
        // A row may wait for one that comes back later.
        while true {
            let before = done.takenBack
            refused.removeAll()
            try take(parts[...], on: connection, &rows)
            parts = parts.filter { part in part.contains { refused[$0] != nil } }
            guard !parts.isEmpty, done.takenBack > before else { return }
        }
    }

    private mutating func take(
        _ parts: ArraySlice<[Int]>,
        on connection: borrowing Connection,
        _ rows: inout FileWriter
    )
        throws
    {
        let ids = parts.flatMap { $0 }
        guard let reason = try attempt(ids, on: connection, &rows) else { return }
        guard parts.count > 1 else {
            for id in ids { refused[id] = reason }
            return
        }
        let size = (parts.count + Self.fan - 1) / Self.fan
        for start in stride(from: parts.startIndex, to: parts.endIndex, by: size) {
            try take(parts[start..<min(start + size, parts.endIndex)], on: connection, &rows)
        }
    }

    /// Takes rows back behind a savepoint, all of the group when `ids` is nil; returns why that was refused.
    private mutating func attempt(_ ids: [Int]?, on connection: borrowing Connection, _ rows: inout FileWriter) throws
        -> String?
    {
        let (start, before) = (rows.position, done)
        // To read the counters takes longer than to be refused, so that a single row is first tried without.
        if counters == nil, ids?.count != 1 { counters = try WriteCounters.read(on: connection) }
        let reason: String?
        do {
            try connection.withSavepoint {
                try execute(ids, on: connection, &rows)
                guard let earlier = counters else { throw Unwatched() }
                let now = try WriteCounters.read(on: connection)
                try check(now.since(earlier), takenBack: done.takenBack - before.takenBack)
                counters = now
            }
            return nil
        } catch is Unwatched {
            reason = nil
        } catch let error as UndoRefusal {
            reason = error.reason
        } catch let error as PostgresError where !error.endsUndo && (isLastAttempt || !error.isCollision) {
            reason = error.refusal(of: statement.group.table)
        }
        if rows.position > start { try rows.cut(at: start) }
        done = before
        counters = nil
        if let reason { return reason }
        counters = try WriteCounters.read(on: connection)
        return try attempt(ids, on: connection, &rows)
    }

    /// Nothing stands against a row, but nobody has watched what else was written.
    private struct Unwatched: Error {}

    private mutating func execute(_ ids: [Int]?, on connection: borrowing Connection, _ rows: inout FileWriter) throws {
        typealias Result = UndoStatement.Result
        var line: [UInt8] = []
        let group = statement.group
        let prefix = Array(CSV.line([group.operation.inverse.rawValue, group.table]).dropLast())
        _ = try connection.stream(
            statement.text(picked: ids != nil),
            statement.parameters(ids, of: settings, undo: run)
        ) { row in
            // A trigger gave a row another key: then it could not be told which one came back.
            guard row.bytes(Result.key) != nil else {
                throw UndoRefusal(reason: "a trigger would give it another key")
            }
            done.takenBack += 1
            if let columns = row.text(Result.inexact) {
                done.inexact += 1
                done.inexactColumns.insert(columns)
            }
            line.removeAll(keepingCapacity: true)
            line.append(contentsOf: prefix)
            for column in [Result.key, Result.user, Result.before, Result.after] {
                line.append(CSV.comma)
                CSV.append(row.bytes(column), to: &line)
            }
            line.append(CSV.newline)
            try line.withUnsafeBytes { try rows.write($0) }
        }
    }

    /// Compares what the server counted with what was taken back: nothing else may have been written, such as by a cascade.
    private mutating func check(_ changes: WriteChanges, takenBack: Int) throws {
        let (root, table, writes) = (statement.root, statement.group.table, changes.tables)
        let own = [root, "assay.repairs"]
        let isAllowed = { [alsoWrites] (relation: WriteCounters.Relation) in
            own.contains(relation.root) || alsoWrites.contains(relation.root)
        }
        // A temporary table, and the one of a refresh, may go.
        let isExplained = changes.gone.isEmpty || changes.createsTemporary || changes.refreshes(isAllowed)
        let trespass = changes.trespass(dropped: isExplained ? [] : ["a relation, which is dropped"], isAllowed)
        if let trespass {
            throw UndoRefusal(reason: "it would also change \(trespass.subject), by a trigger or a cascade")
        }
        // Each journalled row is marked once, however many rows of the table have its key.
        guard writes["assay.repairs"]?.updated ?? 0 == takenBack else {
            throw UndoRefusal(reason: "several rows of \(table) have its key")
        }
        let counts = writes[root] ?? WriteCounters.Counts()
        let isHonest =
            switch statement.group.operation {
            case .insert: counts.deleted == takenBack && counts.inserted == 0 && counts.updated == 0
            // A row that moves to another partition is counted as deleted and inserted.
            case .update: counts.updated + counts.inserted == takenBack && counts.inserted == counts.deleted
            case .delete: counts.inserted == takenBack && counts.deleted == 0 && counts.updated == 0
            }
        guard isHonest else {
            throw UndoRefusal(reason: "it would also change other rows of \(table), by a trigger or a cascade")
        }
        for (other, counts) in writes where !own.contains(other) { done.alsoWritten[other, default: .init()] += counts }
    }
}

extension RepairStatement.Operation {
    /// What takes the operation back.
    fileprivate var inverse: Self {
        switch self {
        case .insert: .delete
        case .update: .update
        case .delete: .insert
        }
    }
}
