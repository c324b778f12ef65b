import AuditModel
import Glibc
import Logging
import Postgres
import RunRecords

/// Takes the repairs of an earlier run back, in one transaction.
struct RunUndo: Sendable {
    let suite: Suite
    /// The run that takes back.
    let run: RunID
    let target: UndoTarget
    let settings: UndoSettings
    let context: MeasuringContext
    let logger: Logger

    /// Enters the users whose rows can be taken back, so that they are measured and named from the beginning.
    func announce(on session: Session) async throws {
        try await session.withConnection { connection in
            try tally(
                """
                /* assay: undo */ SELECT check_id, user_id, count(*) FROM assay.repairs
                WHERE run = $1 AND undone_by IS NULL AND ($2::text[] = '{}' OR check_id = ANY ($2::text[]))
                    AND ($3::text IS NULL OR coalesce(user_id, '') = $3)
                GROUP BY check_id, user_id
                """,
                [settings.run, arrayLiteral(settings.checks), settings.user],
                on: connection
            )
        }
    }

    /// Takes back, and enters what became of each check's rows; commits, unless it is a dry run.
    ///
    /// The transaction of a dry run stays open, for the caller to measure in it and to roll it back.
    ///
    /// - Returns: the number of rows.
    func takeBack(on session: Session, into results: inout SuiteResults) async throws -> Int {
        let done: [CheckUndo.Done]
        do {
            done = try await session.withConnection { try retrying(on: $0) }
        } catch let error as PostgresError where !error.endsRun {
            let message =
                "the undo of the run \(target.run) was rolled back: \(context.explanation(of: error)). Nothing was changed"
            throw error.kind == .privilege ? AuditError.notPermitted(message) : AuditError.undoFailed(message)
        }
        for one in done { enter(one, into: &results) }
        return done.reduce(0) { $0 + $1.takenBack }
    }

    /// Tries again, a few times, when another transaction was in the way.
    private func retrying(on connection: borrowing Connection) throws -> [CheckUndo.Done] {
        for attempt in 1...Self.attempts {
            do {
                return try perform(on: connection)
            } catch let error as PostgresError where error.isPassing && attempt < Self.attempts {
                var time = timespec()
                time.tv_nsec = 20_000_000 << attempt
                nanosleep(&time, nil)
            }
        }
        preconditionFailure("the last attempt returns or throws")
    }

    private static let attempts = 5

    private func perform(on connection: borrowing Connection) throws -> [CheckUndo.Done] {
        context.tallies.with { tallies in
            for check in tallies.checks.indices { tallies.clear(check: check, phase: .repaired) }
        }
        try connection.begin(.repeatableRead(readOnly: false, snapshot: nil))
        do {
            // So that the row at fault is known at once.
            try connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            let done = try checks(on: connection).map { try $0.perform(on: connection) }
            try tally(
                """
                /* assay: undo */ SELECT check_id, user_id, count(*) FROM assay.repairs
                WHERE run = $1 AND undone_by = $2 GROUP BY check_id, user_id
                """,
                [settings.run, run.description],
                on: connection
            )
            if done.contains(where: { $0.takenBack > 0 }) {
                try Journal.enter(run, mode: .undo, suite: suite, undoes: target.run, on: connection)
                try Journal.finish(run, on: connection)
            }
            if !settings.isDryRun { try connection.commit() }
            return done
        } catch {
            try? connection.rollback()
            throw error
        }
    }

    /// The checks whose rows are taken back, the last repaired first.
    private func checks(on connection: borrowing Connection) throws -> [CheckUndo] {
        let groups = try UndoGroup.read(settings, on: connection)
        var order: [String] = []
        for group in groups where !order.contains(group.check) { order.append(group.check) }
        return order.map { check in
            CheckUndo(
                check: check,
                groups: groups.filter { $0.check == check },
                settings: settings,
                run: run,
                folder: context.folder
            )
        }
    }

    /// Enters the rows of each user as repairs below zero.
    private func tally(_ sql: String, _ parameters: [String?], on connection: borrowing Connection) throws {
        _ = try connection.stream(sql, parameters) { row in
            let check = row.text(0) ?? ""
            let user = row.text(1) ?? ""
            let count = row.text(2).flatMap { Int($0) } ?? 0
            context.tallies.with { tallies in
                guard let index = tallies.checks.firstIndex(of: check) else { return }
                tallies.add(user, check: index, phase: .repaired, times: -count)
            }
        }
    }

    private func enter(_ done: CheckUndo.Done, into results: inout SuiteResults) {
        logger.info("\(done.check): \(done.takenBack) rows taken back")
        let notes = notes(done)
        var result = results.check(done.check) ?? foreign(done.check)
        result.repaired = -done.takenBack
        result.left = done.left.values.reduce(0, +)
        result.notes += notes
        results.add(.violations(result))
    }

    /// A check that the suite does not have: its rows come back all the same, and nothing is measured.
    private func foreign(_ id: String) -> CheckResult {
        let nowhere = Statement("", at: Statement.Place(path: suite.path, line: 1, column: 1))
        let work = ViolationWork(find: nowhere)
        let check = Check(id: id, title: id, path: suite.path, work: .violations(work))
        var result = CheckResult(check: check, work: work)
        result.error =
            "the suite '\(suite.id)' has no such check, so that its rows are taken back without being measured"
        return result
    }

    private func notes(_ done: CheckUndo.Done) -> [String] {
        func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
        var notes: [String] = []
        let left = done.left.values.reduce(0, +)
        if left > 0 {
            let reasons = done.left.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let verb = settings.isDryRun ? "would stay as" : "left as"
            notes.append(
                "\(rows(left)) \(verb) \(left == 1 ? "it is" : "they are") ("
                    + reasons.prefix(3).map { "\($0.key): \($0.value)" }.joined(separator: "; ")
                    + (reasons.count > 3 ? "; …" : "") + "), listed in left/\(done.check).csv"
            )
        }
        if done.inexact > 0 {
            let columns = done.inexactColumns.sorted().prefix(3).joined(separator: "; ")
            notes.append(
                "\(rows(done.inexact)) came back with another value in \(columns), by a trigger, a changed type, "
                    + "or a column that was renamed or dropped"
            )
        }
        return notes
    }
}

extension PostgresError {
    /// Another transaction was in the way, and the next attempt sees what it did.
    fileprivate var isPassing: Bool { sqlState == .serializationFailure || sqlState == .deadlockDetected }
}
