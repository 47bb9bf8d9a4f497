import Diagnostics
import Modeling
import Units

/// Arithmetic, comparison, logic and conditions.
extension FormulaChecker {
  func negation(_ operand: Typed, _ syntax: Syntax) -> Typed {
    made(.negate(operand.expression(context)), operand.dimensionality, of: [operand], syntax)
  }

  func logicalNot(_ operand: Typed, _ syntax: Syntax) -> Typed {
    requireCondition(operand, of: "not")
    return made(.not(operand.expression(context)), .pure, of: [operand], syntax)
  }

  /// Reports an operand that cannot be true or false: a written number other than 0 and 1, or a value with a unit. Not
  /// inlined, for the same reason as `isDate`.
  @inline(never)
  private func requireCondition(_ operand: Typed, of user: String) {
    let isNumber =
      if case .constant(let number) = operand.expression(context).kind { number != 0 && number != 1 } else { false }
    let hasUnit = operand.dimensionality.dimension.map { !$0.isDimensionless } ?? false
    guard !operand.isBroken, isNumber || hasUnit else { return }
    context.report(.notACondition(user, found: unitPhrase(operand)), at: operand.syntax.place)
  }

  /// Reports operands of `and` and `or` that cannot be true or false. It is not inlined either: a loop over both
  /// operands would enlarge the frame of the recursive function.
  @inline(never)
  private func requireConditions(_ a: Typed, _ b: Typed, of sign: BinaryOperator) {
    for operand in [a, b] { requireCondition(operand, of: sign == .and ? "and" : "or") }
  }

  /// Whether a difference or a quotient ends in a date, which is reported: in `5 + 2023-04-01` the date is the end of
  /// the whole difference. It is not inlined, because formulas are checked by recursion and the stack is short.
  @inline(never)
  private func isDate(_ syntax: Syntax) -> Bool {
    guard let last = syntax.written.suffix(11).split(whereSeparator: \.isWhitespace).last,
      ValueText.isDate(String(last))
    else { return false }
    context.report(.dateInFormula(String(last)), at: syntax.place)
    return true
  }

  func binary(_ sign: BinaryOperator, _ left: Syntax, _ right: Syntax, _ syntax: Syntax) -> Typed {
    if sign == .equal || sign == .notEqual, let comparison = labelComparison(sign, left, right, syntax) {
      return comparison
    }
    if sign == .subtract || sign == .divide, isDate(syntax) { return .broken(syntax) }
    let (a, b) = (value(left), value(right))
    let kind = Expression.Kind.binary(sign, a.expression(context), b.expression(context))
    switch sign {
    case .add, .subtract:
      return made(kind, sameUnit(a, b, sign == .add ? .addition : .subtraction, syntax), of: [a, b], syntax)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      _ = sameUnit(a, b, .comparison, syntax)
      return made(kind, .pure, of: [a, b], syntax)
    case .and, .or:
      requireConditions(a, b, of: sign)
      return made(kind, .pure, of: [a, b], syntax)
    case .multiply, .divide:
      guard !multipliesIndex(sign, left, right, syntax) else { return .broken(syntax) }
      return made(kind, product(sign, a, b, syntax), of: [a, b], syntax)
    case .power:
      return made(kind, power(a, b, syntax), of: [a, b], syntax)
    }
  }

  func conditional(_ condition: Syntax, then: Syntax, otherwise: Syntax, _ syntax: Syntax) -> Typed {
    let parts = [value(condition), value(then), value(otherwise)]
    requireCondition(parts[0], of: "if")
    let unit = sameUnit(parts[1], parts[2], .branches, syntax)
    let kind = Expression.Kind.conditional(
      parts[0].expression(context), then: parts[1].expression(context), otherwise: parts[2].expression(context))
    return made(kind, unit, of: parts, syntax)
  }

  /// The dimension that two values must share; a mismatch is reported with the missing unit or factor.
  func sameUnit(_ a: Typed, _ b: Typed, _ operation: Problem.UnitMismatch, _ syntax: Syntax) -> Dimensionality {
    if let both = a.dimensionality.unified(with: b.dimensionality) { return both }
    context.report(
      .unitMismatch(operation, unitPhrase(a), unitPhrase(b), notes: notes(for: [a, b]) + missingFactor(a, b)),
      at: syntax.place)
    return .unknown
  }

  /// A value with its unit, truncated if it is long: "`load`, in TWh/year".
  func unitPhrase(_ value: Typed) -> String {
    let text = value.syntax.text.count > 60 ? String(value.syntax.text.prefix(57)) + "…" : value.syntax.text
    let unit = value.dimensionality.dimension.map { $0.isDimensionless ? "a pure number" : "in " + unitText(value, $0) }
    return "`\(text)`, " + (unit ?? "unknown")
  }

