internal import CPgQuery
internal import Glibc

/// Runs libpg_query on a thread with a stack large enough for any text it is given.
///
/// The library writes its tree recursively, without a limit of its own: measured, a chain of `1+1+…` takes 130 bytes of
/// stack for each term, and 5,000 terms end a program whose thread has 512 KB.
enum ParserThread {
    /// No longer text is read, in bytes of UTF-8: 50,000 terms of two bytes need 7 MB.
    static let textLimit = 100_000
    private static let stackSize = 32 << 20

    private final class Work {
        let text: String
        var result: PgQueryParseResult?

        init(text: String) {
            self.text = text
        }
    }

    /// The result is the caller's to free; nil when the system has no thread left.
    static func parse(_ text: String) -> PgQueryParseResult? {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return nil }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return nil }
        let work = Work(text: text)
        // `work` outlives the thread, which is joined below.
        let argument = Unmanaged.passUnretained(work).toOpaque()
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            &attributes,
            { argument in
                guard let argument else { return nil }
                let work = Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue()
                work.result = pg_query_parse(work.text)
                return nil
            },
            argument
        )
        guard status == 0 else { return nil }
        pthread_join(thread, nil)
        return withExtendedLifetime(work) { work.result }
    }
}
