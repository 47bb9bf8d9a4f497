import Diagnostics
import Distributions
import Modeling
import Units

/// Distributions given by a fixed list of numbers: arguments by position and name, units by role, fits to intervals.
extension DistributionChecker {
  func distribution(
    _ name: String, _ place: SourcePlace, _ arguments: [Argument], _ syntax: Syntax, unit: Unit?
  ) -> CheckedValue? {
    if context.reportHiddenCall(of: name, at: place) { return nil }
    switch name {
    case "discrete": return discrete(arguments, syntax, unit: unit)
    case "mixture": return mixture(arguments, syntax, unit: unit)
    case "truncate": return truncation(arguments, syntax, unit: unit)
    case "quantiles": return quantiles(arguments, syntax, unit: unit)
    case "empirical": return empirical(arguments, syntax, unit: unit)
    case "dirichlet", "shares": return shares(name, arguments, syntax)
    default: break
    }
    guard let family = DistributionCatalogue.family(named: name) else {
      context.report(.unavailableDistribution(name, known: DistributionCatalogue.names), at: place)
      return nil
    }
    if arguments.contains(where: { $0.isQuantile }) { return fit(family, quantiles: arguments, syntax, unit: unit) }
    guard let given = given(arguments, family, syntax) else { return nil }
    if given.contains(where: { $0.value.isInterval }) { return fit(family, given, syntax, unit: unit) }
    return distribution(family, given, syntax, unit: unit)
  }

  /// An argument of a distribution with its declared name, if that is known yet.
  struct GivenArgument {
    /// The name as written before `=`.
    var name: String?
    /// The value.
    var value: Syntax
    /// The place of the value.
    var place: SourcePlace { value.place }
  }

  /// The arguments of a family; unknown and repeated names are reported.
  func given(
    _ arguments: [Argument], _ family: any DistributionFamily.Type, _ syntax: Syntax
  ) -> [GivenArgument]? {
    let known = Self.parameterNames(family)
    var seen: Set<String> = []
    var isSound = true
    var result: [GivenArgument] = []
    for argument in arguments {
      if let name = argument.name {
        if !known.contains(name.text) {
          context.report(
            .unknownDistributionArgument(
              name.text, of: family.name, usage: Self.usage(family),
              nearest: context.nearest(to: name.text, among: known)),
            at: name.place)
          isSound = false
        } else if !seen.insert(name.text).inserted {
          context.report(.repeatedDistributionArgument(name.text), at: name.place)
          isSound = false
        }
      } else if !seen.isEmpty, !argument.value.isInterval {
        context.report(.unnamedAfterNamed, at: argument.value.place)
        isSound = false
      }
      result.append(GivenArgument(name: argument.name?.text, value: argument.value))
    }
    return isSound ? result : nil
  }

  private static func parameterNames(_ family: any DistributionFamily.Type) -> [String] {
    var names: [String] = []
    for way in family.parameterisations {
      for parameter in way.parameters where !names.contains(parameter.name) { names.append(parameter.name) }
    }
    return names
  }

  /// `beta(alpha, beta, low=0, high=1) or beta(mean=, sd=)`
  static func usage(_ family: any DistributionFamily.Type) -> String {
    family.parameterisations.enumerated().map { position, way in
      let parameters = way.parameters.map { parameter in
        if let value = parameter.defaultValue { return "\(parameter.name)=\(MessageText.number(value))" }
        return position == 0 ? parameter.name : "\(parameter.name)="
      }
      return "\(family.name)(\(parameters.joined(separator: ", ")))"
    }
    .joined(separator: " or ")
  }

  // MARK: - Arguments as given