  /// The unit in which a value is written, if it is a name or a number; otherwise the coherent unit.
  private func unitText(_ value: Typed, _ dimension: Dimension) -> String {
    switch value.syntax.kind {
    case .name(let name):
      if let unit = context.names.quantity(name).flatMap({ context[$0].type.unit }), unit.dimension == dimension {
        return unit.text
      }
    case .number(_, let unit?, _): return unit.text
    default: break
    }
    return context.units.describe(dimension)
  }

  /// Advice on converting one dimension to the other: a unit after a bare number, a duration, or the missing factor.
  ///
  /// Each piece of advice is a note with the operand and its replacement, which is tried before it is shown.
  private func missingFactor(_ a: Typed, _ b: Typed) -> [Diagnostic.Note] {
    guard let left = a.dimensionality.dimension, let right = b.dimensionality.dimension,
      let ratio = try? left / right
    else { return [] }
    var notes: [Diagnostic.Note] = []
    if ratio == .time || ratio == Dimension.time.inverse {
      let (longer, shorter) = ratio == .time ? (a, b) : (b, a)
      if longer.dimensionality.dimension?.isDimensionless == false {
        notes.append(
          Problem.unitDiffersByTime("\(Self.operand(longer.syntax)) / 1 year", replacing: longer.syntax.place))
      }
      if shorter.dimensionality.dimension?.isDimensionless == false {
        notes.append(
          Problem.unitDiffersByTime("\(Self.operand(shorter.syntax)) * 1 year", replacing: shorter.syntax.place))
      }
    }
    for (bare, other) in [(a, b), (b, a)] where bare.dimensionality.dimension?.isDimensionless == true {
      guard case .number(_, nil, let isPercent) = bare.syntax.kind, let dimension = other.dimensionality.dimension
      else {
        continue
      }
      let unit = unitText(other, dimension)
      // A unit follows a number after one space, but one that begins with `1/` is written as a division.
      let text = unit.hasPrefix("1/") ? "\(bare.syntax.text) / 1 \(unit.dropFirst(2))" : "\(bare.syntax.text) \(unit)"
      if !isPercent || unit.hasPrefix("1/") {
        notes.append(Problem.numberNeedsUnit(text, replacing: bare.syntax.place))
      }
    }
    let isPure = [left, right].contains(where: \.isDimensionless)
    return notes.isEmpty && !isPure ? [Problem.unitsDifferByFactor(context.units.describe(ratio))] : notes
  }

  /// A text as an operand: in parentheses unless it is a name, a number or a call.
  static func operand(_ syntax: Syntax) -> String {
    switch syntax.kind {
    case .number, .name, .call, .select: syntax.text
    default: "(\(syntax.text))"
    }
  }

  /// Notes on the definitions of operands that are names.
  private func notes(for values: [Typed]) -> [Diagnostic.Note] {
    values.compactMap { value in
      guard case .name(let name) = value.syntax.kind, let place = context.names.place(name),
        let kind = context.names.kind(name)
      else { return nil }
      return Problem.definition(of: name, kind: kind, at: place)
    }
  }

  private func product(_ sign: BinaryOperator, _ a: Typed, _ b: Typed, _ syntax: Syntax) -> Dimensionality {
    if a.dimensionality == .unknown || b.dimensionality == .unknown { return .unknown }
    guard let left = a.dimensionality.dimension, let right = b.dimensionality.dimension else { return .open }
    do {
      return .known(sign == .multiply ? try left * right : try left / right)
    } catch {
      context.report(.unitOutOfRange("product"), at: syntax.place)
      return .unknown
    }
  }

  private func power(_ base: Typed, _ exponent: Typed, _ syntax: Syntax) -> Dimensionality {
    guard requirePure(exponent, "an exponent", advice: Problem.divideByOwnUnit) else {
      return .unknown
    }
    switch base.dimensionality {
    case .unknown, .open: return base.dimensionality
    case .free: return .pure
    case .known(let dimension):
      if dimension.isDimensionless { return .pure }
      guard exponent.indexes.isEmpty, !exponent.isBroken,
        let number = IndexEvaluator(context).constant(exponent.expression(context))
      else {
        if !exponent.isBroken {
          let suggestion =
            "(\(base.syntax.text) / 1 \(context.units.describe(dimension))) ^ \(Self.operand(exponent.syntax))"
          context.report(
            .exponentNotConstant(base: unitPhrase(base), suggestion: suggestion), at: exponent.syntax.place)
        }
        return .unknown
      }
      guard let rational = Rational(number) else {
        context.report(.exponentNotRational(number), at: exponent.syntax.place)
        return .unknown
      }
      guard let result = try? dimension.raised(to: rational) else {
        context.report(.unitOutOfRange("power"), at: syntax.place)
        return .unknown
      }
      return .known(result)
    }
  }

