import FoundationEssentials

/// The folder of `Package.swift`.
package let projectRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
