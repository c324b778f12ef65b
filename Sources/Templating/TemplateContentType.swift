import CommonMark
import Mustache

/// How the values of a template are escaped.
enum TemplateContentType {
    case html, markdown, text

    /// - Parameter file: a name such as `pages/run.html`.
    init(file: String) {
        self = file.hasSuffix(".html") ? .html : file.hasSuffix(".md") ? .markdown : .text
    }

    /// The name that the engine knows the escaping by.
    var registeredName: String {
        _ = Self.registration
        return switch self {
        case .html: "ASSAY_HTML"
        case .markdown: "ASSAY_MARKDOWN"
        case .text: "TEXT"
        }
    }

    /// The engine's table of content types is a global of its own: filled once, before the first template is read.
    private static let registration: Void = {
        MustacheContentTypes.register(HTMLText(), named: "ASSAY_HTML")
        MustacheContentTypes.register(MarkdownText(), named: "ASSAY_MARKDOWN")
    }()
}

/// Escapes by bytes: the engine's own escaping goes by characters, and misses a quote with a combining mark behind it.
struct HTMLText: MustacheContentType {
    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.entity($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let entity = Self.entity(byte) {
                bytes.append(contentsOf: entity.utf8)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func entity(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}

/// Escapes for a cell of a table, which is right for any other inline text, too.
struct MarkdownText: MustacheContentType {
    func escapeText(_ text: String) -> String {
        MarkdownEscaping.cell(text)
    }
}
