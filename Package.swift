// swift-tools-version: 6.2

import PackageDescription

/// One set of language rules for every target of the package.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// The targets of `Sources/`, from the program down to the wrappers of C libraries: imports run downward only.
let sources: [Target] = [
    .executableTarget(name: "assay", dependencies: ["AssayCommandLine"], swiftSettings: settings),
    .target(
        name: "AssayCommandLine",
        dependencies: [
            "AuditEngine", "AuditModel", "AuditSite", "CommonMark", "EmbeddedPostgres", "LivingDocuments", "Postgres",
            "RunRecords",
            "ShippedFiles", "SuiteFiles", "Templating", "Wording", argumentParser, logging, yams,
        ],
        swiftSettings: settings
    ),
    .target(
        name: "AuditEngine",
        dependencies: ["AuditModel", "Postgres", "RunRecords", "SQLSyntax", "Wording", logging],
        swiftSettings: settings
    ),
    .target(
        name: "SuiteFiles",
        dependencies: ["AuditModel", "CommonMark", "Hashing", "SQLSyntax", "Wording", yams],
        swiftSettings: settings
    ),
    .target(
        name: "AuditSite",
        dependencies: ["AuditModel", "CommonMark", "Hashing", "Templating", "Wording"],
        swiftSettings: settings
    ),
    .target(
        name: "LivingDocuments",
        dependencies: ["AuditModel", "CAttributes", "CommonMark", "Hashing", "Templating", "Wording"],
        swiftSettings: settings
    ),
    .target(
        name: "Broadcast",
        dependencies: ["AuditModel", "SQLSyntax", "ShippedFiles", "SuiteFiles"],
        swiftSettings: settings
    ),
    .target(
        name: "Templating",
        dependencies: ["CommonMark", "ShippedFiles", "Wording", mustache],
        swiftSettings: settings
    ),
    .target(name: "RunRecords", dependencies: ["AuditModel"], swiftSettings: settings),
    .target(name: "AuditModel", swiftSettings: settings),
    .target(name: "Wording", swiftSettings: settings),
    .target(name: "ShippedFiles", swiftSettings: settings, plugins: ["EmbedFiles"]),
    .target(name: "EmbeddedPostgres", dependencies: [subprocess], swiftSettings: settings),
    .target(name: "Postgres", dependencies: ["CLibPQ", "Wording", logging], swiftSettings: settings),
    .target(name: "CommonMark", dependencies: ["CCMarkGFM"], swiftSettings: settings),
    .target(name: "SQLSyntax", dependencies: ["CPgQuery"], swiftSettings: settings),
    .target(name: "Hashing", dependencies: ["CLibCrypto"], swiftSettings: settings),
]

/// C libraries, as Debian installs them.
let systemLibraries: [Target] = [
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(
        name: "CCMarkGFM",
        pkgConfig: "libcmark-gfm",
        providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]
    ),
    .systemLibrary(name: "CPgQuery", providers: [.apt(["libpg-query-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CAttributes"),
]

/// Compiles `templates/` and `audits/` into `ShippedFiles`, so that the program is one file.
let embedding: [Target] = [
    .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed-files"]),
    .executableTarget(name: "embed-files", swiftSettings: settings),
]

/// A test target for each source target with logic of its own, and `EndToEndTests`, which run the program from outside.
let tests: [Target] = [
    .target(
        name: "TestSupport",
        dependencies: ["EmbeddedPostgres", "Postgres", logging, subprocess],
        swiftSettings: settings
    ),
    .testTarget(
        name: "PostgresTests",
        dependencies: ["EmbeddedPostgres", "Postgres", "TestSupport", logging],
        swiftSettings: settings
    ),
    .testTarget(
        name: "EmbeddedPostgresTests",
        dependencies: ["EmbeddedPostgres", "Postgres", "TestSupport"],
        swiftSettings: settings
    ),
    .testTarget(name: "CommonMarkTests", dependencies: ["CommonMark", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "SQLSyntaxTests", dependencies: ["SQLSyntax"], swiftSettings: settings),
    .testTarget(name: "HashingTests", dependencies: ["Hashing"], swiftSettings: settings),
    .testTarget(
        name: "SuiteFilesTests",
        dependencies: ["AuditModel", "SuiteFiles", "TestSupport"],
        exclude: ["Snapshots"],
        swiftSettings: settings
    ),
    .testTarget(name: "WordingTests", dependencies: ["Wording"], swiftSettings: settings),
    .testTarget(name: "AuditModelTests", dependencies: ["AuditModel"], swiftSettings: settings),
    .testTarget(
        name: "RunRecordsTests",
        dependencies: ["AuditModel", "RunRecords", "TestSupport"],
        swiftSettings: settings
    ),
    .testTarget(
        name: "AuditEngineTests",
        dependencies: ["AuditEngine", "AuditModel", "Postgres", "RunRecords", "SuiteFiles", "TestSupport", logging],
        swiftSettings: settings
    ),
    .testTarget(
        name: "AuditSiteTests",
        dependencies: ["AuditModel", "AuditSite", "CommonMark", "RunRecords", "Templating", "TestSupport", "Wording"],
        exclude: ["Snapshots"],
        swiftSettings: settings
    ),
    .testTarget(
        name: "LivingDocumentsTests",
        dependencies: ["AuditModel", "CommonMark", "LivingDocuments", "Templating", "TestSupport"],
        exclude: ["Fixtures", "Places", "Snapshots"],
        swiftSettings: settings
    ),
    .testTarget(
        name: "BroadcastTests",
        dependencies: ["Broadcast", "Postgres", "ShippedFiles", "TestSupport", logging],
        swiftSettings: settings
    ),
    .testTarget(
        name: "BroadcastSuiteTests",
        dependencies: [
            "AuditEngine", "AuditModel", "EmbeddedPostgres", "Postgres", "RunRecords", "ShippedFiles", "SuiteFiles",
            "TestSupport", logging,
        ],
        swiftSettings: settings
    ),
    .testTarget(
        name: "EndToEndTests",
        dependencies: ["EmbeddedPostgres", "TestSupport"],
        exclude: ["Snapshots"],
        swiftSettings: settings
    ),
]

let package = Package(
    name: "assay",
    products: [
        .executable(name: "assay", targets: ["assay"]),
        .library(name: "Broadcast", targets: ["Broadcast"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: sources + systemLibraries + embedding + tests
)
