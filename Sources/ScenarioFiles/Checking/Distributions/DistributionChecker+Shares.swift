import Distributions
import Modeling
import Units

/// `dirichlet` and `shares`: values along an index that sum to 1, draw by draw.
extension DistributionChecker {
  func shares(_ distribution: String, _ arguments: [Argument], _ syntax: Syntax) -> CheckedValue? {
    var labels: [Argument] = []
    var formula: Syntax?
    var concentration: Syntax?
    var along: Syntax?
    for argument in arguments {
      switch argument.nameText {
      case "along": along = argument.value
      case "concentration" where distribution == "shares": concentration = argument.value
      case nil where formula == nil: formula = argument.value
      case nil:
        context.report(.severalShareFormulas(distribution, usage: usage(distribution)), at: argument.value.place)
        return nil
      default: labels.append(argument)
      }
    }
    guard labels.isEmpty != (formula == nil) else {
      context.report(.shareForm(distribution, usage: usage(distribution)), at: syntax.place)
      return nil
    }
    if distribution == "shares", concentration == nil {
      context.report(.missingConcentration(usage: usage(distribution)), at: syntax.place)
      return nil
    }
    guard let index = shareIndex(distribution, labels, along, syntax) else { return nil }
    var factor: DistributionArgument?
    if let concentration {
      guard let argument = argument(concentration) else { return nil }
      guard argument.typed.dimensionality.mayBePure else {
        context.report(
          .shareNotPure("a concentration is a pure number", found: words(argument.typed.dimensionality)),
          at: concentration.place)
        return nil
      }
      if let number = argument.constant, !(number > 0 && number.isFinite) {
        context.report(.concentrationNotPositive(concentration.text), at: concentration.place)
        return nil
      }
      guard !argument.typed.indexes.contains(index) else {
        context.report(.concentrationOverIndex(context[index].name), at: concentration.place)
        return nil
      }
      factor = argument
    }
    let parts =
      formula.map { parameters(distribution, formula: $0, along: index) }
      ?? parameters(distribution, labels: labels, along: index, syntax)
    guard let parts else { return nil }
    var indexes = parts.indexes
    indexes.formUnion(factor?.typed.indexes ?? [])
    let scaled = parts.expressions.map { part in
      guard let factor else { return part }
      let product = FormulaChecker(context: context, use: .argument(of: quantity)).made(
        .binary(.multiply, part, factor.typed.expression(context)), .pure, of: [factor.typed],
        indexes: Set(part.indexes).union(factor.typed.indexes), syntax)
      return product.expression(context)
    }
    guard isWithinLimit(distribution, parts.expressions, concentration, factor, syntax) else { return nil }
    return CheckedValue(kind: .shares(along: index, scaled), dimensionality: .pure, indexes: indexes)
  }

  /// Whether constant parameters are within the limits of the sampler; otherwise the limit is reported.
  private func isWithinLimit(
    _ distribution: String, _ parts: [Expression], _ concentration: Syntax?, _ factor: DistributionArgument?,
    _ syntax: Syntax
  ) -> Bool {
    let known = parts.compactMap { IndexEvaluator(context).constant($0) }
    // Two shares of a whole sum to 1 even if they are not constant, so one of them is at least a half.
    let shares = known.count == parts.count ? known : [0.5, 0.5]
    if distribution == "shares" {
      guard let number = factor?.constant, let place = concentration?.place else { return true }
      let limit = Dirichlet.largestFactor(of: shares)
      guard number > limit else { return true }
      context.report(
        .concentrationTooLarge(
          concentration?.text ?? "", limit: MessageText.number(limit.rounded(.down)), distribution: distribution),
        at: place)
      return false
    }
    guard known.count == parts.count, Dirichlet.largestFactor(of: known) < 1 else { return true }
    let limit = (known.reduce(0, +) * Dirichlet.largestFactor(of: known)).rounded(.down)
    context.report(.parametersTooLarge(limit: MessageText.number(limit)), at: syntax.place)
    return false
  }

  private func usage(_ distribution: String) -> String {
    distribution == "shares"
      ? "shares(coal=60%, gas=40%, concentration=10) or shares(means, concentration=10)"
      : "dirichlet(coal=6, gas=4) or dirichlet(parameters)"
  }

