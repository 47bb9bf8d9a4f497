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
        context.error("`\(distribution)` takes one formula", at: argument.value.place, expected: usage(distribution))
        return nil
      default: labels.append(argument)
      }
    }
    guard labels.isEmpty != (formula == nil) else {
      context.error(
        "`\(distribution)` takes either a number for each label or one formula over the index", at: syntax.place,
        expected: usage(distribution))
      return nil
    }
    if distribution == "shares", concentration == nil {
      context.error(
        "`shares` needs its `concentration`, which says how well the shares are known", at: syntax.place,
        expected: usage(distribution),
        advice: "with concentration c a share s has a standard deviation of sqrt(s (1 - s) / (c + 1))")
      return nil
    }
    guard let index = shareIndex(distribution, labels, along, syntax) else { return nil }
    var factor: DistributionArgument?
    if let concentration {
      guard let argument = argument(concentration) else { return nil }
      guard argument.typed.dimensionality.mayBePure else {
        context.error(
          "a concentration is a pure number", at: concentration.place, found: words(argument.typed.dimensionality))
        return nil
      }
      if let number = argument.constant, !(number > 0 && number.isFinite) {
        context.error("a concentration is above 0", at: concentration.place, found: "`\(concentration.text)`")
        return nil
      }
      guard !argument.typed.indexes.contains(index) else {
        context.error("a concentration cannot differ along `\(context[index].name)`", at: concentration.place)
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
      context.error(
        "the concentration is too large for draws of these shares", at: place,
        expected: "at most \(MessageText.number(limit.rounded(.down)))", found: "`\(concentration?.text ?? "")`",
        advice: "shares that are known this well are constants: give each label its share, without `\(distribution)`")
      return false
    }
    guard known.count == parts.count, Dirichlet.largestFactor(of: known) < 1 else { return true }
    context.error(
      "the parameters of `dirichlet` are too large for draws", at: syntax.place,
      expected:
        "a sum of at most \(MessageText.number((known.reduce(0, +) * Dirichlet.largestFactor(of: known)).rounded(.down))) in this proportion",
      advice: "shares that are known this well are constants: give each label its share, without `dirichlet`")
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
        context.error(
          "`along` names one index of the input", at: along.place, expected: context.list(over), found: along.text)
        return nil
      }
      return index
    }
    if !labels.isEmpty {
      let texts = labels.compactMap { $0.name?.labelText }
      let candidates = over.filter { index in texts.contains { context.position(ofLabel: $0, on: index) != nil } }
      if candidates.count == 1, let index = candidates.first { return index }
      context.error(
        candidates.isEmpty
          ? "no index of `\(context[quantity].name)` has these labels"
          : "these labels belong to several indexes of `\(context[quantity].name)`", at: syntax.place,
        expected: over.isEmpty
          ? "`over:` with the index along which the shares sum to 1" : "labels of \(context.list(over))",
        advice: candidates.isEmpty ? nil : "add `along=\(context.list(candidates.prefix(1)))`")
      return nil
    }
    if over.count == 1, let index = over.first { return index }
    context.error(
      over.isEmpty
        ? "`\(distribution)` needs an index along which it sums to 1"
        : "`\(distribution)` must say along which index it sums to 1",
      at: syntax.place, advice: over.isEmpty ? "`over: …`" : "add `along=\(context[context.sorted(over)[0]].name)`")
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
        context.error("\(role) is a pure number", at: label.value.place, found: words(argument.typed.dimensionality))
        isSound = false
      } else if let number = argument.constant, !(number > 0 && number.isFinite) {
        context.error("\(role) is above 0", at: label.value.place, found: "`\(label.value.text)`")
        isSound = false
      }
      if found.updateValue(argument, forKey: position) != nil {
        context.error("the label `\(name.labelText)` is given twice", at: name.place)
        isSound = false
      }
    }
    let lacking = context[index].labels.indices.filter { found[$0] == nil }.map { context[index].labels[$0] }
    if isSound, !lacking.isEmpty, !context.brokenIndexes.contains(index) {
      context.error(
        "`\(distribution)` lacks \(lacking.count == 1 ? "the label" : "labels") \(lacking.prefix(8).joined(separator: ", "))",
        at: syntax.place, expected: "every label of `\(context[index].name)` once")
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
      context.error(
        "\(distribution == "shares" ? "shares are" : "parameters are") pure numbers", at: formula.place,
        found: words(argument.typed.dimensionality))
      return nil
    }
    guard argument.typed.indexes.contains(index) else {
      context.error(
        "the formula of `\(distribution)` does not run over `\(context[index].name)`", at: formula.place,
        found: "`\(formula.text)` is over \(context.list(argument.typed.indexes))")
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
