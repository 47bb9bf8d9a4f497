import Diagnostics
import Distributions
import Modeling
import Units

/// One checked part of an input's value: a constant, a distribution, one of an index's labels, or shares.
struct CheckedValue {
  /// The forms of a value.
  enum Kind {
    /// A number in base units.
    case constant(Double)
    /// A distribution in base units.
    case distribution(DistributionExpression)
    /// A distribution over label positions of an index.
    case categories(IndexID, DistributionExpression)
    /// Shares that sum to one along an index; a Dirichlet parameter for each label.
    case shares(along: IndexID, [Expression])
  }

  /// The kind of value.
  var kind: Kind
  /// Its dimension.
  var dimensionality: Dimensionality
  /// The indexes of its distribution's arguments.
  var indexes: Set<IndexID> = []
  /// Whether numbers on the value's own axis are written in percent.
  var isPercent = false

  /// Whether it changes from draw to draw.
  var isUncertain: Bool {
    if case .constant = kind { false } else { true }
  }
}

/// Reads a value: a constant, an interval, a distribution, or a distribution plus or times constants.
///
/// Bare numbers on the value's own axis (locations, scales, interval ends) are in `unit`; shapes, probabilities and
/// weights take none. Everything is turned into base units here.
struct DistributionChecker {
  let context: CheckContext
  /// The input.
  let quantity: QuantityID
  /// The indexes that arguments may have.
  let over: Set<IndexID>

  private var name: String { context[quantity].name }

  /// The checked value of a text; nil if an error was reported.
  func check(_ syntax: Syntax, unit: Unit?) -> CheckedValue? {
    guard !syntax.isDeeper(than: SizeLimit.depth) else {
      context.report(.valueTooDeep, at: syntax.place)
      return nil
    }
    guard isValue(syntax) else { return nil }
    reportRanges(syntax)
    return value(syntax, unit: unit)
  }

  func value(_ syntax: Syntax, unit: Unit?) -> CheckedValue? {
    guard syntax.holdsDistribution else { return constant(syntax, unit: unit) }
    switch syntax.kind {
    case .interval(let low, let high, let within):
      return interval(low, high, within: within, syntax, unit: unit)
    case .call(let name, let place, let arguments) where Syntax.isDistribution(name):
      return distribution(name, place, arguments, syntax, unit: unit)
    case .negate(let operand):
      return value(operand, unit: unit).flatMap { affine($0, scale: -1, shift: 0, $0.dimensionality, syntax) }
    case .binary(let sign, let left, let right):
      return combination(sign, left, right, syntax, unit: unit)
    case .call(let name, _, _) where misspeltDistribution(syntax)?.name == name: return constant(syntax, unit: unit)
    default:
      context.report(.distributionInExpression, at: syntax.place)
      return nil
    }
  }

  // MARK: - Constants

  /// A constant expression; a bare number is in `unit`.
  func constant(_ syntax: Syntax, unit: Unit?) -> CheckedValue? {
    if let unknown = misspeltDistribution(syntax) {
      let known = DistributionCatalogue.names + BuiltInFunctionCatalogue.names
      context.report(
        .unknownDistribution(unknown.name, nearest: context.nearest(to: unknown.name, among: known)), at: unknown.place)
      return nil
    }
    if let named = context.firstName(in: syntax) {
      context.report(.formulaAsValue(syntax.text, input: name), at: named.place)
      return nil
    }
    let typed = FormulaChecker(context: context, use: .constant).check(syntax)
    guard !typed.isBroken, typed.dimensionality != .unknown,
      let number = IndexEvaluator(context).constant(typed.expression(context))
    else { return nil }
    guard number.isFinite else {
      context.report(.notFinite(MessageText.number(number)), at: syntax.place)
      return nil
    }
    guard let unit else {
      return CheckedValue(
        kind: .constant(number), dimensionality: typed.dimensionality, isPercent: syntax.isPercent)
    }
    if PercentagesInUnit(context: context, unit: unit).report(syntax) { return nil }
    let isPercent = syntax.isPercent
    if typed.dimensionality == .pure, !syntax.holdsUnit {
      return CheckedValue(
        kind: .constant(syntax.baseValue(number, in: unit)), dimensionality: .known(unit.dimension),
        isPercent: isPercent)
    }
    return CheckedValue(kind: .constant(number), dimensionality: typed.dimensionality, isPercent: isPercent)
  }

