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
      context.error(
        "this formula has too many parts within each other", at: syntax.place,
        expected: "at most \(SizeLimit.depth)", advice: "give a part of it a name of its own")
      return .broken(syntax)
    }
    return value(syntax)
  }

  /// The checked formula of a part of a parsed text that is known not to be too deep.
  func value(_ syntax: Syntax) -> Typed {
    switch syntax.kind {
    case .number(let number, let unit, _): return self.number(number, unit, syntax)
    case .name(let name): return self.name(name, syntax)
    case .string: return refused("a quoted text cannot stand in a formula", syntax)
    case .call(let name, let place, let arguments): return call(name, place, arguments, syntax)
    case .select(let base, let selections): return select(base, selections, syntax)
    case .negate(let operand): return negation(value(operand), syntax)
    case .not(let operand): return logicalNot(value(operand), syntax)
    case .binary(let sign, let left, let right): return binary(sign, left, right, syntax)
    case .conditional(let condition, let then, let otherwise):
      return conditional(condition, then: then, otherwise: otherwise, syntax)
    case .interval:
      return refused(
        "an interval cannot stand in a formula", syntax,
        advice: "make `\(syntax.text)` an input, which has a name, a source and draws of its own")
    case .list: return refused("a list cannot stand here", syntax)
    case .range: return refused("a range can only stand in a selection", syntax)
    }
  }

  /// Reports a form that is not allowed in its context.
  func refused(
    _ message: String, _ syntax: Syntax, expected: String? = nil, suggestion: String? = nil, advice: String? = nil
  ) -> Typed {
    context.error(message, at: syntax.place, expected: expected, suggestion: suggestion, advice: advice)
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
        return refused(
          "`\(name)` is an index whose labels are not numbers", syntax,
          advice:
            "compare it, `\(name) == \(context[id].labels.first ?? "label")`, or select, `x[\(name)=\(context[id].labels.first ?? "label")]`"
        )
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
    refused("`\(syntax.text)` cannot stand here: only constants can", syntax)
  }

  private func quantity(_ id: QuantityID, _ syntax: Syntax) -> Typed {
    let type = assumptions[id] ?? context[id].type
    if let categories = type.categories {
      let index = context[categories].name
      return refused(
        "`\(syntax.text)` takes labels of `\(index)` as its values, which are not numbers", syntax,
        advice:
          "select, `x[\(index)=\(syntax.text)]`, or compare, `\(syntax.text) == \(context[categories].labels.first ?? "label")`"
      )
    }
    guard let indexes = type.indexes else {
      var broken = Typed.broken(syntax)
      broken.dimensionality = type.dimensionality
      return broken
    }
    return Typed(kind: .quantity(id), dimensionality: type.dimensionality, indexes: indexes, syntax: syntax)
  }

  private func unknown(_ name: String, _ syntax: Syntax) -> Typed {
    if let home = context.indexes.first(where: { $0.labels.contains(name) }) {
      return refused(
        "`\(name)` is a label of the index `\(home.name)`, not a value", syntax,
        advice: "compare it, `\(home.name) == \(name)`, or select, `x[\(home.name)=\(name)]`")
    }
    // A name that could not be read has been reported already.
    if context.isUnreadable(name) { return .broken(syntax) }
    let nearest = context.nearest(to: name, among: context.names.names + ["pi"])
    if nearest == nil, (try? context.units.parse(name)) != nil {
      return refused(
        "`\(name)` is a unit, and a unit follows a number", syntax, suggestion: "1 \(name)")
    }
    if nearest == nil, NameTable.builtIn(name) != nil {
      return refused("`\(name)` needs its arguments: `\(name)(…)`", syntax)
    }
    return refused("unknown name `\(name)`", syntax, suggestion: nearest)
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
      context.error(
        "this has \(context.cellCount(all)) cells, over \(context.list(all))", at: syntax.place,
        expected: "at most \(SizeLimit.cells)")
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
  func requirePure(_ value: Typed, _ role: String, advice: String? = nil) -> Bool {
    guard !value.dimensionality.mayBePure else { return true }
    context.error(
      "\(role) must be a pure number", at: value.syntax.place, found: words(value.dimensionality),
      advice: advice)
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
