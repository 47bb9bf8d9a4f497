import Analysis
import ArgumentParser
import Modeling
import Reporting
import ScenarioFiles
import Simulation

/// Explains one draw, or the draws near a quantile.
struct Draw: ParsableCommand, LoggingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print one draw with every value and formula, or explain the draws near a quantile.",
    discussion: """
      --output shows how much each input contributes to the change of the output from its value at median inputs to \
      this draw. With --near p95, the mean contribution to the change from draws near the output's median to draws near \
      its 95th percentile, and the percentiles of the inputs in both. Contributions are Shapley values, which add up to \
      the change.
      """)

  @OptionGroup var scenario: ScenarioOptions
  @OptionGroup var settings: SettingOptions
  @OptionGroup var conditioning: ConditioningOptions
  @OptionGroup var logging: LogOptions
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Number of the draw, counted from 0.", valueName: "n"),
    transform: DrawCount.drawNumber)
  var number: Int?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Explain draws near this quantile of --output, compared with those near its median: p95, p5, p99.9.",
      valueName: "quantile"),
    transform: Draw.probability)
  var near: Double?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The quantity to explain: a cell such as 'electricity[year=2025]', or any formula; for an output over indexes, "
        + "\(Model.defaultCellRule).",
      valueName: "formula"))
  var output: String?
  @Option(help: ArgumentHelp("Also write the contributions to waterfall.csv in this folder.", valueName: "folder"))
  var out: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Number of threads; by default one per core. Results do not depend on it.", valueName: "n"),
    transform: DrawCount.workers)
  var workers: Int?
  @OptionGroup var memory: MemoryOptions
  @Flag(help: "Print the draw in machine-readable form (JSON).") var json = false

  /// `p95` as 0.95.
  private static func probability(_ text: String) throws -> Double {
    guard text.hasPrefix("p"), let percent = Double(text.dropFirst()), percent > 0, percent < 100 else {
      throw UsageProblem.error(.notQuantile(text))
    }
    return percent / 100
  }

  func validate() throws {
    try OutputOptions.validate(out: out)
    guard (number == nil) != (near == nil) else {
      throw UsageProblem.error(.drawForm)
    }
    if output == nil, near != nil { throw UsageProblem.error(.flagNeeds("--near", "--output")) }
    if output == nil, out != nil { throw UsageProblem.error(.flagNeeds("--out", "--output")) }
  }

  func run() throws {
    let scenarioModel = try self.scenarioModel()
    try memory.requireRoom(toPlan: scenarioModel, workers: workers)
    let model = try conditioning.conditioned(scenarioModel, workers: workers, quiet: false, memory: memory)
    try memory.requireRoom(toDrawFrom: Engine(model: model))
    let reasons = try model.targets.first.map { try self.reasons(model, $0.quantity) }
    var text = ""
    if let number {
      let options = OutputOptions.engineOptions(workers: workers, nil)
      let draw = DrawScreen(of: try Engine(model: model).draw(number: number, options: options), in: model)
      if json { return try write(reasons, draw.json(with: reasons)) }
      text = draw.text + (reasons == nil ? "" : "\nContributions of the inputs\n")
    } else if let reasons {
      let settings = model.settings
      if json { return try write(reasons, reasons.json.text + "\n") }
      text =
        "\(model.title): draws near a quantile, \(NumberText.draws(settings.draws)), seed \(settings.seed), design "
        + "\(settings.design)\n" + model.conditioningLines.map { "\($0)\n" }.joined() + "\n"
    }
    try write(reasons, text + (reasons?.text ?? ""))
  }

  /// The model with its target: the default cell of an output over indexes.
  private func scenarioModel() throws -> Model {
    guard let output else { return try scenario.model(settings) }
    let bare = try scenario.model(settings, showsWarnings: false)
    let cell = bare.quantity(named: output).map { bare.labelledName($0, cell: bare.defaultCell(of: $0)) }
    return try scenario.model(settings, targets: [cell ?? output])
  }

  private func reasons(_ model: Model, _ target: QuantityID) throws -> AttributionScreen {
    let reasons = try DrawAttribution(model, target: target)
    return try Progress.shown(unless: false) { progress in
      var options = OutputOptions.engineOptions(workers: workers, progress)
      options.memory = memory.limit
      if let number {
        return AttributionScreen(
          of: try reasons.attribution(ofDraw: number, options: options), in: model,
          names: ("all inputs at their medians", "draw \(number)"))
      }
      let probability = near ?? 0.5
      return AttributionScreen(
        of: try reasons.attribution(near: probability, options: options), in: model,
        names: ("draws near the median", "draws near p\(NumberText.exact(probability * 100))"))
    }
  }

  /// Writes the file, if requested, and then the screen.
  private func write(_ reasons: AttributionScreen?, _ screen: String) throws {
    if let out, let reasons {
      try ReportFolder(path: out).write([reasons.file], isCancelled: { Interruption.isRequested })
    }
    try StandardStream.output.write(screen)
  }
}
