import Diagnostics
import Distributions
import Modeling
import Units

/// `truncate`, `mixture` and `discrete`.
extension DistributionChecker {
  /// `truncate(distribution, low, high)`; one side may be left out.
  func truncation(_ arguments: [Argument], _ syntax: Syntax, unit: Unit?) -> CheckedValue? {
    let usage = "truncate(distribution, low, high) or truncate(distribution, low=…)"
    guard
      let given = named(arguments, of: "truncate", positional: ["distribution", "low", "high"], usage: usage, syntax),
      let distributionSyntax = given["distribution"], given["low"] != nil || given["high"] != nil
    else {
      if arguments.count < 2 {
        context.report(.truncationWithoutEnd(usage: usage), at: syntax.place)
      }
      return nil
    }
    guard distributionSyntax.holdsDistribution else {
      context.report(.truncationOfConstant(distributionSyntax.text, usage: usage), at: distributionSyntax.place)
      return nil
    }
    guard let base = value(distributionSyntax, unit: unit) else { return nil }
    guard case .distribution(let term) = base.kind else {
      context.report(.truncationOfLabels, at: distributionSyntax.place)
      return nil
    }
    var result = base
    var ends: [Expression?] = []
    var constants: [Double] = []
    var isConstant = true
    for (name, open) in [("low", -Double.infinity), ("high", Double.infinity)] {
      guard let side = given[name] else {
        ends.append(nil)
        constants.append(open)
        continue
      }
      guard let argument = argument(side) else { return nil }
      var expression = argument.typed.expression(context)
      if let unit, PercentagesInUnit(context: context, unit: unit).report(side) { return nil }
      if argument.isBare, let unit, let constant = argument.constant, argument.typed.dimensionality.mayBePure {
        expression.kind = .constant(side.baseValue(constant, in: unit))
      } else if base.dimensionality.unified(with: argument.typed.dimensionality) == nil {
        context.report(
          .truncationUnit(
            name, expected: words(base.dimensionality),
            found: "`\(side.text)`, \(words(argument.typed.dimensionality))"),
          at: side.place)
        return nil
      }
      result.indexes.formUnion(argument.typed.indexes)
      let constant = IndexEvaluator(context).constant(expression)
      isConstant = isConstant && constant != nil
      constants.append(constant ?? open)
      ends.append(constant?.isInfinite == true ? nil : expression)
    }
    guard constants[0] < constants[1] else {
      context.report(
        .truncationOrder(
          low: given["low"]?.text ?? "-inf", high: given["high"]?.text ?? "inf",
          suggestion: constants[0] > constants[1]
            ? "truncate(\(distributionSyntax.text), \(given["high"]?.text ?? "-inf"), \(given["low"]?.text ?? "inf"))"
            : nil),
        at: syntax.place)
      return nil
    }
    if isConstant, case .fixed(let distribution) = term {
      do throws(DistributionError) {
        result.kind = .distribution(.fixed(try Truncated(distribution, low: constants[0], high: constants[1])))
      } catch {
        context.report(
          .emptyTruncation(
            distributionSyntax.text, low: given["low"]?.text ?? "-inf", high: given["high"]?.text ?? "inf"),
          at: syntax.place)
        return nil
      }
    } else {
      result.kind = .distribution(.truncated(term, low: ends[0], high: ends[1]))
    }
    return result
  }

  /// `mixture(distribution, distribution, weights=(0.3, 0.7))`.
  func mixture(_ arguments: [Argument], _ syntax: Syntax, unit: Unit?) -> CheckedValue? {
    var parts: [CheckedValue] = []
    var weights: Syntax?
    var isSound = true
    for argument in arguments {
      if let name = argument.name {
        guard name.text == "weights" else {
          context.report(
            .unknownDistributionArgument(
              name.text, of: "mixture", usage: "mixture(distribution, distribution, weights=(…))",
              nearest: context.nearest(to: name.text, among: ["weights"])),
            at: name.place)
          isSound = false
          continue
        }
        weights = argument.value
      } else if let part = value(argument.value, unit: unit) {
        parts.append(part)
      } else {
        isSound = false
      }
    }
    guard isSound else { return nil }
    guard let weights, case .list(let items) = weights.kind, parts.count > 1 else {
      context.report(.mixtureWithoutWeights, at: weights?.place ?? syntax.place)
      return nil
    }
    guard items.count == parts.count else {
      context.report(.mixtureCounts(distributions: parts.count, weights: items.count), at: weights.place)
      return nil
    }
    let numbers = items.compactMap { pureConstant($0, "a weight") }
    guard numbers.count == items.count, sumsToOne(numbers, "weights", at: weights.place) else { return nil }
    var result = parts[0]
    var terms: [DistributionExpression] = []
    for (part, argument) in zip(parts, arguments) {
      switch part.kind {
      case .constant(let number): terms.append(.fixed(Constant(number)))
      case .distribution(let term): terms.append(term)
      case .categories, .shares:
        context.report(.mixtureOfLabels, at: argument.value.place)
        return nil
      }
      guard let both = result.dimensionality.unified(with: part.dimensionality) else {
        context.report(
          .mixtureUnit(expected: words(result.dimensionality), found: words(part.dimensionality)),
          at: argument.value.place)
        return nil
      }
      result.dimensionality = both
      result.indexes.formUnion(part.indexes)
      result.isPercent = result.isPercent || part.isPercent
    }
    let distributions = terms.compactMap { term -> (any Distribution)? in
      if case .fixed(let distribution) = term { distribution } else { nil }
    }
    if distributions.count == terms.count, let mixture = try? Mixture(distributions, weights: numbers) {
      result.kind = .distribution(.fixed(mixture))
    } else {
      result.kind = .distribution(.mixture(terms, weights: numbers))
    }
    return result
  }

