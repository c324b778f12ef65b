/// An actor's executor with a thread of its own, so that blocking calls never hold up the cooperative pool.
///
/// The thread keeps only the queue alive. It ends when the executor, and so the actor, is gone.
final class ThreadExecutor: SerialExecutor {
    private struct Queue {
        // The executor stays alive until its job has run, which may be what releases the actor.
        var jobs: [(job: UnownedJob, executor: ThreadExecutor)] = []
        var isEnded = false
    }

    private let queue = Monitor(Queue())

    /// Starts the thread; nil when the system has no thread left to give.
    init?() {
        let queue = queue
        guard DetachedThread.start({ Self.work(through: queue) }) else { return nil }
    }

    deinit {
        queue.update { $0.isEnded = true }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.update { $0.jobs.append((job, self)) }
    }

    private static func work(through queue: Monitor<Queue>) {
        while true {
            let jobs = queue.wait { state -> [(job: UnownedJob, executor: ThreadExecutor)]? in
                guard state.jobs.isEmpty else {
                    defer { state.jobs = [] }
                    return state.jobs
                }
                return state.isEnded ? [] : nil
            }
            if jobs.isEmpty { return }
            for (job, executor) in jobs {
                job.runSynchronously(on: executor.asUnownedSerialExecutor())
            }
        }
    }
}