  private func distribution(
    _ family: any DistributionFamily.Type, _ given: [GivenArgument], _ syntax: Syntax, unit: Unit?
  ) -> CheckedValue? {
    let positional = given.prefix { $0.name == nil }.count
    let names = given.compactMap(\.name)
    guard let way = family.parameterisation(positional: positional, named: names) else {
      reportWrongArguments(family, positional, names, syntax)
      return nil
    }
    let parameters = family.parameterisations[way].parameters
    var arguments: [String: DistributionArgument] = [:]
    var isSound = true
    for (position, item) in given.enumerated() {
      let parameter = item.name.flatMap { name in parameters.first { $0.name == name } } ?? parameters[position]
      if arguments[parameter.name] != nil {
        context.report(.repeatedDistributionArgument(parameter.name), at: item.place)
        isSound = false
      }
      if let argument = argument(item.value) {
        arguments[parameter.name] = argument
      } else {
        isSound = false
      }
    }
    guard isSound,
      let dimension = measure(of: parameters, arguments, unit: unit),
      let values = expressions(family, parameters, arguments, dimension: dimension, syntax, unit: unit)
    else { return nil }
    let carriesUnit = parameters.contains { $0.role != .shape && $0.role != .probability }
    let indexes = arguments.values.reduce(into: Set<IndexID>()) { $0.formUnion($1.typed.indexes) }
    let isPercent = parameters.contains { parameter in
      (parameter.role == .location || parameter.role == .scale)
        && arguments[parameter.name]?.typed.syntax.isPercent == true
    }
    let constants = values.compactMap { IndexEvaluator(context).constant($0) }
    let term: DistributionExpression
    if constants.count == values.count {
      do throws(DistributionError) {
        let distribution = try family.distribution(constants, parameterisation: way)
        reportLogarithmicSpread(family, parameters, constants, syntax)
        // With no argument on the value's axis, as with mu and sigma of a logarithm, the distribution is in the unit.
        let scale = carriesUnit ? 1 : unit?.scale ?? 1
        term = .fixed(scale == 1 ? distribution : Affine(distribution, scale: scale))
      } catch {
        report(error, distribution: family.name, arguments: arguments, at: syntax.place)
        return nil
      }
    } else {
      guard checkConstants(family, parameters, arguments, values) else { return nil }
      let distribution = DistributionExpression.family(family, parameterisation: way, arguments: values)
      let scale = carriesUnit ? 1 : unit?.scale ?? 1
      term = scale == 1 ? distribution : .affine(distribution, scale: scale, shift: 0)
    }
    let own = carriesUnit ? Dimensionality.known(dimension) : .known(unit?.dimension ?? .dimensionless)
    return CheckedValue(kind: .distribution(term), dimensionality: own, indexes: indexes, isPercent: isPercent)
  }

  private func reportWrongArguments(
    _ family: any DistributionFamily.Type, _ positional: Int, _ names: [String], _ syntax: Syntax
  ) {
    let first = family.parameterisations[0].parameters
    let required = first.filter { $0.defaultValue == nil }.map(\.name)
    let lacking = required.dropFirst(positional).filter { !names.contains($0) }
    let usage = Self.usage(family)
    if positional > first.count {
      context.report(
        .tooManyArguments(family.name, limit: first.count, count: positional, usage: usage), at: syntax.place)
    } else if !lacking.isEmpty, names.allSatisfy({ name in first.contains { $0.name == name } }) {
      context.report(.missingArguments(lacking, of: family.name, usage: usage), at: syntax.place)
    } else {
      context.report(.incompatibleArguments(family.name, usage: usage), at: syntax.place)
    }
  }

  /// A checked argument of a distribution.
  struct DistributionArgument {
    /// The formula.
    var typed: Typed
    /// Its value, if it is constant.
    var constant: Double?
    /// Whether it is a constant without a unit.
    var isBare: Bool
  }

  /// An argument: a constant, or a formula of other quantities over indexes of the input.
  func argument(_ syntax: Syntax) -> DistributionArgument? {
    if syntax.holdsDistribution {
      context.report(.distributionAsArgument(syntax.text), at: syntax.place)
      return nil
    }
    if syntax.calls("previous") {
      context.report(.previousInArgument, at: syntax.place)
      return nil
    }
    let (typed, isSound) = context.attempt {
      FormulaChecker(context: context, use: .argument(of: quantity)).check(syntax)
    }
    guard isSound, !typed.isBroken, typed.dimensionality != .unknown else { return nil }
    let lacking = typed.indexes.subtracting(over)
    guard lacking.isEmpty else {
      context.report(
        .argumentOverOtherIndex(
          syntax.text, input: context[quantity].name, over: context.list(over),
          indexes: context.list(typed.indexes), lacking: context.list(lacking)),
        at: syntax.place)
      return nil
    }
    let expression = typed.expression(context)
    LabelChecker(context).check(expression)
    let constant = IndexEvaluator(context).constant(expression)
    return DistributionArgument(typed: typed, constant: constant, isBare: constant != nil && !syntax.holdsUnit)
  }

  /// The dimension of the value's axis: that of `unit:`, or else of the first argument on that axis that has one.
  private func measure(
    of parameters: [Parameter], _ arguments: [String: DistributionArgument], unit: Unit?
  ) -> Dimension? {
    if let unit { return unit.dimension }
    for parameter in parameters {
      guard let argument = arguments[parameter.name], let dimension = argument.typed.dimensionality.dimension,
        !dimension.isDimensionless
      else { continue }
      switch parameter.role {
      case .location, .scale: return dimension
      case .rate: return dimension.inverse
      case .shape, .probability: continue
      }
    }
    return .dimensionless
  }