  /// `discrete(1=30%, 2=50%, 4=20%)`, or labels of an index.
  func discrete(_ arguments: [Argument], _ syntax: Syntax, unit: Unit?) -> CheckedValue? {
    var probabilities: [Double] = []
    var outcomes: [Syntax] = []
    for argument in arguments {
      guard let outcome = argument.name else {
        context.report(.outcomeWithoutProbability, at: argument.value.place)
        return nil
      }
      guard let probability = pureConstant(argument.value, "a probability") else { return nil }
      outcomes.append(outcome)
      probabilities.append(probability)
    }
    guard !outcomes.isEmpty else {
      context.report(.noOutcomes, at: syntax.place)
      return nil
    }
    guard sumsToOne(probabilities, "probabilities", at: syntax.place) else { return nil }
    if outcomes.contains(where: { $0.isLabelName }) {
      return labels(outcomes, probabilities, syntax)
    }
    var numbers: [Double] = []
    var common = Dimensionality.free
    var isPercent = false
    for outcome in outcomes {
      guard let value = constant(outcome, unit: unit), case .constant(let number) = value.kind else { return nil }
      guard let both = common.unified(with: value.dimensionality) else {
        context.report(
          .outcomeUnit(expected: words(common), found: words(value.dimensionality)), at: outcome.place)
        return nil
      }
      common = both
      isPercent = isPercent || value.isPercent
      guard !numbers.contains(number) else {
        context.report(.repeatedOutcome(outcome.text), at: outcome.place)
        return nil
      }
      numbers.append(number)
    }
    guard let distribution = try? Discrete(outcomes: numbers, probabilities: probabilities) else {
      context.report(.invalidOutcomes, at: syntax.place)
      return nil
    }
    return CheckedValue(
      kind: .distribution(.fixed(distribution)), dimensionality: common == .free ? .pure : common, isPercent: isPercent)
  }

  /// A distribution over the labels of the one index that has them all.
  private func labels(_ outcomes: [Syntax], _ probabilities: [Double], _ syntax: Syntax) -> CheckedValue? {
    let texts = outcomes.map(\.labelText)
    let homes = context.indexes.indices.map(IndexID.init).filter { index in
      !context[index].isNumeric && texts.allSatisfy { context.position(ofLabel: $0, on: index) != nil }
    }
    guard homes.count == 1, let home = homes.first else {
      if homes.count > 1 {
        context.report(.ambiguousOutcomes(context.list(homes)), at: syntax.place)
      } else {
        let all = context.indexes.filter { !$0.isNumeric }.flatMap(\.labels)
        let stranger = outcomes.first { !all.contains($0.labelText) } ?? outcomes[0]
        context.report(
          .unknownOutcome(stranger.text, nearest: context.nearest(to: stranger.labelText, among: all)),
          at: stranger.place)
      }
      return nil
    }
    let positions = texts.compactMap { context.position(ofLabel: $0, on: home) }
    guard Set(positions).count == positions.count else {
      context.report(.repeatedLabelOutcome, at: syntax.place)
      return nil
    }
    guard let distribution = try? Discrete(outcomes: positions.map(Double.init), probabilities: probabilities) else {
      return nil
    }
    return CheckedValue(kind: .categories(home, .fixed(distribution)), dimensionality: .pure)
  }

  // MARK: - Weights

  /// A constant that must be a pure number from 0 to 1.
  func pureConstant(_ syntax: Syntax, _ role: String) -> Double? {
    guard let value = constant(syntax, unit: nil), case .constant(let number) = value.kind else { return nil }
    guard value.dimensionality.mayBePure, number >= 0, number <= 1 else {
      context.report(.notAProbability(role, found: syntax.text), at: syntax.place)
      return nil
    }
    return number
  }

  func sumsToOne(_ numbers: [Double], _ role: String, at place: SourcePlace) -> Bool {
    let sum = numbers.reduce(0, +)
    guard (sum - 1).magnitude <= 1e-9 else {
      context.report(.sumNotOne(role, percent: MessageText.number(MessageText.rounded(sum * 100))), at: place)
      return false
    }
    return true
  }

  /// The positional or named arguments of a distribution; unknown ones are reported.
  func named(
    _ arguments: [Argument], of distribution: String, positional: [String], usage: String, _ syntax: Syntax
  ) -> [String: Syntax]? {
    var result: [String: Syntax] = [:]
    var isSound = true
    var position = 0
    for argument in arguments {
      let name: String
      if let written = argument.name {
        name = written.text
        if let new = ReplacedWord.replacement(for: name, .argument(of: distribution)) {
          let isGivenToo = arguments.contains { $0.nameText == new }
          context.reportReplaced(name, by: new, isGivenToo: isGivenToo, at: written.place)
          isSound = false
          continue
        }
        guard positional.contains(name) else {
          context.report(
            .unknownDistributionArgument(
              name, of: distribution, usage: usage,
              nearest: ReplacedWord.nearest(to: name, among: positional, .argument(of: distribution))),
            at: written.place)
          isSound = false
          continue
        }
      } else {
        guard position < positional.count else {
          context.report(
            .tooManyArguments(distribution, limit: positional.count, usage: usage), at: argument.value.place)
          return nil
        }
        name = positional[position]
        position += 1
      }
      if result.updateValue(argument.value, forKey: name) != nil {
        context.report(.repeatedDistributionArgument(name), at: argument.value.place)
        isSound = false
      }
    }
    return isSound ? result : nil
  }
}

extension Syntax {
  /// Whether it can only be a label: a name or a quoted text, or a text that begins like a name.
  var isLabelName: Bool {
    switch kind {
    case .name, .string: true
    default: text.first?.isLetter ?? false
    }
  }
}
