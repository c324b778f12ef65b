import Foundation
import PackagePlugin

/// Turns the files that users may edit copies of (`templates/`, `audits/`) into Swift source for `ShippedFiles`.
@main
struct EmbedFiles: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let root = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
        let folders = ["templates", "audits"]
        return [
            .buildCommand(
                displayName: "Embedding \(folders.joined(separator: ", "))",
                executable: try context.tool(named: "embed-files").url,
                arguments: [output.path(), root.path()] + folders,
                inputFiles: folders.flatMap { files(under: root.appending(path: $0)) },
                outputFiles: [output]
            )
        ]
    }

    private func files(under folder: URL) -> [URL] {
        let enumerator = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        let found = (enumerator?.allObjects ?? []).compactMap { $0 as? URL }
        return found.filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true }
            .sorted { $0.path() < $1.path() }
    }
}
