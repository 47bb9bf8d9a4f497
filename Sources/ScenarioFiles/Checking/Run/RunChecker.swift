import Diagnostics
import Modeling
import Sampling

/// Reads `run`; flags override it.
struct RunChecker {
  let context: CheckContext
  let options: Scenario.Options

  /// The run settings of the model; errors are reported.
  func check() -> RunSettings { check(context.parsed.run) }

  /// The run settings given by entries of `run` and by flags; errors are reported.
  func check(_ entries: [ParsedScenario.Entry]) -> RunSettings {
    var settings = RunSettings()
    for key in ["draws", "seed", "design"] { settings.origins[key] = .builtIn }
    for entry in entries {
      let place = entry.value.span
      switch entry.name {
      case "draws":
        if let draws = draws(entry.value) { settings.draws = draws }
        settings.origins["draws"] = .file(place)
      case "seed":
        if let seed = seed(entry.value) { settings.seed = seed }
        settings.origins["seed"] = .file(place)
      case "design":
        // A flag that names a design overrides this one.
        if options.design == nil, let design = design(entry.value.text ?? "", at: place) { settings.design = design }
        settings.origins["design"] = .file(place)
      case "tolerance":
        if options.tolerance == nil {
          settings.tolerance = ToleranceReader(context: context).tolerance(entry.value.text ?? "", at: place)
        }
        settings.origins["tolerance"] = .file(place)
      case "exact_quantiles":
        switch entry.value.text {
        case "true": settings.isExact = true
        case "false": break
        default:
          context.report(.notTrueOrFalse(entry.name, found: entry.value.kindInWords), at: place)
        }
        settings.origins["exact_quantiles"] = .file(place)
      default:
        if let new = ReplacedWord.replacement(for: entry.name, .key(of: ScenarioSchema.run.subject)) {
          context.reportReplaced(
            entry.name, by: new, isGivenToo: entries.contains { $0.name == new }, at: entry.namePlace)
          continue
        }
        context.report(
          .unknownSetting(
            entry.name, keys: ScenarioSchema.run.names,
            nearest: ReplacedWord.nearest(
              to: entry.name, among: ScenarioSchema.run.names, .key(of: ScenarioSchema.run.subject))),
          at: entry.namePlace)
      }
    }
    if let draws = options.draws {
      if draws < 1 || Double(draws) > SizeLimit.draws {
        context.report(.drawCountOutOfRange, at: Self.place(ofFlag: "--draws", "\(draws)"))
      } else {
        settings.draws = draws
      }
      settings.origins["draws"] = .flag("--draws \(draws)")
    }
    if let seed = options.seed {
      settings.seed = seed
      settings.origins["seed"] = .flag("--seed \(seed)")
    }
    if let name = options.design {
      if let design = design(name, at: Self.place(ofFlag: "--design", name)) { settings.design = design }
      settings.origins["design"] = .flag("--design \(name)")
    }
    if let text = options.tolerance {
      settings.tolerance = ToleranceReader(context: context)
        .tolerance(text, at: Self.place(ofFlag: "--tolerance", text))
      settings.origins["tolerance"] = .flag("--tolerance \(text)")
    }
    if options.exact {
      settings.isExact = true
      settings.origins["exact_quantiles"] = .flag("--exact-quantiles")
    }
    // A run that stops at a tolerance may take more draws by default.
    if settings.tolerance != nil, case .builtIn? = settings.origins["draws"] {
      settings.draws = Tolerance.defaultDraws
    }
    return settings
  }

  /// A whole number of draws: `1M`, `100_000`.
  private func draws(_ node: Node) -> Int? {
    guard let syntax = context.syntax(of: node, "a number of draws") else { return nil }
    guard case .number(let number, unit: nil, isPercent: false) = syntax.kind, number >= 1, number <= SizeLimit.draws,
      number == number.rounded()
    else {
      context.report(.invalidDrawCount(found: syntax.text), at: node.span)
      return nil
    }
    return Int(number)
  }

  private func seed(_ node: Node) -> UInt64? {
    guard let text = node.text, let seed = UInt64(text.filter { $0 != "_" }) else {
      context.report(.invalidSeed(found: node.kindInWords), at: node.span)
      return nil
    }
    return seed
  }

  private func design(_ name: String, at place: SourcePlace?) -> String? {
    let known = SamplingDesignCatalogue.all.map { $0.name }
    if known.contains(name) { return name }
    context.report(
      .unknownDesign(name, designs: known, nearest: context.nearest(to: name, among: known)), at: place)
    return nil
  }

  /// A flag's value as a place: a one-line file with the name of the flag.
  private static func place(ofFlag flag: String, _ value: String) -> SourcePlace {
    SourcePlace(file: SourceFile(path: flag, text: value), line: 1, column: 1, length: value.count)
  }
}
