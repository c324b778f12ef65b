import AuditModel
import CommonMark
import Templating

/// A table of rows with the file that holds all of them.
struct RowsView: View {
    let caption: String
    /// Below the run's folder; nil when there is none.
    let file: String?
    let base: String
    let sample: Sample
    let limit: Int
    /// What the file holds.
    let note: String

    static let fields = Fields<RowsView>([
        "caption": .text { $0.caption },
        "file": .text { $0.file },
        "href": .text { view in view.file.map { view.base + $0 } },
        "columns": .list { view in view.rows.isEmpty ? [] : view.sample.columns.map(ColumnView.init) },
        "rows": .list { $0.rows },
    ])

    private var rows: [RowView] {
        sample.rows.prefix(limit).map { RowView(cells: $0.map(CellView.init)) }
    }
}

/// A column of a table of rows.
struct ColumnView: View {
    let name: String

    static let fields = Fields<ColumnView>(["name": .text { MarkdownEscaping.visible($0.name) }])
}

/// A row of a table.
struct RowView: View {
    let cells: [CellView]

    static let fields = Fields<RowView>(["cells": .list { $0.cells }])
}

/// A value of a row; nil for NULL, which is something else than an empty text.
struct CellView: View {
    let value: String?

    static let fields = Fields<CellView>([
        "value": .text { $0.value.map(MarkdownEscaping.visible) },
        "is_null": .flag { $0.value == nil },
        "is_empty": .flag { $0.value?.isEmpty ?? false },
    ])
}
