import AuditModel
import Logging
import Postgres
import RunRecords
import SQLSyntax

/// Takes the repairs of an earlier run back, in one transaction.
struct RunUndo: Sendable {
    let suite: Suite
    /// The run that takes back.
    let run: RunID
    let target: UndoTarget
    let settings: UndoSettings
    let context: MeasuringContext
    let ledger: RunLedger
    let logger: Logger
    /// Opens another connection, to look into the journal when the one that commits is lost.
    let reconnect: @Sendable () async throws -> Session

    /// Enters the users whose rows can be taken back, so that they are measured and named from the beginning.
    func announce(on session: Session) async throws {
        try await session.withConnection { connection in
            try tally(
                """
                /* assay: undo */ SELECT check_id, user_id, count(*) FROM assay.repairs
                WHERE run = $1 AND undone_by IS NULL AND ($2::text[] = '{}' OR check_id = ANY ($2::text[]))
                    AND \(UndoSettings.isOfUser(3))
                GROUP BY check_id, user_id
                """,
                [settings.run, arrayLiteral(settings.checks), settings.userParameter],
                on: connection
            )
        }
    }

    /// Takes back, and enters what became of each check's rows; commits, unless it is a dry run.
    ///
    /// The transaction of a dry run stays open, for the caller to measure in it and to roll it back.
    func takeBack(on session: Session) async throws {
        let done: [UndoneCheck]
        do {
            done = try await session.withConnection { try retrying(on: $0) }
        } catch let lost as LostCommit {
            done = try await lookUp(lost)
        } catch let error as PostgresError where !error.endsRun {
            let message =
                "the undo of the run \(target.run) was rolled back: \(context.explanation(of: error)). Nothing was changed"
            throw error.kind == .privilege ? AuditError.notPermitted(message) : AuditError.undoFailed(message)
        }
        for one in done { enter(one) }
    }

    private func enter(_ done: UndoneCheck) {
        logger.info("\(done.check): \(done.takenBack) rows taken back")
        if ledger.check(done.check) == nil { ledger.addForeign(done.check) }
        if !settings.isDryRun { ledger.commit(-done.takenBack, of: done.check) }
        ledger.change(done.check) { known in
            known.repair = .done(rows: -done.takenBack)
            known.left = done.left.values.reduce(0, +)
            known.notes += done.notes(isDryRun: settings.isDryRun)
        }
    }

    /// Tries again, a few times, when another transaction was in the way.
    private func retrying(on connection: borrowing Connection) throws -> [UndoneCheck] {
        var attempt = 1
        while true {
            do {
                return try perform(isLastAttempt: attempt == Self.attempts, on: connection)
            } catch let error as PostgresError where error.isCollision && attempt < Self.attempts {
                try connection.pause(.milliseconds(20 << attempt))
                attempt += 1
            }
        }
    }

    private static let attempts = 5

    private func perform(isLastAttempt: Bool, on connection: borrowing Connection) throws -> [UndoneCheck] {
        context.tallies.with { tallies in
            for check in tallies.checks.indices { tallies.clear(check: check, phase: .repaired) }
        }
        try connection.begin(.repeatableRead(readOnly: false, snapshot: nil))
        let done: [UndoneCheck]
        do {
            try checkPrivileges(on: connection)
            // So that the row at fault is known at once.
            try connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            done = try checks(isLastAttempt: isLastAttempt, on: connection).map { try $0.perform(on: connection) }
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
        } catch {
            try? connection.rollback()
            throw error
        }
        guard !settings.isDryRun else { return done }
        do {
            try connection.commit()
        } catch {
            guard error.connectionLost else { throw error }
            throw LostCommit(checks: done, backend: connection.server.backend, error: error)
        }
        return done
    }

    /// Without the journal, no row could be marked as taken back: then it is no row that is at fault.
    private func checkPrivileges(on connection: borrowing Connection) throws {
        let isPermitted = try connection.query(
            """
            /* assay: undo */
            SELECT has_table_privilege('assay.repairs', 'UPDATE') AND has_table_privilege('assay.runs', 'INSERT')
                AND has_table_privilege('assay.runs', 'UPDATE')
            """
        ).firstValue
        guard isPermitted != "t" else { return }
        throw AuditError.notPermitted(
            "the role '\(connection.server.user)' may not write the journal (schema assay), so that nothing can be taken back. "
                + "Nothing was changed. `assay sql roles` prints what a fixer needs."
        )
    }

    /// The checks whose rows are taken back, the last repaired first.
    private func checks(isLastAttempt: Bool, on connection: borrowing Connection) throws -> [CheckUndo] {
        let groups = try UndoGroup.read(settings, on: connection)
        var order: [String] = []
        for group in groups where !order.contains(group.check) { order.append(group.check) }
        return try order.map { check in
            CheckUndo(
                check: check,
                groups: groups.filter { $0.check == check },
                settings: settings,
                run: run,
                folder: context.folder,
                alsoWrites: try alsoWrites(of: check, on: connection),
                isLastAttempt: isLastAttempt
            )
        }
    }

    /// The tables that the suite allows the triggers of a check's table, by the names that the server's counters have.
    private func alsoWrites(of check: String, on connection: borrowing Connection) throws -> Set<String> {
        guard case .violations(let work)? = suite.checks.first(where: { $0.id == check })?.work,
            let repair = work.repair
        else { return [] }
        let names = try repair.alsoWrites.compactMap { name in
            try connection.query(
                """
                /* assay: catalog */
                SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
                WHERE c.oid = (SELECT coalesce(pg_partition_root(t), t) FROM to_regclass($1) AS t)
                """,
                [TableName(name)?.quoted ?? name]
            ).firstValue
        }
        return Set(names)
    }

    /// Enters the rows of each user as repairs below zero.
    private func tally(_ sql: String, _ parameters: [String?], on connection: borrowing Connection) throws {
        _ = try connection.stream(sql, parameters) { row in
            let check = row.text(0) ?? ""
            // Bytes, since texts that are no UTF-8 could look alike.
            nonisolated(unsafe) let user = row.bytes(1) ?? UnsafeRawBufferPointer(start: nil, count: 0)
            let count = row.text(2).flatMap { Int($0) } ?? 0
            context.tallies.with { tallies in
                guard let index = tallies.checks.firstIndex(of: check) else { return }
                tallies.add(user, check: index, phase: .repaired, times: -count)
            }
        }
    }
}
