import Diagnostics
import Distributions
import Modeling
import Units

/// Determines the dimensions and indexes of formulas, and reports type errors.
///
/// Each form of a formula has its rule in an extension of this type, one subject per file. A rule reports an error once
/// and returns what is still known, so that one error does not cause others.
struct FormulaChecker {
  let context: CheckContext
  /// The context of the formula.
  let use: Use
  /// The dimensions and indexes of the equations of a cycle, while they are being determined.
  var assumptions: [QuantityID: QuantityType] = [:]

  /// The context of a formula, which decides which forms are allowed.
  enum Use {
    /// An equation.
    case equation(QuantityID)
    /// An argument of an input's distribution, over some indexes.
    case argument(of: QuantityID)
    /// A constant: no names.
    case constant
  }

  /// The checked formula of a parsed text.
  func check(_ syntax: Syntax) -> Typed {
    guard !syntax.isDeeper(than: SizeLimit.depth) else {
      return refused(.formulaTooDeep(limit: SizeLimit.depth), syntax)
    }
    return value(syntax)
  }

  /// The checked formula of a part of a parsed text that is known not to be too deep.
  func value(_ syntax: Syntax) -> Typed {
    switch syntax.kind {
    case .number(let number, let unit, _): return self.number(number, unit, syntax)
    case .name(let name): return self.name(name, syntax)
    case .string: return refused(.textInFormula, syntax)
    case .call(let name, let place, let arguments): return call(name, place, arguments, syntax)
    case .select(let base, let selections): return select(base, selections, syntax)
    case .negate(let operand): return negation(value(operand), syntax)
    case .not(let operand): return logicalNot(value(operand), syntax)
    case .binary(let sign, let left, let right): return binary(sign, left, right, syntax)
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then: then, otherwise: otherwise, syntax)
    case .interval: return refused(.intervalInFormula(syntax.text), syntax)
    case .list: return refused(.listInFormula, syntax)
    case .range: return refused(.rangeInFormula, syntax)
    }
  }

  /// Reports a form that is not allowed in its context. The problem is built here, not on the frames of the functions that
  /// call each other to the depth of a formula.
  @inline(never) func refused(_ problem: @autoclosure () -> Problem, _ syntax: Syntax) -> Typed {
    context.report(problem(), at: syntax.place)
    return .broken(syntax)
  }

  // MARK: - Numbers

  private func number(_ number: Double, _ unit: UnitText?, _ syntax: Syntax) -> Typed {
    guard let unit else {
      let isFree = number == 0 || number.isInfinite
      return Typed(kind: .constant(number), dimensionality: isFree ? .free : .pure, indexes: [], syntax: syntax)
    }
    guard let unit = UnitReader(context).unit(unit, of: syntax) else {
      return Typed(kind: .constant(number), dimensionality: .unknown, indexes: [], syntax: syntax)
    }
    return Typed(
      kind: .constant(syntax.decimal.map(unit.baseValue(of:)) ?? number), dimensionality: .known(unit.dimension),
      indexes: [], syntax: syntax)
  }

  // MARK: - Names

  private func name(_ name: String, _ syntax: Syntax) -> Typed {
    switch context.names[name] {
    case .quantity(let id)?:
      if case .constant = use { return namesInConstant(syntax) }
      return quantity(id, syntax)
    case .index(let id)?:
      if case .constant = use { return namesInConstant(syntax) }
      if context.brokenIndexes.contains(id) { return .broken(syntax) }
      guard context[id].isNumeric else {
        return refused(.labelledIndexAsValue(name, firstLabel: context[id].labels.first ?? "label"), syntax)
      }
      return Typed(kind: .label(id), dimensionality: .pure, indexes: [id], syntax: syntax)
    case nil:
      if name == "pi" {
        return Typed(kind: .constant(.pi), dimensionality: .pure, indexes: [], syntax: syntax)
      }
      return unknown(name, syntax)
    }
  }

  private func namesInConstant(_ syntax: Syntax) -> Typed {
    refused(.notConstant(syntax.text), syntax)
  }

  private func quantity(_ id: QuantityID, _ syntax: Syntax) -> Typed {
    let type = assumptions[id] ?? context[id].type
    if let categories = type.categories {
      let index = context[categories]
      return refused(
        .labelValuedInput(syntax.text, index: index.name, firstLabel: index.labels.first ?? "label"), syntax)
    }
    guard let indexes = type.indexes else {
      var broken = Typed.broken(syntax)
      broken.dimensionality = type.dimensionality
      return broken
    }
    return Typed(kind: .quantity(id), dimensionality: type.dimensionality, indexes: indexes, syntax: syntax)
  }

  private func unknown(_ name: String, _ syntax: Syntax) -> Typed {
    if let home = context.index(withLabel: name) {
      return refused(.labelAsValue(name, index: context[home].name), syntax)
    }
    // A name that could not be read has been reported already.
    if context.isUnreadable(name) { return .broken(syntax) }
    // Names that mean something else must give the same message in a trial.
    let isUnit = context.units.contains(name)
    let isBuiltIn = NameTable.builtIn(name) != nil
    let nearest = context.isTrial && !isUnit && !isBuiltIn ? nil : context.nearestInFormulas(to: name)
    if nearest == nil, isUnit { return refused(.unitAsName(name), syntax) }
    if nearest == nil, isBuiltIn { return refused(.functionWithoutArguments(name), syntax) }
    return refused(.unknownName(name, nearest: nearest), syntax)
  }

  // MARK: - Results

  /// A value computed from others: it has all their indexes, unless specified otherwise.
  func made(
    _ kind: Expression.Kind, _ dimensionality: Dimensionality, of parts: [Typed], indexes: Set<IndexID>? = nil,
    _ syntax: Syntax
  ) -> Typed {
    let all = indexes ?? parts.reduce(into: []) { $0.formUnion($1.indexes) }
    var isBroken = parts.contains(where: \.isBroken)
    if !isBroken, all.count > 1, context.cellCount(all) > SizeLimit.cells, parts.allSatisfy({ $0.indexes != all }) {
      context.report(
        .tooManyCells(context.cellCount(all), over: context.list(all), limit: SizeLimit.cells), at: syntax.place)
      isBroken = true
    }
    return Typed(kind: kind, dimensionality: dimensionality, indexes: all, isBroken: isBroken, syntax: syntax)
  }

  /// A dimension in words: the coherent unit, or a phrase for a pure number.
  func words(_ dimensionality: Dimensionality) -> String {
    guard let dimension = dimensionality.dimension else { return "unknown" }
    return dimension.isDimensionless ? "a pure number" : context.units.describe(dimension)
  }

  /// Reports a value that must be a pure number and is not.
  func requirePure(_ value: Typed, _ role: String, advice: @autoclosure () -> String? = nil) -> Bool {
    guard !value.dimensionality.mayBePure else { return true }
    context.report(
      .notPure(role, found: words(value.dimensionality), advice: advice()), at: value.syntax.place)
    return false
  }
}

extension Syntax {
  /// The parts one level down.
  var parts: [Syntax] {
    switch kind {
    case .number, .name, .string: []
    case .call(_, _, let arguments): arguments.map(\.value)
    case .select(let base, let selections): [base] + selections.compactMap(\.formula)
    case .negate(let operand), .not(let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .interval(let low, let high, let within): [low, high] + [within].compactMap(\.self)
    case .list(let items): items
    case .range(let low, let high, let by, let count): [low, high] + [by, count].compactMap(\.self)
    }
  }

  /// Whether the nesting depth exceeds a limit.
  func isDeeper(than limit: Int) -> Bool {
    var level = [self]
    var depth = 0
    while !level.isEmpty {
      depth += 1
      if depth > limit { return true }
      level = level.flatMap(\.parts)
    }
    return false
  }
}
