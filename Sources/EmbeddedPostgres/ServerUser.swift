import Glibc

/// The operating system's user that a server runs as: PostgreSQL refuses root, so root hands it to `postgres`.
struct ServerUser: Sendable {
    /// Nil for the user that runs this program.
    let ids: (user: uid_t, group: gid_t)?

    static func current() throws(EmbeddedPostgresError) -> ServerUser {
        if geteuid() != 0 { return ServerUser(ids: nil) }
        guard let entry = getpwnam("postgres") else {
            throw EmbeddedPostgresError(
                message: """
                    PostgreSQL does not run as root, and there is no user postgres to run it as; install Debian's \
                    package postgresql, or run this program as another user.
                    """
            )
        }
        return ServerUser(ids: (entry.pointee.pw_uid, entry.pointee.pw_gid))
    }

    /// The command that runs another one as this user, in its own place: the process id stays.
    ///
    /// The kernel sends the signal when the thread that started the process ends. Subprocess starts all of them from
    /// one thread that lives as long as the program.
    var command: [String] {
        let identity = ids == nil ? [] : ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        return ["setpriv"] + identity + ["--pdeathsig=SIGQUIT", "--"]
    }
}
