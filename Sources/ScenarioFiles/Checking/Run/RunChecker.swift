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
          context.error(
            "this is neither true nor false", at: place, expected: "true or false", found: entry.value.kindInWords)
        }
        settings.origins["exact_quantiles"] = .file(place)
      default:
        if let new = ReplacedWord.replacement(for: entry.name, .key(of: ScenarioSchema.run.subject)) {
          context.reportReplaced(
            entry.name, by: new, isGivenToo: entries.contains { $0.name == new }, at: entry.namePlace)
          continue
        }
        context.error(
          "the run has no key `\(entry.name)`", at: entry.namePlace,
          expected: ScenarioSchema.run.names.joined(separator: " "),
          suggestion: context.nearest(to: entry.name, among: ScenarioSchema.run.names))
      }
    }
    if let draws = options.draws {
      if draws < 1 || Double(draws) > SizeLimit.draws {
        context.error("the number of draws must be from 1 to 1T", at: Self.place(ofFlag: "--draws", "\(draws)"))
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
    let expected = "a whole number from 1 to 1T, as `1M`"
    guard let syntax = context.syntax(of: node, "a number of draws") else { return nil }
    guard case .number(let number, unit: nil, isPercent: false) = syntax.kind, number >= 1, number <= SizeLimit.draws,
      number == number.rounded()
    else {
      context.error("this is no number of draws", at: node.span, expected: expected, found: "`\(syntax.text)`")
      return nil
    }
    return Int(number)
  }

  private func seed(_ node: Node) -> UInt64? {
    guard let text = node.text, let seed = UInt64(text.filter { $0 != "_" }) else {
      context.error(
        "this is no seed", at: node.span, expected: "a whole number from 0 to 18446744073709551615",
        found: node.kindInWords)
      return nil
    }
    return seed
  }

  private func design(_ name: String, at place: SourcePlace?) -> String? {
    let known = SamplingDesignCatalogue.all.map { $0.name }
    if known.contains(name) { return name }
    context.error(
      "unknown design `\(name)`", at: place, expected: known.joined(separator: ", "),
      suggestion: context.nearest(to: name, among: known))
    return nil
  }

  /// A flag's value as a place: a one-line file with the name of the flag.
  private static func place(ofFlag flag: String, _ value: String) -> SourcePlace {
    SourcePlace(file: SourceFile(path: flag, text: value), line: 1, column: 1, length: value.count)
  }
}
