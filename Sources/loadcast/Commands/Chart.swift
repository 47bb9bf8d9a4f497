import ArgumentParser
import Diagnostics
import Modeling
import Reporting
import ScenarioFiles
import TextFormats

/// Draws a chart of results that other commands have written.
struct Chart: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a chart of a folder of results, as SVG or as a Vega-Lite specification.",
    discussion: """
      A fan shows an output along years, a density one cell of it, a comparison its ratios to references, and routes the \
      estimates of `routes.csv`; drivers and tornado are of `loadcast sensitivity`, a sweep of `loadcast sweep`. Several \
      folders give one chart with a series for each. Results of `run --format csv,vega` have the references of a fan. Beside \
      the chart are its data (.csv) and its source, citation and alternative text (.json).
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("Folders of results, such as results/ai-sector.", valueName: "results"),
    completion: .directory)
  var results: [String]

  @Option(help: ArgumentHelp("The output, or the estimate of routes; by default the first.", valueName: "name"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The kind of chart: \(ChartData.Kind.allCases.map(\.rawValue).joined(separator: ", ")); by default fan or density.",
      valueName: "kind"))
  var kind: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Draw the cells at a label: INDEX=LABEL. Repeatable.", valueName: "label"))
  var cell: [String] = []

  @Flag(help: "Draw the prior beside the posterior.") var prior = false
  @OptionGroup var width: IntervalOptions

  @Option(help: ArgumentHelp("Write the chart to this SVG file.", valueName: "file")) var svg: String?
  @Option(help: ArgumentHelp("Write the chart to this Vega-Lite specification.", valueName: "file")) var vega: String?
  @OptionGroup var styling: StyleOptions
  @OptionGroup var errors: ErrorFormOptions

  func validate() throws {
    if results.isEmpty { throw UsageProblem.error(.usage("chart needs a folder of results")) }
    if svg == nil, vega == nil { throw UsageProblem.error(.flagNeeds("chart", "--svg FILE or --vega FILE")) }
    if styling.style != nil, vega == nil { throw UsageProblem.error(.flagNeeds("--style", "--vega FILE")) }
    for path in [svg, vega] where path?.isEmpty == true || path?.hasSuffix("/") == true {
      throw UsageProblem.error(.usage("--svg and --vega need the name of a file"))
    }
    if let svg, !svg.hasSuffix(".svg") {
      throw UsageProblem.error(.usage("the name of a picture ends in .svg, as in --svg fan.svg"))
    }
    // Beside `fan.vl.json` is the metadata, `fan.json`.
    if let vega, !vega.hasSuffix(".vl.json") {
      throw UsageProblem.error(.usage("the name of a specification ends in .vl.json, as in --vega fan.vl.json"))
    }
  }

  func run() throws {
    let sources = try results.map { path -> ChartSource in
      do {
        return try ResultsFolder.read(path, interval: width.interval ?? .usual)
      } catch let error as ResultsFolder.Unusable {
        throw Diagnostics(.unreadableResults(path, reason: error.reason), at: nil)
      }
    }
    let builder = ChartBuilder(
      sources, interval: width.interval ?? .usual, chosen: try chosen(), showsPrior: prior)
    var chart = try wantedChart(builder, sources)
    guard let target = svg ?? vega else { return }
    let stem = Self.stem(of: target)
    try requireOwnFiles(beside: stem)
    chart.name = String(stem.split(separator: "/", omittingEmptySubsequences: false).last ?? "")
    let drawn = chart
    let styled = try styling.text()
    var files: [ReportFile] = []
    if let svg { files.append(ReportFile(name: svg) { ChartFile(drawn).svg }) }
    if let vega { files.append(ReportFile(name: vega) { drawn.specification(style: styled) }) }
    for (ending, var file) in [(".csv", chart.csv), (".json", chart.metadata)] {
      file.name = stem + ending
      files.append(file)
    }
    try NamedFile.write(files, isCancelled: { Interruption.isRequested })
    try errors.show("\(chart.title)\n\(files.map { TerminalText.path($0.name) }.joined(separator: ", "))\n")
  }

  /// Refuses to replace a file of somebody else by the data or the metadata, whose names were not given.
  private func requireOwnFiles(beside stem: String) throws {
    if try NamedFile.text(stem + ".json", limit: 1 << 20)?.contains("\"alternative_text\"") == true { return }
    for path in [stem + ".csv", stem + ".json"] where try NamedFile.isTaken(path) {
      throw UsageProblem.error(.fileExists(TerminalText.path(path)))
    }
  }

  /// A path without `.svg` or `.vl.json`.
  private static func stem(of path: String) -> String {
    for ending in [".vl.json", ".svg"] where path.hasSuffix(ending) && path != ending {
      return String(path.dropLast(ending.count))
    }
    return path
  }

  /// `region=us` by index.
  private func chosen() throws -> [String: String] {
    var chosen: [String: String] = [:]
    for text in cell {
      let parts = text.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
      guard parts.count == 2, chosen.updateValue(parts[1], forKey: parts[0]) == nil else {
        throw UsageProblem.error(.notCell(text))
      }
    }
    return chosen
  }

  private func wantedChart(_ builder: ChartBuilder, _ sources: [ChartSource]) throws -> ChartData {
    let kinds = ChartData.Kind.allCases.map(\.rawValue)
    let form = try kind.map { name in
      guard let kind = ChartData.Kind(rawValue: name) else {
        throw FactorOptions.unknown("--kind", name, among: kinds)
      }
      return kind
    }
    let name = output ?? builder.firstName(form) ?? ""
    do throws(ChartBuilder.Gap) {
      return try builder.chart(form ?? builder.usualKind(of: name), of: name)
    } catch {
      switch error {
      case .unknownOutput(let names):
        throw UsageProblem.error(.unknownShownOutput(name, nearest: NearestName.of(name, among: names)))
      case .missingTable(let table, let command): throw UsageProblem.error(.missingChartTable(table, command: command))
      case .nothing(let needed): throw UsageProblem.error(.nothingToDraw(needed))
      case .unknownLabel(let text, let known):
        throw UsageProblem.error(
          .unknownValue("--cell", text, among: known, nearest: NearestName.of(text, among: known)))
      }
    }
  }
}
