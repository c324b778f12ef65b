internal import CCMarkGFM
internal import Synchronization

/// cmark-gfm's own tree of a text. Owns the parser and the nodes.
struct CMarkTree: ~Copyable {
    // The parser owns the list of extensions that rendering needs, so it lives as long as the tree.
    private let parser: OpaquePointer
    private let root: OpaquePointer

    private init(adopting parser: OpaquePointer, root: OpaquePointer) {
        self.parser = parser
        self.root = root
    }

    deinit {
        cmark_node_free(root)
        cmark_parser_free(parser)
    }

    /// Safe mode is the library's default; `CMARK_OPT_UNSAFE` is never set.
    private static let options = CMARK_OPT_DEFAULT

    /// The registry of extensions is a global of the library: filled once, under the lock of this constant.
    private static let registration: Void = cmark_gfm_core_extensions_ensure_registered()

    // The characters that begin a link or strikethrough are in a table of the library's that every parser switches on
    // and off again: of two at the same time, one would miss links.
    private static let parsing = Mutex<Void>(())

    static func parse(_ bytes: [UInt8]) -> CMarkTree {
        let (parser, root) = parsing.withLock { _ in parsed(bytes) }
        return CMarkTree(adopting: parser, root: root)
    }

    private static func parsed(_ bytes: [UInt8]) -> sending (parser: OpaquePointer, root: OpaquePointer) {
        registration
        guard let parser = cmark_parser_new(options) else { fatalError("out of memory for a Markdown parser") }
        for name in ["table", "strikethrough", "autolink", "tasklist", "tagfilter"] {
            guard let syntax = cmark_find_syntax_extension(name) else { fatalError("cmark-gfm has no \(name)") }
            cmark_parser_attach_syntax_extension(parser, syntax)
        }
        bytes.withUnsafeBytes { buffer in
            let text = buffer.assumingMemoryBound(to: CChar.self)
            cmark_parser_feed(parser, text.baseAddress, text.count)
        }
        guard let root = cmark_parser_finish(parser) else { fatalError("out of memory for a Markdown tree") }
        return (parser, root)
    }

    /// The whole tree as values.
    borrowing func value() -> MarkdownNode {
        Self.value(root, depth: 0)
    }

    borrowing func html() -> String {
        guard let text = cmark_render_html(root, Self.options, cmark_parser_get_syntax_extensions(parser)) else {
            fatalError("out of memory for a Markdown page")
        }
        defer { cmark_get_default_mem_allocator().pointee.free(text) }
        return String(cString: text)
    }

    /// Puts a link, or the bare description, in the place of each image, so that a page loads nothing.
    borrowing func replaceImages() {
        var images: [OpaquePointer] = []
        guard let iterator = cmark_iter_new(root) else { fatalError("out of memory for a Markdown iterator") }
        while true {
            let event = cmark_iter_next(iterator)
            if event == CMARK_EVENT_DONE { break }
            // On leaving, so that an image inside an image's description comes first.
            guard event == CMARK_EVENT_EXIT, let node = cmark_iter_get_node(iterator) else { continue }
            if cmark_node_get_type(node) == CMARK_NODE_IMAGE { images.append(node) }
        }
        cmark_iter_free(iterator)
        for image in images { Self.replace(image) }
    }

    private static func replace(_ image: OpaquePointer) {
        let url = text(cmark_node_get_url(image))
        var target = image
        // A link cannot stand inside a link.
        let isComplete = url.hasPrefix("https://") || url.hasPrefix("http://")
        if isComplete, !isInsideLink(image), let link = cmark_node_new(CMARK_NODE_LINK) {
            cmark_node_set_url(link, url)
            cmark_node_insert_before(image, link)
            target = link
        }
        while let child = cmark_node_first_child(image) {
            if target == image {
                cmark_node_insert_before(image, child)
            } else {
                cmark_node_append_child(target, child)
            }
        }
        cmark_node_free(image)
    }

    private static func isInsideLink(_ node: OpaquePointer) -> Bool {
        var parent = cmark_node_parent(node)
        while let current = parent {
            let type = cmark_node_get_type(current)
            if type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE { return true }
            parent = cmark_node_parent(current)
        }
        return false
    }
}

extension CMarkTree {
    /// Elements nested deeper than this are left out, so that no text can exhaust the stack.
    static let depthLimit = 200

