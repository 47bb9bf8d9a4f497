/// The code of a notebook's parts in one language.
protocol NotebookLanguage {
  var notebook: Notebook { get }
  /// Loads the tables.
  var load: CodeText { get }
  /// Checks the tables against each other and against their description.
  var checks: CodeText { get }
  /// The median and the interval of every cell.
  var figures: CodeText { get }
  /// Outputs over a numeric index.
  var fans: CodeText { get }
  /// Outputs of one cell.
  var scalars: CodeText { get }
  /// Outputs over labels.
  var intervals: CodeText { get }
  /// Outputs compared with references.
  var comparisons: CodeText { get }
  /// Verdicts on claims.
  var verdicts: CodeText { get }
  /// Routes to one quantity.
  var routes: CodeText { get }
  /// The register of inputs.
  var assumptions: CodeText { get }
}

extension NotebookLanguage {
  /// All cells, in their order.
  var all: [Notebook.Cell] {
    var cells: [Notebook.Cell] = [
      .text(notebook.head), .code(load), .text(Notebook.Heading.checks), .code(checks),
      .text(Notebook.Heading.figures), .code(figures),
    ]
    func part(_ heading: MarkdownText, _ code: CodeText, isThere: Bool) {
      if isThere { cells += [.text(heading), .code(code)] }
    }
    part(Notebook.Heading.verdicts, verdicts, isThere: notebook.hasVerdicts)
    part(Notebook.Heading.fans, fans, isThere: !notebook.fans.isEmpty)
    part(Notebook.Heading.scalars, scalars, isThere: !notebook.scalars.isEmpty)
    part(Notebook.Heading.intervals, intervals, isThere: !notebook.intervals.isEmpty)
    part(Notebook.Heading.comparisons, comparisons, isThere: notebook.isCompared)
    part(Notebook.Heading.routes, routes, isThere: notebook.hasRoutes)
    part(Notebook.Heading.assumptions, assumptions, isThere: true)
    return cells
  }
}
