import AuditEngine
import AuditModel
import Synchronization
import Wording

/// One line at the bottom of the terminal: what runs, how long, and how many rows so far.
final class ProgressDisplay: Sendable {
    private struct Running {
        var check: String
        var since: ContinuousClock.Instant
        var rows: Int?
    }

    private struct State {
        var running: [Running] = []
        var finished = 0
        var isOver = false
    }

    private let state = Mutex(State())
    private let total: Int
    private let width: Int
    private let clock = ContinuousClock()

    /// - Parameters:
    ///   - total: the number of checks.
    ///   - width: the terminal's columns.
    init(total: Int, width: Int) {
        self.total = total
        self.width = width
    }

    /// Draws ten times a second until the task is cancelled, then wipes the line.
    func draw() async {
        while !Task.isCancelled {
            state.withLock { state in
                if !state.isOver { Terminal.error("\r\(line(state))\u{1B}[K") }
            }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Wipes the line; nothing is drawn any more.
    func end() {
        state.withLock { state in
            state.isOver = true
            Terminal.error("\r\u{1B}[K")
        }
    }

    func show(_ progress: AuditProgress) {
        state.withLock { state in
            switch progress {
            case .connected: break
            case .started(let check): state.running.append(Running(check: check, since: clock.now))
            case .rows(let check, let count):
                guard let index = state.running.firstIndex(where: { $0.check == check }) else { return }
                state.running[index].rows = count
            case .finished(let check, _, _, _):
                state.running.removeAll { $0.check == check }
                state.finished += 1
            }
        }
    }

    private func line(_ state: borrowing State) -> String {
        let running = state.running.map { one in
            let seconds = Int((clock.now - one.since) / .seconds(1))
            let rows = one.rows.map { ", \($0.of("row"))" } ?? ""
            return "\(one.check) \(seconds) s\(rows)"
        }
        let text = (["\(state.finished) of \(total.of("check"))"] + running).joined(separator: " · ").visible
        return text.count < width ? text : "\(text.prefix(max(0, width - 2)))…"
    }
}