  /// The arguments in the declared order and in base units; invalid units are reported.
  private func expressions(
    _ family: any DistributionFamily.Type, _ parameters: [Parameter], _ arguments: [String: DistributionArgument],
    dimension: Dimension, _ syntax: Syntax, unit: Unit?
  ) -> [Expression]? {
    var result: [Expression] = []
    var isSound = true
    for parameter in parameters {
      if let argument = arguments[parameter.name] {
        if let expression = expression(family, parameter, argument, dimension: dimension, unit: unit) {
          result.append(expression)
        } else {
          isSound = false
        }
      } else if let value = parameter.defaultValue {
        // The natural range of a share is 0 to 1, in whatever unit it is reported.
        if unit == nil, value != 0, !dimension.isDimensionless, parameter.role != .shape, parameter.role != .probability
        {
          context.report(
            .defaultWithoutUnit(
              parameter.name, of: family.name, value: MessageText.number(value),
              unit: context.units.describe(dimension)),
            at: syntax.place)
          isSound = false
        }
        result.append(
          Expression(
            .constant(dimension.isDimensionless ? value : baseValue(value, parameter.role, unit)), indexes: [],
            dimension: .dimensionless, place: syntax.place))
      }
    }
    return isSound ? result : nil
  }

  /// A bare number of a role in base units, read from its written text if there is one.
  func baseValue(_ number: Double, _ role: ParameterRole, _ unit: Unit?, of syntax: Syntax? = nil) -> Double {
    func converted(_ unit: Unit?) -> Double {
      syntax.map { $0.baseValue(number, in: unit) } ?? unit.map { $0.baseValue(of: number) } ?? number
    }
    switch role {
    case .location, .scale: return converted(unit)
    case .rate: return converted(unit?.inverse)
    case .shape, .probability: return number
    }
  }

  /// An argument in base units, if its unit fits its role.
  func expression(
    _ family: any DistributionFamily.Type, _ parameter: Parameter, _ argument: DistributionArgument,
    dimension: Dimension, unit: Unit?
  ) -> Expression? {
    if parameter.role == .location, let unit,
      PercentagesInUnit(context: context, unit: unit).report(argument.typed.syntax)
    {
      return nil
    }
    var expression = argument.typed.expression(context)
    let wanted: Dimension
    switch parameter.role {
    case .location, .scale: wanted = dimension
    case .rate: wanted = dimension.inverse
    case .shape, .probability: wanted = .dimensionless
    }
    if argument.isBare, let constant = argument.constant, argument.typed.dimensionality.mayBePure {
      if unit != nil || wanted.isDimensionless || argument.typed.dimensionality == .free {
        expression.kind = .constant(baseValue(constant, parameter.role, unit, of: argument.typed.syntax))
        expression.dimension = wanted
        return expression
      }
    } else if argument.typed.dimensionality.unified(with: .known(wanted)) != nil {
      return expression
    }
    let (syntax, unitText) = (argument.typed.syntax, context.units.describe(wanted))
    context.report(
      .argumentUnit(
        parameter.name, of: family.name, expected: wanted.isDimensionless ? nil : unitText,
        found: "`\(syntax.text)`, \(words(argument.typed.dimensionality))",
        suggestion: argument.isBare && !syntax.isPercent ? "\(syntax.text) \(unitText)" : nil,
        isShareOfMean: syntax.isPercent && parameter.role == .scale),
      at: syntax.place)
    return nil
  }

  /// Whether the constant arguments are in their domains; called if not all arguments are constant.
  private func checkConstants(
    _ family: any DistributionFamily.Type, _ parameters: [Parameter], _ arguments: [String: DistributionArgument],
    _ values: [Expression]
  ) -> Bool {
    for (parameter, value) in zip(parameters, values) {
      guard let number = IndexEvaluator(context).constant(value), !parameter.domain.contains(number) else { continue }
      report(
        .outOfDomain(parameter: parameter.name, value: number, domain: parameter.domain), distribution: family.name,
        arguments: arguments, at: value.place)
      return false
    }
    return true
  }
}

extension Syntax {
  /// Whether it is an interval.
  var isInterval: Bool {
    if case .interval = kind { true } else { false }
  }

  /// Whether the expression calls a function with this name.
  func calls(_ name: String) -> Bool {
    if case .call(name, _, _) = kind { return true }
    return parts.contains { $0.calls(name) }
  }
}
