import Evidence
import Simulation
import TextFormats

/// A run as notebooks with a data package: `NAME.ipynb` and `NAME.qmd` next to the folder `NAME`.
package struct NotebookExport {
  private let package: DataPackage
  private let notebook: Notebook

  /// The export of a result.
  ///
  /// - Parameters:
  ///   - result: the run's result.
  ///   - name: the name of the notebooks and the folder.
  ///   - digest: SHA-256 of bytes, in lower-case hexadecimal.
  package init(of result: ScenarioResult, name: String, digest: @escaping ([UInt8]) -> String) throws {
    let command = ReproducingCommand.text("export", "notebook", of: result, further: ["--name", name])
    package = try DataPackage(of: result, name: name, command: command, digest: digest)
    notebook = Notebook(of: result, name: name, command: command, indexes: package.indexes)
  }

  /// The files of the folder: tables, record and their description. They depend only on the result, byte for byte.
  package var tables: [ReportFile] { package.files }

  /// The notebooks next to it.
  package var notebooks: [ReportFile] {
    [JupyterNotebook(notebook: notebook).file, QuartoDocument(notebook: notebook).file]
  }
}

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
      return .object([("cell_type", .string("markdown")), id, metadata, ("source", source(text.text))])
    case .code(let text):
      return .object([
        ("cell_type", .string("code")), ("execution_count", .null), id, metadata, ("outputs", .array([])),
        ("source", source(text.text)),
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

/// The notebook in R: a Quarto document (quarto.org), whose chunks knitr can also run.
struct QuartoDocument {
  let notebook: Notebook

  /// `NAME.qmd`
  var file: ReportFile { ReportFile(name: "\(notebook.name).qmd", text: { text }) }

  private var text: String {
    var lines = [
      "---", "title: \(title)", "format:", "  html:", "    embed-resources: true", "engine: knitr",
      "---",
      "",
    ]
    for cell in RCells(notebook: notebook).all {
      switch cell {
      // The title is in the header.
      case .text(let text):
        lines += text.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).filter {
          $0 != notebook.heading.text
        }
      case .code(let text): lines += ["```{r, fig.width=10, fig.height=7}", text.text, "```"]
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  /// The title as a double-quoted YAML string, whose escapes are those of JSON. Quarto reads it as Markdown.
  private var title: String { JSON.string(MarkdownText(escaping: notebook.title).text).text }
}
