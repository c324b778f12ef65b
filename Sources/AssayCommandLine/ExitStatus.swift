internal import ArgumentParser

/// The exit codes of the program; the numbers from 64 up are those of `sysexits.h`.
enum ExitStatus: Int32 {
    /// Nothing is failing.
    case success = 0
    /// Violations remain, at or above `--fail-on`.
    case violations = 1
    /// Something could not be measured.
    case incomplete = 2
    /// A check file, template or document is wrong.
    case wrongFile = 65
    /// The database is out of reach.
    case unreachable = 69
    /// A fault of assay's own.
    case internalFault = 70
    /// The output cannot be written.
    case cannotWrite = 73
    /// Another run holds the lock.
    case locked = 75
    /// Not the expected database, or a missing privilege.
    case notPermitted = 77
    /// The configuration is wrong.
    case wrongConfiguration = 78
    /// Wrong usage.
    case wrongUsage = 64

    var code: ExitCode { ExitCode(rawValue) }

    /// The table that the help shows.
    static let help = """
        EXIT CODES
          0   nothing is failing
          1   violations remain, at or above --fail-on
          2   something could not be measured, a fix was refused or rolled back, or a
              probe was not run; all else is reported
          64  wrong usage            65  wrong check file, template, document
          69  database out of reach  70  a fault of assay's own
          73  cannot write output    75  another run holds the lock
          77  not the expected database, or not permitted
          78  wrong configuration    129, 130, 143  ended by a signal
        """
}
