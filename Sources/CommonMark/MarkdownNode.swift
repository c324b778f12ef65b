/// A block or an inline element of a Markdown document.
package struct MarkdownNode: Sendable, Equatable {
    package var kind: Kind
    /// Where the element stands; cmark-gfm is exact for blocks, and only roughly right for inline elements.
    package var range: SourceRange
    package var children: [MarkdownNode]

    package init(kind: Kind, range: SourceRange, children: [MarkdownNode] = []) {
        self.kind = kind
        self.range = range
        self.children = children
    }

    package enum Kind: Sendable, Equatable {
        case document, blockQuote, paragraph, thematicBreak
        case heading(level: Int)
        case list(List)
        /// `isChecked` is nil for an item that is no task.
        case item(isChecked: Bool?)
        case codeBlock(CodeBlock)
        case htmlBlock(String)
        case table(alignments: [Alignment])
        case tableRow(isHeader: Bool)
        case tableCell

        case text(String)
        case softBreak, lineBreak
        case code(String)
        case html(String)
        case emphasis, strong, strikethrough
        case link(url: String, title: String)
        case image(url: String, title: String)
        /// A type that no extension in use makes.
        case other(String)
    }

    package struct List: Sendable, Equatable {
        package var isOrdered: Bool
        /// The first number of an ordered list.
        package var start: Int
        package var isTight: Bool

        package init(isOrdered: Bool, start: Int, isTight: Bool) {
            self.isOrdered = isOrdered
            self.start = start
            self.isTight = isTight
        }
    }

    package struct CodeBlock: Sendable, Equatable {
        /// The words after the opening fence, without surrounding blanks; nil for code by indentation.
        package var info: String?
        /// The code, each line closed by a newline.
        package var literal: String
        /// Columns by which the opening fence is indented; as many blanks are cut off each line of the code.
        package var fenceOffset: Int

        package init(info: String?, literal: String, fenceOffset: Int) {
            self.info = info
            self.literal = literal
            self.fenceOffset = fenceOffset
        }
    }

    package enum Alignment: Sendable, Equatable {
        case none, left, center, right
    }
}

extension MarkdownNode {
    /// The text that a reader sees, without markup.
    package var plainText: String {
        switch kind {
        case .text(let text), .code(let text): text
        case .softBreak: " "
        case .lineBreak: "\n"
        default: children.map(\.plainText).joined()
        }
    }

    /// Visits this node and all below it in the order of the text.
    package func walk(_ visit: (MarkdownNode) -> Void) {
        visit(self)
        for child in children { child.walk(visit) }
    }
}