  /// The name in a call of an unknown function or distribution.
  private func misspeltDistribution(_ syntax: Syntax) -> (name: String, place: SourcePlace)? {
    if case .call(let name, let place, _) = syntax.kind, BuiltInFunctionCatalogue.function(named: name) == nil,
      !NameTable.formulaForms.contains(name), context.names[name] == nil
    {
      return (name, place)
    }
    for part in syntax.parts { if let found = misspeltDistribution(part) { return found } }
    return nil
  }

  // MARK: - A distribution with constants

  private func combination(
    _ sign: BinaryOperator, _ left: Syntax, _ right: Syntax, _ syntax: Syntax, unit: Unit?
  ) -> CheckedValue? {
    if left.holdsDistribution && right.holdsDistribution {
      context.report(.severalDistributions(left.text, right.text), at: syntax.place)
      return nil
    }
    let (distribution, other) = left.holdsDistribution ? (left, right) : (right, left)
    switch sign {
    case .add, .subtract:
      let parts = (value(distribution, unit: unit), constant(other, unit: unit))
      guard let base = parts.0, let constant = parts.1, case .constant(let number) = constant.kind else { return nil }
      guard let dimensionality = base.dimensionality.unified(with: constant.dimensionality) else {
        context.report(
          .constantUnit(
            distribution.text, words(base.dimensionality), other.text, words(constant.dimensionality)),
          at: syntax.place)
        return nil
      }
      let isReversed = sign == .subtract && right.holdsDistribution
      let shift = sign == .subtract && left.holdsDistribution ? -number : number
      return affine(base, scale: isReversed ? -1 : 1, shift: shift, dimensionality, syntax)
    case .multiply, .divide:
      guard sign == .multiply || left.holdsDistribution else {
        context.report(.reciprocalOfDistribution(distribution.text), at: syntax.place)
        return nil
      }
      guard let factor = constant(other, unit: nil), case .constant(let number) = factor.kind,
        let dimension = factor.dimensionality.dimension
      else { return nil }
      guard number != 0 else {
        context.report(.distributionTimesZero(isDivided: sign == .divide), at: other.place)
        return nil
      }
      guard let base = value(distribution, unit: unitBeforeFactor(dimension, sign, unit)) else { return nil }
      guard let before = base.dimensionality.dimension,
        let product = try? (sign == .multiply ? before * dimension : before / dimension)
      else { return nil }
      return affine(base, scale: sign == .multiply ? number : 1 / number, shift: 0, .known(product), syntax)
    default:
      context.report(.distributionInExpression, at: syntax.place)
      return nil
    }
  }

  /// The unit of a distribution's bare numbers if the value's bare numbers are in `unit` and the distribution is
  /// multiplied: the same unit for a pure factor; none if the factor has the unit.
  private func unitBeforeFactor(_ factor: Dimension, _ sign: BinaryOperator, _ unit: Unit?) -> Unit? {
    factor.isDimensionless ? unit : nil
  }

  private func affine(
    _ base: CheckedValue, scale: Double, shift: Double, _ dimensionality: Dimensionality, _ syntax: Syntax
  ) -> CheckedValue? {
    var result = base
    result.dimensionality = dimensionality
    switch base.kind {
    case .constant(let number): result.kind = .constant(scale * number + shift)
    case .distribution(.fixed(let distribution)):
      let moved = Affine(distribution, scale: scale, shift: shift)
      guard moved.scale.isFinite, moved.shift.isFinite else {
        context.report(.valueTooLarge, at: syntax.place)
        return nil
      }
      result.kind = .distribution(.fixed(moved))
    case .distribution(let term): result.kind = .distribution(.affine(term, scale: scale, shift: shift))
    case .categories, .shares:
      context.report(.noArithmetic(isLabel: base.isLabel), at: syntax.place)
      return nil
    }
    return result
  }

  func words(_ dimensionality: Dimensionality) -> String {
    guard let dimension = dimensionality.dimension else { return "unknown" }
    return dimension.isDimensionless ? "a pure number" : "in \(context.units.describe(dimension))"
  }

  // MARK: - Intervals

  private func interval(
    _ low: Syntax, _ high: Syntax, within: Syntax?, _ syntax: Syntax, unit: Unit?
  ) -> CheckedValue? {
    guard let ends = IntervalEnds(low, high, within: within, syntax, unit: unit, self) else { return nil }
    for (end, number) in [(low, ends.low), (high, ends.high)] where number == 0 {
      let other = end.place == low.place ? high.text : low.text
      context.report(.zeroEnd(isLow: end.place == low.place, other: other), at: syntax.place)
      return nil
    }
    do throws(DistributionError) {
      let distribution = try Interval.distribution(low: ends.low, high: ends.high, within: ends.width)
      return CheckedValue(
        kind: .distribution(.fixed(distribution)), dimensionality: ends.dimensionality,
        isPercent: low.isPercent || high.isPercent)
    } catch {
      report(error, distribution: "interval", arguments: [:], at: syntax.place)
      return nil
    }
  }
}

