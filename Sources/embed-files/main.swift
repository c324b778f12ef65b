import Foundation

// Usage: embed-files OUTPUT.swift ROOT FOLDER…
// Writes every text file below the folders as one entry of a dictionary, by its path below ROOT.

let arguments = CommandLine.arguments
guard arguments.count > 3 else {
    FileHandle.standardError.write(Data("usage: embed-files OUTPUT ROOT FOLDER...\n".utf8))
    exit(64)
}
let root = URL(filePath: arguments[2])

var source = "extension ShippedFiles {\n    static let contents: [String: String] = [\n"
for folder in arguments[3...] {
    let below = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
    let names = (below?.allObjects ?? []).compactMap { $0 as? String }.sorted()
    for name in names where !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
        let data = try? Data(contentsOf: root.appending(path: "\(folder)/\(name)"))
        guard let data, let text = String(data: data, encoding: .utf8) else { continue }
        source += "        \(literal("\(folder)/\(name)")): \(literal(text)),\n"
    }
}
source += "    ]\n}\n"
try source.write(to: URL(filePath: arguments[1]), atomically: true, encoding: .utf8)

/// A Swift string literal for any text, all non-ASCII and control characters escaped.
func literal(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case " "..."~": result.unicodeScalars.append(scalar)
        default: result += "\\u{\(String(scalar.value, radix: 16))}"
        }
    }
    return result + "\""
}
