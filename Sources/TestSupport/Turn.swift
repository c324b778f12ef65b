import Synchronization

/// Lets a dozen tests at a time use the shared server: hundreds at once would wait for one another until they fail.
enum Turn {
    /// A test that has its turn needs none for what it does within.
    @TaskLocal private static var isTaken = false

    private struct Line {
        var free = 12
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private static let line = Mutex(Line())

    /// Runs `body` when it is its turn.
    static func with<R>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> R
    ) async throws -> R {
        if isTaken { return try await body() }
        await take()
        defer { give() }
        return try await $isTaken.withValue(true) { try await body() }
    }

    private static func take() async {
        await withCheckedContinuation { continuation in
            let isFree = line.withLock { line in
                if line.free > 0 {
                    line.free -= 1
                    return true
                }
                line.waiting.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    private static func give() {
        let next = line.withLock { line in
            guard line.waiting.isEmpty else { return line.waiting.removeFirst() as CheckedContinuation<Void, Never>? }
            line.free += 1
            return nil
        }
        next?.resume()
    }
}