extension CheckedValue {
  var isLabel: Bool {
    if case .categories = kind { true } else { false }
  }
}

/// The ends of `a to b within p`, in base units and in order.
struct IntervalEnds {
  /// The ends.
  var low: Double, high: Double
  /// The probability between them.
  var width: Double
  /// Their dimension.
  var dimensionality: Dimensionality

  /// Reads an interval; nil if an error was reported.
  init?(_ low: Syntax, _ high: Syntax, within: Syntax?, _ syntax: Syntax, unit: Unit?, _ checker: DistributionChecker) {
    let context = checker.context
    for end in [low, high] where end.holdsDistribution {
      context.report(.distributionAsEnd(end.text), at: end.place)
      return nil
    }
    if low.holdsUnit, !high.holdsUnit, high.numberIsNotFree {
      context.report(.intervalUnit(suggestion: low.firstUnit.map { "\(high.text) \($0.text)" }), at: high.place)
      return nil
    }
    // A unit on the second end alone applies to both.
    var lowUnit = unit
    if !low.holdsUnit, let written = high.firstUnit {
      guard let unit = UnitReader(context).unit(written) else { return nil }
      lowUnit = unit
    }
    let read = (checker.end(low, unit: lowUnit), checker.end(high, unit: unit))
    guard let first = read.0, let second = read.1 else { return nil }
    guard let both = first.dimensionality.unified(with: second.dimensionality) else {
      context.report(
        .intervalUnits(
          low.text, checker.words(first.dimensionality), high.text, checker.words(second.dimensionality)),
        at: syntax.place)
      return nil
    }
    guard first.number < second.number else {
      let percent = high.isPercent && !low.isPercent && first.number / 100 < second.number
      let areEqual = first.number == second.number
      let suggestion =
        percent ? "\(low.text)% to \(high.text)" : areEqual ? high.text : "\(high.text) to \(low.text)"
      context.report(.intervalOrder(areEqual: areEqual, suggestion: suggestion), at: syntax.place)
      return nil
    }
    width = 0.9
    if let within {
      guard let value = checker.constant(within, unit: nil), case .constant(let number) = value.kind else { return nil }
      guard value.dimensionality.mayBePure, number > 0, number < 1 else {
        let isPercent = number > 1 && number < 100 && value.dimensionality.mayBePure && !within.isPercent
        context.report(
          .intervalWidth(within.text, suggestion: isPercent ? "\(within.text)%" : nil), at: within.place)
        return nil
      }
      width = number
    }
    self.low = first.number
    self.high = second.number
    dimensionality = both
  }
}

extension DistributionChecker {
  /// An end of an interval: a constant expression.
  func end(_ syntax: Syntax, unit: Unit?) -> (number: Double, dimensionality: Dimensionality)? {
    if let named = firstQuantity(syntax) {
      context.report(.nameAsEnd(named.text), at: named.place)
      return nil
    }
    guard let value = constant(syntax, unit: unit), case .constant(let number) = value.kind else { return nil }
    return (number, value.dimensionality)
  }

  private func firstQuantity(_ syntax: Syntax) -> Syntax? {
    if case .name(let name) = syntax.kind, context.names[name] != nil { return syntax }
    for part in syntax.parts { if let found = firstQuantity(part) { return found } }
    return nil
  }
}

extension Syntax {
  /// Whether a call of this name denotes a distribution.
  static func isDistribution(_ name: String) -> Bool { DistributionCatalogue.names.contains(name) }

  /// Whether the expression contains a distribution or an interval.
  var holdsDistribution: Bool {
    switch kind {
    case .interval: true
    case .call(let name, _, _) where Self.isDistribution(name): true
    default: parts.contains(where: \.holdsDistribution)
    }
  }

  /// The first unit in the expression.
  var firstUnit: UnitText? {
    if case .number(_, let unit?, _) = kind { return unit }
    for part in parts { if let found = part.firstUnit { return found } }
    return nil
  }

  /// Whether the expression contains a unit.
  var holdsUnit: Bool { firstUnit != nil }

  /// Whether it is a number in percent, with or without a sign.
  var isPercent: Bool {
    if case .number(_, nil, isPercent: true) = withoutSign.kind { true } else { false }
  }

  /// Whether it is anything but the literals 0 and inf, which fit every unit.
  var numberIsNotFree: Bool {
    if case .number(let number, nil, _) = withoutSign.kind { return number != 0 && number.isFinite }
    return true
  }
}
