import Distributions
import Modeling
import Units

/// Distributions that are fitted: to an interval, or to as many quantiles as they have free arguments.
extension DistributionChecker {
  /// `beta(25% to 62%)`, `student(4, 1 to 3)`: the distribution with these quantiles.
  func fit(
    _ family: any DistributionFamily.Type, _ given: [GivenArgument], _ syntax: Syntax, unit: Unit?
  ) -> CheckedValue? {
    let intervals = given.filter { $0.value.isInterval }
    guard intervals.count == 1, intervals[0].name == nil,
      case .interval(let low, let high, let within) = intervals[0].value.kind
    else {
      context.report(.fitForm(family.name), at: syntax.place)
      return nil
    }
    guard let ends = IntervalEnds(low, high, within: within, intervals[0].value, unit: unit, self) else { return nil }
    let others = given.filter { !$0.value.isInterval }
    guard let fixed = fixed(others, family, to: "an interval", dimensionality: ends.dimensionality, unit: unit) else {
      return nil
    }
    do throws(DistributionError) {
      let points = try Interval.points(low: ends.low, high: ends.high, within: ends.width)
      let distribution = try DistributionCatalogue.fit(family, fixed: fixed.numbers, low: points.low, high: points.high)
      return CheckedValue(
        kind: .distribution(.fixed(distribution)), dimensionality: ends.dimensionality,
        isPercent: low.isPercent || high.isPercent)
    } catch {
      report(error, distribution: family.name, arguments: fixed.arguments, at: intervals[0].value.place, unit: unit)
      return nil
    }
  }

  /// `lognormal(10%=5, 90%=20)`, `pert(5%=1, 50%=2, 95%=4)`: the distribution with these quantiles.
  func fit(
    _ family: any DistributionFamily.Type, quantiles arguments: [Argument], _ syntax: Syntax, unit: Unit?
  ) -> CheckedValue? {
    var points: [QuantilePoint] = []
    var common = Dimensionality.free
    var isPercent = false
    for argument in arguments where argument.isQuantile {
      guard let name = argument.name, let probability = pureConstant(name, "a probability"),
        let value = end(argument.value, unit: unit)
      else { return nil }
      guard probability > 0, probability < 1 else {
        context.report(.quantileProbability(name.text), at: name.place)
        return nil
      }
      guard let both = common.unified(with: value.dimensionality) else {
        context.report(
          .quantileUnit(expected: words(common), found: words(value.dimensionality)), at: argument.value.place)
        return nil
      }
      common = both
      isPercent = isPercent || argument.value.isPercent
      points.append(QuantilePoint(probability: probability, value: value.number))
    }
    points.sort { $0.probability < $1.probability }
    guard rise(points, of: family.name, syntax, unit: unit) else { return nil }
    let dimensionality = common == .free ? Dimensionality.pure : common
    guard let given = given(arguments.filter { !$0.isQuantile }, family, syntax),
      let fixed = fixed(given, family, to: "quantiles", dimensionality: dimensionality, unit: unit)
    else { return nil }
    let free = DistributionCatalogue.freeParameters(family, fixed: fixed.numbers)
    guard points.count == free.count else {
      let all = family.parameterisations[0].parameters
      let given = arguments.filter(\.isQuantile).map { "\($0.name?.text ?? "")=\($0.value.text)" }
      context.report(
        .quantileCount(
          family.name, free: free.map { all[$0].name }, count: points.count,
          suggestion: points.count > free.count && points.count > 2
            ? "quantiles(\(given.joined(separator: ", ")))" : nil),
        at: syntax.place)
      return nil
    }
    do throws(DistributionError) {
      let distribution = try DistributionCatalogue.fit(family, fixed: fixed.numbers, points: points)
      return CheckedValue(
        kind: .distribution(.fixed(distribution)), dimensionality: dimensionality, isPercent: isPercent)
    } catch {
      report(error, distribution: family.name, arguments: fixed.arguments, at: syntax.place, unit: unit)
      return nil
    }
  }

  /// Whether values increase with their probabilities; those that do not are reported.
  func rise(_ points: [QuantilePoint], of distribution: String, _ syntax: Syntax, unit: Unit?) -> Bool {
    let scale = unit?.scale ?? 1
    func written(_ point: QuantilePoint) -> String {
      "\(MessageText.number(MessageText.rounded(100 * point.probability)))%=\(MessageText.number(MessageText.rounded(point.value / scale)))"
    }
    for (a, b) in zip(points, points.dropFirst()) where a.probability == b.probability || a.value >= b.value {
      context.report(.quantileOrder(distribution, found: "\(written(a)), \(written(b))"), at: syntax.place)
      return false
    }
    return true
  }

  /// The arguments given in addition to the fitted quantiles, in base units; the last ones are as written.
  private func fixed(
    _ given: [GivenArgument], _ family: any DistributionFamily.Type, to target: String, dimensionality: Dimensionality,
    unit: Unit?
  ) -> (numbers: [String: Double], arguments: [String: DistributionArgument])? {
    let parameters = family.parameterisations[0].parameters
    var fixed: [String: Double] = [:]
    var arguments: [String: DistributionArgument] = [:]
    var position = 0
    for item in given {
      let parameter: Parameter
      if let name = item.name {
        guard let declared = parameters.first(where: { $0.name == name }) else {
          context.report(
            .notFixable(name, of: family.name, target: target, known: parameters.map(\.name)), at: item.place)
          return nil
        }
        parameter = declared
      } else {
        guard position < parameters.count else {
          context.report(
            .tooManyArguments(family.name, limit: parameters.count, usage: nil), at: item.place)
          return nil
        }
        parameter = parameters[position]
        position += 1
      }
      guard let argument = argument(item.value) else { return nil }
      guard argument.constant != nil else {
        context.report(.fixedNotConstant(item.value.text), at: item.place)
        return nil
      }
      guard
        let expression = expression(
          family, parameter, argument, dimension: dimensionality.dimension ?? .dimensionless, unit: unit),
        let number = IndexEvaluator(context).constant(expression)
      else { return nil }
      fixed[parameter.name] = number
      arguments[parameter.name] = argument
    }
    // Defaults on the value's axis are in the unit of the fitted values, unless they are to be fitted themselves.
    let required = parameters.contains { $0.defaultValue == nil && fixed[$0.name] == nil }
    if required {
      for parameter in parameters where fixed[parameter.name] == nil {
        guard let value = parameter.defaultValue else { continue }
        fixed[parameter.name] = dimensionality.mayBePure ? value : baseValue(value, parameter.role, unit)
      }
    }
    return (fixed, arguments)
  }
}

extension Argument {
  /// Whether it is a quantile, `10%=5`: its name is a number.
  var isQuantile: Bool {
    if case .number? = name?.kind { true } else { false }
  }
}
