import Glibc
import Wording

/// A folder with the user's versions of templates.
enum TemplateFolder {
    /// Reads all files of a folder; hidden ones and an editor's backups, which end in `~`, are passed over.
    ///
    /// - Parameter known: the files that can be overridden, by their paths below the folder.
    static func read(_ folder: String, known: [String]) throws(TemplateError) -> [TemplateSource] {
        var sources: [TemplateSource] = []
        var mistakes: [TemplateError.Mistake] = []
        for file in try files(in: folder, below: "") {
            let path = "\(folder)/\(file)"
            if !known.contains(file) {
                mistakes.append(
                    TemplateError.Mistake(
                        path: path,
                        place: nil,
                        problem: "no shipped template has this name, so that nothing would use the file",
                        advice: NearestName.advice(for: file, among: known)
                    )
                )
            } else {
                do throws(TemplateError.Mistake) {
                    sources.append(TemplateSource(file: file, path: path, text: try text(of: path)))
                } catch {
                    mistakes.append(error)
                }
            }
        }
        guard mistakes.isEmpty else { throw TemplateError(mistakes) }
        return sources
    }

    private static func files(in folder: String, below prefix: String) throws(TemplateError) -> [String] {
        guard let directory = opendir(prefix.isEmpty ? folder : "\(folder)/\(prefix)") else {
            throw TemplateError([
                TemplateError.Mistake(
                    path: prefix.isEmpty ? folder : "\(folder)/\(prefix)",
                    place: nil,
                    problem: "the folder of templates cannot be read: \(String(cString: strerror(errno)))",
                    advice: "Name a folder that holds templates, or leave 'templates' out of the configuration."
                )
            ])
        }
        defer { closedir(directory) }
        var files: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix(".") || name.hasSuffix("~") { continue }
            let file = prefix.isEmpty ? name : "\(prefix)/\(name)"
            var status = stat()
            if stat("\(folder)/\(file)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
                files += try self.files(in: folder, below: file)
            } else {
                files.append(file)
            }
        }
        return files.sorted()
    }

    private static func text(of path: String) throws(TemplateError.Mistake) -> String {
        func unreadable(_ reason: String) -> TemplateError.Mistake {
            TemplateError.Mistake(
                path: path,
                place: nil,
                problem: "the template cannot be read: \(reason)",
                advice: "Let this user read it, or remove it."
            )
        }
        // A pipe without a writer would otherwise be waited for.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw unreadable(String(cString: strerror(errno))) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw unreadable("it is no regular file")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(String(cString: strerror(errno))) }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw TemplateError.Mistake(
                path: path,
                place: nil,
                problem: "the template is not valid UTF-8",
                advice: "Save it as UTF-8."
            )
        }
        // Git and editors add these; what is made of the template has its own line ends.
        let unmarked = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        return unmarked.replacing("\r\n", with: "\n")
    }
}
