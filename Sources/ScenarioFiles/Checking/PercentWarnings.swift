import Distributions
import Modeling
import Units

/// Warns of values in percent whose law leaves 0 to 100 %.
///
/// `40% to 88%` is lognormal, so that 1.5 % of its draws are above 100 %, which is probably not meant of a share. Where
/// a number that is written lies outside 0 to 100 % itself, as in a growth rate, no share is meant.
struct PercentWarnings {
  let context: CheckContext

  /// Reports a leaf's law if it leaves 0 to 100 % with more than this probability.
  private static let tolerated = 1e-4

  /// Looks at a checked input's laws, each leaf once.
  func report(_ checked: CheckedStated) {
    guard checked.unit.dimension.isDimensionless else { return }
    var seen: Set<String> = []
    for site in checked.sites {
      guard case .law(.fixed(let law)) = site.value, checked.outcomes == nil else { continue }
      let syntax = site.leaf.syntax
      guard seen.insert(syntax.place.description).inserted, syntax.numbersInPercent else { continue }
      let outside = law.cdf(0) - law.probabilityOfZero + law.survival(1)
      guard outside > Self.tolerated else { continue }
      let above = law.survival(1)
      context.report(
        Diagnostic(
          .warning, "this percentage leaves 0 to 100 % in \(Self.percent(outside)) of the draws", at: syntax.place,
          found: above > outside / 2 ? "values above 100 %" : "values below 0 %",
          suggestion: offer(syntax)))
    }
  }

  private func offer(_ syntax: Syntax) -> String? {
    guard case .interval(let low, let high, nil) = syntax.kind else { return nil }
    return "beta(\(low.text) to \(high.text))"
  }

  /// A probability in percent at two significant digits.
  private static func percent(_ probability: Double) -> String {
    let percent = probability * 100
    let digits = percent >= 10 ? 1.0 : percent >= 1 ? 10.0 : percent >= 0.1 ? 100.0 : 1000.0
    return "\(Text.number((percent * digits).rounded() / digits)) %"
  }
}

extension Law {
  /// The probability of 0 itself.
  fileprivate var probabilityOfZero: Double { atoms.contains(0) ? density(0) : 0 }
}

extension Syntax {
  /// Whether its law's numbers on the value's axis are percentages from 0 to 100 %.
  fileprivate var numbersInPercent: Bool {
    let numbers: [Syntax]
    switch kind {
    case .interval(let low, let high, _): numbers = [low, high]
    case .call("discrete", _, let arguments): numbers = arguments.compactMap(\.name)
    case .call(let law, _, let arguments) where Syntax.isLaw(law):
      numbers = Self.numbersOnTheAxis(of: law, arguments).flatMap { value -> [Syntax] in
        if case .interval(let low, let high, _) = value.kind { return [low, high] }
        return [value]
      }
    default: return false
    }
    var percentages = 0
    for number in numbers {
      guard case .number(let value, nil, let isPercent) = number.withoutSign.kind else { return false }
      if case .negate = number.kind { return false }
      guard value >= 0, value <= 1 || !isPercent else { return false }
      if isPercent { percentages += 1 }
    }
    return percentages > 0
  }

  /// The arguments that are values of the law, not its shapes or probabilities.
  private static func numbersOnTheAxis(of law: String, _ arguments: [Argument]) -> [Syntax] {
    let positional = arguments.prefix { $0.name == nil }.count
    guard let family = LawCatalogue.family(named: law),
      let way = family.parameterisation(positional: positional, named: arguments.compactMap(\.nameText))
    else { return arguments.map(\.value) }
    let parameters = family.parameterisations[way].parameters
    return arguments.enumerated().compactMap { position, argument in
      let parameter = argument.nameText.map { name in parameters.first { $0.name == name } } ?? parameters[position]
      switch parameter?.role {
      case .shape, .probability, .rate: return argument.value.isInterval ? argument.value : nil
      case .location, .scale, nil: return argument.value
      }
    }
  }
}
