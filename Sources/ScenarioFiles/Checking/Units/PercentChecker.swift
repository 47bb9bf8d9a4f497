import Diagnostics
import Distributions
import Modeling
import Units

/// Warns about values in percent whose distribution extends outside 0 to 100 %.
///
/// `40% to 88%` is lognormal, so 1.5 % of its draws are above 100 %, which is probably not intended for a share. The
/// input is not taken for a share if a written number is itself outside 0 to 100 %, or if its name or use shows that it
/// is a growth rate.
struct PercentChecker {
  let context: CheckContext
  /// The input.
  let name: String

  /// A distribution is reported if the probability outside 0 to 100 % exceeds this.
  private static let tolerated = 1e-4

  /// Checks the distributions of a checked input, each labelled value once.
  func report(_ checked: CheckedInput) {
    var seen: Set<String> = []
    let isRate = GrowthRates(context: context).contain(name)
    for supportPoint in checked.supportPoints {
      if seen.insert("spread " + supportPoint.labelledValue.syntax.place.description).inserted,
        reportSpread(supportPoint.labelledValue.syntax, isPure: checked.unit.dimension.isDimensionless)
      {
        continue
      }
      guard checked.unit.dimension.isDimensionless, !isRate else { continue }
      guard case .distribution(.fixed(let distribution)) = supportPoint.value, checked.categories == nil else {
        continue
      }
      let syntax = supportPoint.labelledValue.syntax
      guard seen.insert(syntax.place.description).inserted, syntax.numbersInPercent else { continue }
      let outside = distribution.cdf(0) - distribution.probabilityOfZero + distribution.survival(1)
      guard outside > Self.tolerated else { continue }
      let above = distribution.survival(1)
      context.report(
        .percentageOutside(Self.percent(outside), isAbove: above > outside / 2, suggestion: offer(syntax)),
        at: syntax.place)
    }
  }

  /// Warns about a standard deviation or width in percent next to a location that is not: `normal(10, 20%)` has a
  /// standard deviation of 0.2, and 20 % of the mean was probably meant.
  private func reportSpread(_ syntax: Syntax, isPure: Bool) -> Bool {
    guard case .call(let distribution, _, let arguments) = syntax.kind,
      let parameters = Syntax.parameters(of: distribution, arguments)
    else { return false }
    for (place, spread) in arguments.enumerated() where parameters[place]?.role == .scale && spread.value.isPercent {
      guard case .number(let share, _, _) = spread.value.kind, let size = spread.value.decimal,
        let centre = zip(arguments, parameters).first(where: { $1?.role == .location })?.0.value, !centre.isPercent,
        case .number(let location, let unit, _) = centre.withoutSign.kind, let mean = centre.decimal,
        !isPure || location > 1
      else { continue }
      let written = "\(mean * size)" + (unit.map { " \($0.text)" } ?? "")
      let parts = arguments.enumerated().map { position, argument in
        (argument.name.map { "\($0.text)=" } ?? "") + (position == place ? written : argument.value.text)
      }
      let role = parameters[place]?.name ?? "scale"
      context.report(
        .spreadInPercent(
          spread.value.text, parameter: role, value: MessageText.number(MessageText.rounded(share)), of: centre.text,
          suggestion: "\(distribution)(\(parts.joined(separator: ", ")))"),
        at: syntax.place)
      return true
    }
    return false
  }

  private func offer(_ syntax: Syntax) -> String? {
    guard case .interval(let low, let high, nil) = syntax.kind else { return nil }
    return "beta(\(low.text) to \(high.text))"
  }

  /// A probability in percent at two significant digits.
  private static func percent(_ probability: Double) -> String {
    let percent = probability * 100
    let digits = percent >= 10 ? 1.0 : percent >= 1 ? 10.0 : percent >= 0.1 ? 100.0 : 1000.0
    return "\(MessageText.number((percent * digits).rounded() / digits)) %"
  }
}

extension Distribution {
  /// The probability of the value 0.
  fileprivate var probabilityOfZero: Double { atoms.contains(0) ? density(0) : 0 }
}

extension Syntax {
  /// Whether its distribution's numbers on the value's axis are percentages from 0 to 100 %.
  var numbersInPercent: Bool {
    guard let numbers = numbersOnItsAxis else { return false }
    var percentages = 0
    for number in numbers {
      guard case .number(let value, nil, let isPercent) = number.withoutSign.kind else { return false }
      if case .negate = number.kind { return false }
      guard value >= 0, value <= 1 || !isPercent else { return false }
      if isPercent { percentages += 1 }
    }
    return percentages > 0
  }

  /// The numbers of a distribution or an interval that are values on its axis; nil for anything else.
  var numbersOnItsAxis: [Syntax]? {
    switch kind {
    case .interval(let low, let high, _): return [low, high]
    case .call("discrete", _, let arguments): return arguments.compactMap(\.name)
    case .call(let distribution, _, let arguments) where Syntax.isDistribution(distribution):
      return Self.numbersOnTheAxis(of: distribution, arguments).flatMap { value -> [Syntax] in
        if case .interval(let low, let high, _) = value.kind { return [low, high] }
        return [value]
      }
    default: return nil
    }
  }

  /// The arguments that are values of the distribution, as opposed to shapes and probabilities.
  private static func numbersOnTheAxis(of distribution: String, _ arguments: [Argument]) -> [Syntax] {
    if distribution == "dirichlet" { return [] }
    guard let parameters = parameters(of: distribution, arguments) else {
      let others = ["concentration", "along", "weights", "file", "column", "shape"]
      return arguments.filter { !others.contains($0.nameText ?? "") }.map(\.value)
    }
    return zip(arguments, parameters).compactMap { argument, parameter in
      switch parameter?.role {
      case .shape, .probability, .rate: return argument.value.isInterval ? argument.value : nil
      case .location, .scale, nil: return argument.value
      }
    }
  }

  /// The parameter that each argument of a family sets; nil if the arguments fit none of its forms.
  ///
  /// Quantiles and an interval, to which the free parameters are fitted, set none: they are values on the axis.
  fileprivate static func parameters(of distribution: String, _ arguments: [Argument]) -> [Parameter?]? {
    guard let family = DistributionCatalogue.family(named: distribution) else { return nil }
    func isFitted(_ argument: Argument) -> Bool { argument.isQuantile || argument.value.isInterval }
    let fixed = arguments.filter { !isFitted($0) }
    let positional = fixed.prefix { $0.name == nil }.count
    let names = fixed.compactMap(\.nameText)
    let way: Int
    if fixed.count < arguments.count {
      way = 0
    } else if let found = family.parameterisation(positional: positional, named: names) {
      way = found
    } else {
      return nil
    }
    let parameters = family.parameterisations[way].parameters
    var position = 0
    return arguments.map { argument in
      guard !isFitted(argument) else { return nil }
      if let name = argument.nameText { return parameters.first { $0.name == name } }
      defer { position += 1 }
      return parameters.indices.contains(position) ? parameters[position] : nil
    }
  }
}
