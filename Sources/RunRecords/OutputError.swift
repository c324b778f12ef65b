import Glibc

/// The output folder could not be written.
package struct OutputError: Error, Hashable, CustomStringConvertible {
    /// What was being done, such as `create the folder`.
    package let action: String
    package let path: String
    /// The system's error number.
    package let errno: CInt

    package init(_ action: String, _ path: String, errno: CInt = Glibc.errno) {
        self.action = action
        self.path = path
        self.errno = errno
    }

    package var description: String {
        "cannot \(action) \(path): \(reason). \(advice)"
    }

    private var reason: String {
        String(cString: strerror(errno))
    }

    private var advice: String {
        switch errno {
        case ENOSPC, EDQUOT, EFBIG: "Make room there, or name another folder with --output."
        case EACCES, EPERM, EROFS: "Let this user write there, or name another folder with --output."
        case ENOTDIR, EEXIST, EISDIR, ENOTEMPTY: "Move what is in the way, or name another folder with --output."
        default: "Name another folder with --output, or see to the disk."
        }
    }
}
