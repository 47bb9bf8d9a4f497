/// The notebook in R: a Quarto document (quarto.org), whose chunks knitr can also run.
struct QuartoDocument {
  let notebook: Notebook

  /// `NAME.qmd`
  var file: ReportFile { ReportFile(name: "\(notebook.name).qmd", text: { text }) }

  private var text: String {
    var lines = [
      "---", "title: \(quoted(notebook.title))", "format:", "  html:", "    embed-resources: true", "engine: knitr",
      "---",
      "",
    ]
    for cell in RCells(notebook: notebook).all {
      switch cell {
      // The title is in the header.
      case .text(let text):
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).filter {
          $0 != "# \(notebook.title)"
        }
      case .code(let text): lines += ["```{r, fig.width=10, fig.height=7}", text, "```"]
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  /// A double-quoted YAML string, whose escapes are those of JSON.
  private func quoted(_ text: String) -> String { JSON.string(text).text }
}
