import Evidence
import Modeling
import Simulation

/// The content of a notebook on a run, independent of the programming language: its charts, and the command that
/// reproduces the run.
struct Notebook {
  /// A part of a notebook.
  enum Cell {
    case text(MarkdownText)
    case code(CodeText)
  }

  /// Maximum number of charts in one figure.
  private static let mostCharts = 6

  let name: String
  let title: String
  let about: String?
  let command: String
  let draws: Int
  let seed: UInt64
  let design: String
  let digest: String
  /// The indexes that the tables have as columns.
  let indexes: [String]
  /// True if there is a posterior in addition to the prior.
  let isConditioned: Bool
  /// Outputs over one numeric index: fan charts.
  let fans: [(output: String, index: String)]
  /// Outputs of one cell: densities and cumulative curves.
  let scalars: [String]
  /// Outputs over one index of labels: intervals.
  let intervals: [(output: String, index: String)]
  /// True if outputs are compared with references.
  let isCompared: Bool
  /// The numeric index of the comparisons.
  let comparedOver: String?
  /// True if the scenario decides published claims.
  let hasVerdicts: Bool
  /// True if a quantity is estimated by several routes.
  let hasRoutes: Bool

  /// The notebook of a result.
  init(of result: ScenarioResult, name: String, command: String, indexes: [String]) {
    let model = result.model
    self.name = name
    self.command = command
    self.indexes = indexes
    title = model.title
    about = model.about
    draws = result.draws
    seed = model.settings.seed
    design = model.settings.design
    digest = model.digest
    isConditioned = result.evidence?.posterior != nil
    hasVerdicts = !result.decidedVerdicts.isEmpty
    hasRoutes = result.evidence?.triangulations.isEmpty == false
    let compared = result.outputs.filter { !$0.output.comparisons.isEmpty }
    isCompared = !compared.isEmpty
    comparedOver =
      compared.flatMap { model[$0.output.quantity].cells.indexes }.map { model[$0] }
      .first { $0.isNumeric && $0.labels.count > 1 }?.name
    var fans: [(output: String, index: String)] = []
    var scalars: [String] = []
    var intervals: [(output: String, index: String)] = []
    for output in result.outputs {
      let quantity = model[output.output.quantity]
      // Values that are the same in all draws have no distribution to show.
      guard output.cells.contains(where: { $0.sd > 0 || !$0.sd.isFinite }) else { continue }
      switch quantity.cells.indexes.count {
      case 0: scalars.append(quantity.name)
      case 1:
        let index = model[quantity.cells.indexes[0]]
        if index.isNumeric {
          fans.append((quantity.name, index.name))
        } else {
          intervals.append((quantity.name, index.name))
        }
      default: continue
      }
    }
    self.fans = Array(fans.prefix(Self.mostCharts))
    self.scalars = Array(scalars.prefix(Self.mostCharts))
    self.intervals = Array(intervals.prefix(Self.mostCharts))
  }

  /// The heading with the title.
  var heading: MarkdownText { "# \(title)" }

  /// The introduction: the scenario, and the settings behind its results.
  var head: MarkdownText {
    var lines = [heading]
    if let about { lines += ["", MarkdownText.lines(about)] }
    let folder = MarkdownText.code("\(name)/")
    let run: MarkdownText =
      "The tables in \(folder) are one run of \(NumberText.draws(draws)), design \(design), seed \(String(seed)). "
    let files: MarkdownText =
      "`datapackage.json` describes every column; `record.json` has every input with its value, unit and source."
    lines += ["", run + files, "", "They were made by", "", MarkdownText.codeBlock(command), ""]
    lines.append("from the scenario with the digest \(MarkdownText.code(digest)).")
    return MarkdownText(separated: lines, by: "\n")
  }

  /// The headings of the parts.
  enum Heading {
    static let checks: MarkdownText =
      "## Check of the tables\n\nThe files are compared with their SHA-256 digests, and the tables with each other."
    static let figures: MarkdownText =
      "## Results\n\nThe median and the 90 % interval of every output cell, in its unit."
    static let fans: MarkdownText =
      "## By year\n\nThe median, the 50 % and the 90 % interval. They express the uncertainty of the scenario: more draws "
      + "do not narrow them."
    static let scalars: MarkdownText =
      "## Distributions\n\nDensity of the draws, with the median and the 90 % interval."
    static let intervals: MarkdownText = "## By label\n\nThe median and the 90 % interval."
    static let comparisons: MarkdownText =
      "## Comparisons\n\nThe ratio of output to reference, draw by draw: its median and 90 % interval, and the probability "
      + "that the output is greater. Over a numeric index, the chart of ratios has its first, middle and last label."
    static let verdicts: MarkdownText =
      "## Verdicts\n\nEach claim, whether it holds, and the probability of its condition."
    static let routes: MarkdownText = "## Routes to one quantity\n\nEach route, and the pooled estimates."
    static let assumptions: MarkdownText = "## Assumptions\n\nEvery input with its value and source."
  }
}
