import Glibc

/// What the program knows of the streams it writes to, read once at its edge.
struct Terminal: Sendable {
    /// Standard error is a terminal on which a line can be rewritten.
    let showsProgress: Bool
    /// Standard output takes colours.
    let colorsOutput: Bool
    /// Standard error takes colours.
    let colorsErrors: Bool
    /// Columns of the terminal at standard error.
    let width: Int

    /// - Parameter environment: for `NO_COLOR` (no-color.org), `TERM`, `CI` and `COLUMNS`.
    init(environment: [String: String]) {
        func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
        let isDumb = (environment["TERM"] ?? "dumb") == "dumb"
        let takesColors = !isSet("NO_COLOR") && !isDumb
        showsProgress = isatty(STDERR_FILENO) == 1 && !isDumb && !isSet("CI")
        colorsOutput = takesColors && isatty(STDOUT_FILENO) == 1
        colorsErrors = takesColors && isatty(STDERR_FILENO) == 1
        var size = winsize()
        if ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
            width = Int(size.ws_col)
        } else {
            width = environment["COLUMNS"].flatMap { Int($0) } ?? 80
        }
    }

    /// Writes a text as it is; returns the system's error number, 0 when all is written.
    private static func write(_ text: String, to descriptor: CInt) -> CInt {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 && errno != EINTR { return errno }
                rest = rest.dropFirst(max(0, written))
            }
            return 0
        }
    }

    /// Writes the result; a reader that has gone away, such as `head`, is no error of ours.
    static func output(_ text: String) throws(Failure) {
        let error = write(text, to: STDOUT_FILENO)
        guard error != 0 && error != EPIPE else { return }
        throw Failure(.cannotWrite, "cannot write to standard output: \(String(cString: strerror(error)))")
    }

    static func error(_ text: String) { _ = write(text, to: STDERR_FILENO) }
}

/// A colour for a word.
enum Tint: String {
    case red = "31"
    case green = "32"
    case yellow = "33"
    case faint = "2"
    case bold = "1"

    func paint(_ text: String, if isOn: Bool) -> String {
        isOn ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }
}
