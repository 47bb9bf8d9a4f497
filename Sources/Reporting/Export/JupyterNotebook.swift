/// A Jupyter notebook, format 4.5 (nbformat.readthedocs.io), without outputs, which whoever runs it creates.
struct JupyterNotebook {
  let notebook: Notebook

  /// `NAME.ipynb`
  var file: ReportFile {
    ReportFile(name: "\(notebook.name).ipynb", text: { content.text + "\n" })
  }

  private var content: JSON {
    .object([
      ("cells", .array(PythonCells(notebook: notebook).all.enumerated().map { cell($0.element, number: $0.offset) })),
      (
        "metadata",
        .object([
          (
            "kernelspec",
            .object([
              ("display_name", .string("Python 3")), ("language", .string("python")), ("name", .string("python3")),
            ])
          ),
          ("language_info", .object([("name", .string("python"))])),
        ])
      ),
      ("nbformat", .integer(4)), ("nbformat_minor", .integer(5)),
    ])
  }

  private func cell(_ cell: Notebook.Cell, number: Int) -> JSON {
    let id: (key: String, value: JSON) = ("id", .string("cell-\(number + 1)"))
    let metadata: (key: String, value: JSON) = ("metadata", .object([]))
    switch cell {
    case .text(let text):
      return .object([("cell_type", .string("markdown")), id, metadata, ("source", source(text))])
    case .code(let text):
      return .object([
        ("cell_type", .string("code")), ("execution_count", .null), id, metadata, ("outputs", .array([])),
        ("source", source(text)),
      ])
    }
  }

  /// Lines, each except the last with its newline.
  private func source(_ text: String) -> JSON {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return .array(
      lines.enumerated().map { .string($0.offset < lines.count - 1 ? $0.element + "\n" : String($0.element)) })
  }
}
