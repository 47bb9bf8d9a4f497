/// The notebook's twin in R: a Quarto document (quarto.org), whose chunks knitr runs too.
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
      // The title stands in the header.
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

  /// Text in YAML's double quotes, which are JSON's.
  private func quoted(_ text: String) -> String { JSON.string(text).text }
}