  /// The index along which shares sum to 1: the one with the named labels, the one given by `along=`, or the only one.
  private func shareIndex(_ distribution: String, _ labels: [Argument], _ along: Syntax?, _ syntax: Syntax) -> IndexID?
  {
    let formulas = FormulaChecker(context: context, use: .argument(of: quantity))
    if let along {
      guard let named = formulas.indexes(named: along), let index = named.first else { return nil }
      guard named.count == 1, over.contains(index) else {
        context.report(.shareAlong(expected: context.list(over), found: along.text), at: along.place)
        return nil
      }
      return index
    }
    if !labels.isEmpty {
      let texts = labels.compactMap { $0.name?.labelText }
      let candidates = over.filter { index in texts.contains { context.position(ofLabel: $0, on: index) != nil } }
      if candidates.count == 1, let index = candidates.first { return index }
      context.report(
        .shareLabels(
          input: context[quantity].name, over: over.isEmpty ? nil : context.list(over),
          along: candidates.isEmpty ? nil : context.list(candidates.prefix(1))),
        at: syntax.place)
      return nil
    }
    if over.count == 1, let index = over.first { return index }
    context.report(
      .shareIndex(distribution, candidate: over.isEmpty ? nil : context[context.sorted(over)[0]].name),
      at: syntax.place)
    return nil
  }

  private func parameters(
    _ distribution: String, labels: [Argument], along index: IndexID, _ syntax: Syntax
  ) -> (expressions: [Expression], indexes: Set<IndexID>)? {
    var found: [Int: DistributionArgument] = [:]
    var isSound = true
    for label in labels {
      guard let name = label.name else { continue }
      guard let position = context.position(ofLabel: name.labelText, on: index) else {
        FormulaChecker(context: context, use: .argument(of: quantity))
          .reportUnknownLabel(name.labelText, on: index, at: name.place)
        isSound = false
        continue
      }
      guard let argument = argument(label.value) else {
        isSound = false
        continue
      }
      let role = distribution == "shares" ? "a share" : "a parameter of `dirichlet`"
      if !argument.typed.dimensionality.mayBePure {
        context.report(
          .shareNotPure("\(role) is a pure number", found: words(argument.typed.dimensionality)),
          at: label.value.place)
        isSound = false
      } else if let number = argument.constant, !(number > 0 && number.isFinite) {
        context.report(.shareNotPositive(role, found: label.value.text), at: label.value.place)
        isSound = false
      }
      if found.updateValue(argument, forKey: position) != nil {
        context.report(.repeatedShareLabel(name.labelText), at: name.place)
        isSound = false
      }
    }
    let lacking = context[index].labels.indices.filter { found[$0] == nil }.map { context[index].labels[$0] }
    if isSound, !lacking.isEmpty, !context.brokenIndexes.contains(index) {
      context.report(
        .missingShareLabels(lacking, distribution: distribution, index: context[index].name), at: syntax.place)
      isSound = false
    }
    let ordered = context[index].labels.indices.compactMap { found[$0] }
    if isSound, distribution == "shares" {
      let numbers = ordered.compactMap(\.constant)
      if numbers.count == ordered.count, !sumsToOne(numbers, "shares", at: syntax.place) { isSound = false }
    }
    guard isSound else { return nil }
    let indexes = ordered.reduce(into: Set<IndexID>()) { $0.formUnion($1.typed.indexes) }
    return (ordered.map { $0.typed.expression(context) }, indexes.subtracting([index]))
  }

  private func parameters(
    _ distribution: String, formula: Syntax, along index: IndexID
  ) -> (expressions: [Expression], indexes: Set<IndexID>)? {
    guard let argument = argument(formula) else { return nil }
    guard argument.typed.dimensionality.mayBePure else {
      context.report(
        .shareNotPure(
          "\(distribution == "shares" ? "shares are" : "parameters are") pure numbers",
          found: words(argument.typed.dimensionality)),
        at: formula.place)
      return nil
    }
    guard argument.typed.indexes.contains(index) else {
      context.report(
        .shareFormulaIndex(
          distribution, index: context[index].name, formula: formula.text,
          indexes: context.list(argument.typed.indexes)),
        at: formula.place)
      return nil
    }
    let rest = argument.typed.indexes.subtracting([index])
    let expression = argument.typed.expression(context)
    let parts = context[index].labels.indices.map { position in
      Expression(
        .select(expression, [index: .label(position)]), indexes: context.sorted(rest), dimension: .dimensionless,
        place: formula.place)
    }
    return (parts, rest)
  }
}
