internal import CPgQuery
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Runs libpg_query on one thread, with a stack large enough for any text it is given.
///
/// The library writes its tree recursively, without a limit of its own: measured, a chain of `1+1+…` takes 130 bytes of
/// stack for each term, and 5,000 terms end a program whose thread has 512 KB. And it makes a `pthread_key_t` for each
/// thread that parses, of which a process has 1,024, and never deletes it: so the thread stays.
final class ParserThread: @unchecked Sendable {
    // Unchecked because `text` and `result` are handed over by the semaphores, to one caller at a time by `turn`.

    /// No longer text is read, in bytes of UTF-8: 50,000 terms of two bytes need 7 MB.
    static let textLimit = 100_000
    private static let stackSize = 32 << 20
    /// Nil when the system has no thread left.
    private static let shared = ParserThread()

    private let turn = Mutex(())
    private let asked = DispatchSemaphore(value: 0)
    private let answered = DispatchSemaphore(value: 0)
    private var text = ""
    private var result: PgQueryParseResult?

    /// The result is the caller's to free; nil when the system has no thread left.
    static func parse(_ text: String) -> PgQueryParseResult? {
        shared?.parse(text)
    }

    private init?() {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return nil }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, Self.stackSize) == 0 else { return nil }
        var thread = pthread_t()
        // Never released: the thread lives as long as the process.
        let argument = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(
            &thread,
            &attributes,
            { argument in
                guard let argument else { return nil }
                Unmanaged<ParserThread>.fromOpaque(argument).takeUnretainedValue().work()
            },
            argument
        )
        guard status == 0 else {
            Unmanaged<ParserThread>.fromOpaque(argument).release()
            return nil
        }
        pthread_detach(thread)
    }

    private func work() -> Never {
        while true {
            asked.wait()
            result = pg_query_parse(text)
            answered.signal()
        }
    }

    private func parse(_ text: String) -> PgQueryParseResult? {
        turn.withLock { _ in
            self.text = text
            asked.signal()
            answered.wait()
            nonisolated(unsafe) let result = result
            return result
        }
    }
}
