import CommonMark
import Templating

/// A column of the sample.
struct ColumnView: View {
    let name: String

    static let fields = Fields<ColumnView>(["name": .text { MarkdownEscaping.visible($0.name) }])
}

/// A row of the sample.
struct RowView: View {
    let cells: [CellView]

    static let fields = Fields<RowView>(["cells": .list { $0.cells }])
}

/// A value of the sample; nil for NULL, which is something else than an empty text.
struct CellView: View {
    let value: String?

    static let fields = Fields<CellView>([
        "value": .text { $0.value.map(MarkdownEscaping.visible) },
        "is_null": .flag { $0.value == nil },
        "is_empty": .flag { $0.value?.isEmpty ?? false },
    ])
}