    private static func value(_ node: OpaquePointer, depth: Int) -> MarkdownNode {
        var children: [MarkdownNode] = []
        if depth < depthLimit {
            var next = cmark_node_first_child(node)
            while let child = next {
                children.append(value(child, depth: depth + 1))
                next = cmark_node_next(child)
            }
        }
        let range = SourceRange(
            startLine: Int(cmark_node_get_start_line(node)),
            startColumn: Int(cmark_node_get_start_column(node)),
            endLine: Int(cmark_node_get_end_line(node)),
            endColumn: Int(cmark_node_get_end_column(node))
        )
        return MarkdownNode(kind: kind(of: node), range: range, children: children)
    }

    private static func kind(of node: OpaquePointer) -> MarkdownNode.Kind {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_DOCUMENT: .document
        case CMARK_NODE_BLOCK_QUOTE: .blockQuote
        case CMARK_NODE_LIST: .list(list(node))
        case CMARK_NODE_ITEM: item(node)
        case CMARK_NODE_CODE_BLOCK: .codeBlock(codeBlock(node))
        case CMARK_NODE_HTML_BLOCK: .htmlBlock(text(cmark_node_get_literal(node)))
        case CMARK_NODE_PARAGRAPH: .paragraph
        case CMARK_NODE_HEADING: .heading(level: Int(cmark_node_get_heading_level(node)))
        case CMARK_NODE_THEMATIC_BREAK: .thematicBreak
        case CMARK_NODE_TEXT: .text(text(cmark_node_get_literal(node)))
        case CMARK_NODE_SOFTBREAK: .softBreak
        case CMARK_NODE_LINEBREAK: .lineBreak
        case CMARK_NODE_CODE: .code(text(cmark_node_get_literal(node)))
        case CMARK_NODE_HTML_INLINE: .html(text(cmark_node_get_literal(node)))
        case CMARK_NODE_EMPH: .emphasis
        case CMARK_NODE_STRONG: .strong
        case CMARK_NODE_LINK: .link(url: text(cmark_node_get_url(node)), title: text(cmark_node_get_title(node)))
        case CMARK_NODE_IMAGE: .image(url: text(cmark_node_get_url(node)), title: text(cmark_node_get_title(node)))
        default: extensionKind(of: node)
        }
    }

    /// Extensions number their types when they are registered, so that only the name is constant.
    private static func extensionKind(of node: OpaquePointer) -> MarkdownNode.Kind {
        switch text(cmark_node_get_type_string(node)) {
        case "table": .table(alignments: alignments(node))
        case "table_header": .tableRow(isHeader: true)
        case "table_row": .tableRow(isHeader: false)
        case "table_cell": .tableCell
        case "strikethrough": .strikethrough
        case let name: .other(name)
        }
    }

    private static func list(_ node: OpaquePointer) -> MarkdownNode.List {
        MarkdownNode.List(
            isOrdered: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
            start: Int(cmark_node_get_list_start(node)),
            isTight: cmark_node_get_list_tight(node) != 0
        )
    }

    /// A task keeps the type of an item; only its name tells.
    private static func item(_ node: OpaquePointer) -> MarkdownNode.Kind {
        guard text(cmark_node_get_type_string(node)) == "tasklist" else { return .item(isChecked: nil) }
        return .item(isChecked: cmark_gfm_extensions_get_tasklist_item_checked(node))
    }

    private static func codeBlock(_ node: OpaquePointer) -> MarkdownNode.CodeBlock {
        var length: CInt = 0
        var offset: CInt = 0
        var character: CChar = 0
        let isFenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0
        return MarkdownNode.CodeBlock(
            info: isFenced ? text(cmark_node_get_fence_info(node)) : nil,
            literal: text(cmark_node_get_literal(node)),
            fenceOffset: Int(offset)
        )
    }

    private static func alignments(_ node: OpaquePointer) -> [MarkdownNode.Alignment] {
        let count = Int(cmark_gfm_extensions_get_table_columns(node))
        guard let letters = cmark_gfm_extensions_get_table_alignments(node) else { return [] }
        return (0..<count).map { column in
            switch letters[column] {
            case UInt8(ascii: "l"): .left
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            default: .none
            }
        }
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }
}
