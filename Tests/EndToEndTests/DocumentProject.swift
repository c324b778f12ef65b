import Foundation
import Glibc
import TestSupport

/// A small suite, a database with violations, and documents that people have begun.
enum DocumentProject {
    /// Thirty items without a note, of three owners.
    static let schema = """
        CREATE TABLE item (id int PRIMARY KEY, owner text);
        CREATE TABLE note (item int PRIMARY KEY, owner text);
        INSERT INTO item SELECT g, 'owner-' || g % 3 FROM generate_series(1, 30) AS g
        """

    static let check = """
        ---
        id: missing
        kind: orphan
        user: owner
        key: [item]
        repairs: note
        fix_limits: none
        ---

        # Items without a note

        Every item has a note.

        ```sql find
        SELECT id AS item, owner FROM item AS i WHERE NOT EXISTS (SELECT FROM note WHERE item = i.id)
        ```

        ```sql fix
        INSERT INTO note (item, owner) SELECT item, owner FROM violations
        ```

        """

    static let configuration = """
        suite: suite
        documents:
          progress: { path: docs/PROGRESS.md }
          bugs: { path: docs/BUGS.md, when: changed }
          decisions: { path: docs/DECISIONS.md }
          checklists: [docs/CHECKLIST.md]

        """

    static let progress =
        "# Our progress\r\n\r\nWritten by *hand*.\r\n\r\n## 2020-01-02 It began\r\n\r\n- all\r\n"
    static let bugs =
        "# Bugs\n\n## BUG-1: Notes vanish\n\n**Status:** 🔴 OPEN\n\nThey do.\n\n## BUG-2: Notes are late"
    static let checklist = """
        # Before a release

        - [ ] every item has a note <!-- assay:check missing -->
        - [x] a person looked at it

        """

    /// A database and a folder with suite, configuration and documents; `common` are arguments of all commands.
    static func with(_ body: (_ common: [String], _ conninfo: String, TemporaryFolder) async throws -> Void)
        async throws
    {
        try await TemporaryFolder.with { folder in
            try folder.suite(["missing": check])
            try folder.write(configuration, to: "assay.yml")
            try folder.write(progress, to: "docs/PROGRESS.md")
            try folder.write(bugs, to: "docs/BUGS.md")
            try folder.write(checklist, to: "docs/CHECKLIST.md")
            try await withDatabase(loading: [schema]) { conninfo in
                let name = try await psql("SELECT current_database()", at: conninfo)
                try await body(["--database", conninfo, "--expect", name], conninfo, folder)
            }
        }
    }
}

/// Runs the program while its documents' folder is locked, until a run is recorded and `spoil` has changed a document.
func assay(
    _ arguments: [String],
    in folder: TemporaryFolder,
    locking documents: String,
    untilRuns runs: Int,
    spoil: () throws -> Void
) async throws -> Program.Result {
    let lock = open(folder.file(documents), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard flock(lock, LOCK_EX) == 0 else { throw ToolFailure(text: "the folder cannot be locked") }
    return try await assay(arguments, in: folder) { _ in
        try await eventually { folder.runs().count == runs }
        try spoil()
        close(lock)
    }
}