  /// Reports multiplication or division by an index with the name of a unit: `15%/year` would divide by 2023.
  private func multipliesIndex(_ sign: BinaryOperator, _ left: Syntax, _ right: Syntax, _ syntax: Syntax) -> Bool {
    for (operand, other, isRight) in [(right, left, true), (left, right, false)] {
      guard case .name(let name) = operand.withoutSign.kind, context.names.index(name) != nil,
        (try? context.units.parse(name)) != nil
      else { continue }
      let meant: String
      switch (sign, isRight) {
      case (.divide, true): meant = "\(Self.operand(other)) / 1 \(name)"
      case (.multiply, true): meant = "\(Self.operand(other)) * 1 \(name)"
      case (.divide, false): meant = "1 \(name) / \(Self.operand(other))"
      default: meant = "1 \(name) * \(Self.operand(other))"
      }
      // A rate is subtracted from 1 without its unit, per step of the index.
      let isRate = sign == .divide && isRight
      context.report(
        .indexAsUnit(
          name,
          meant: isRate
            ? [.init(meant, meaning: "a rate"), .init(Self.operand(other), meaning: "in one step of `\(name)`")]
            : [.init(meant)]),
        at: syntax.place)
      return true
    }
    return false
  }

  // MARK: - Labels

  /// `region == us`, `choice != coal`; nil if neither side is a labelled index or a label-valued input.
  private func labelComparison(
    _ sign: BinaryOperator, _ left: Syntax, _ right: Syntax, _ syntax: Syntax
  ) -> Typed? {
    for (subject, label) in [(left, right), (right, left)] {
      guard case .name(let name) = subject.kind, let (index, input) = labelSubject(name) else { continue }
      if case .constant = use { continue }
      guard !context.brokenIndexes.contains(index) else { return .broken(syntax) }
      if case .name(let other) = label.kind, labelSubject(other) != nil,
        context.position(ofLabel: label.labelText, on: index) == nil
      {
        return refused(
          .labelSetsCompared(name, sign: sign.rawValue, firstLabel: context[index].labels.first ?? "label"), syntax)
      }
      guard let position = context.position(ofLabel: label.labelText, on: index) else {
        reportUnknownLabel(label.labelText, on: index, at: label.place)
        return .broken(syntax)
      }
      let kind: Expression.Kind =
        input.map { .isOutcome($0, position: position) } ?? .isLabel(index, position: position)
      let indexes = input.map { (assumptions[$0] ?? context[$0].type).indexes ?? [] } ?? [index]
      let test = Typed(kind: kind, dimensionality: .pure, indexes: indexes, syntax: syntax)
      return sign == .equal ? test : logicalNot(test, syntax)
    }
    return nil
  }

  /// The index whose labels a name can have: a labelled index itself, or that of a label-valued input.
  private func labelSubject(_ name: String) -> (index: IndexID, input: QuantityID?)? {
    switch context.names[name] {
    case .index(let id)?: context[id].isNumeric ? nil : (id, nil)
    case .quantity(let id)?: context[id].type.categories.map { ($0, id) }
    case nil: nil
    }
  }

  /// Reports a label that an index does not have.
  func reportUnknownLabel(_ text: String, on index: IndexID, at place: SourcePlace) {
    guard !context.brokenIndexes.contains(index) else { return }
    if context.reportInvisible(in: text, at: place) { return }
    let labels = context[index].labels
    let date = text.count <= 40 ? ValueText.date(text) : nil
    // A date may be meant as its year.
    let year = date == nil ? nil : labels.first { $0.count == 4 && text.hasPrefix($0) && context[index].isNumeric }
    context.report(
      .unknownLabel(
        text, index: context[index].name, labels: labels,
        nearest: context[index].isNumeric ? year : context.nearest(to: text, among: labels), isDate: date != nil),
      at: place)
  }
}

extension Syntax {
  /// The text as a label: for a quoted text, its content.
  var labelText: String {
    if case .string(let text) = kind { text } else { text }
  }

  /// The operand of leading minus signs.
  var withoutSign: Syntax {
    var rest = self
    while case .negate(let operand) = rest.kind { rest = operand }
    return rest
  }
}
