import Diagnostics
import Modeling
import Units

/// Forms that run along indexes: `sum(x, over=region)`, `share`, `previous`, `cumulative`.
extension FormulaChecker {
  /// `sum(x, over=region)`; x may be restricted to several labels, `sum(x[year=2020..2025], over=year)`.
  func reduce(_ reduction: Reduction, _ given: [Argument], _ syntax: Syntax) -> Typed {
    let usage = "\(reduction.rawValue)(x, over=index)"
    guard
      let arguments = arguments(
        given, of: reduction.rawValue, positional: 1, named: ["over"], usage: usage, syntax),
      let list = arguments.named["over"], let over = indexes(named: list)
    else { return .broken(syntax) }
    let (operand, labels) = reducedOperand(arguments.positional[0], over: over)
    guard !operand.isBroken, has(operand, over, reduction.rawValue, at: list.place) else { return .broken(syntax) }
    var unit = operand.dimensionality
    if reduction == .product, case .known(let dimension) = unit, !dimension.isDimensionless {
      let count = over.reduce(1) { $0 * (labels[$1]?.count ?? context[$1].labels.count) }
      guard let exponent = Rational(count), let power = try? dimension.raised(to: exponent) else {
        context.report(.unitOutOfRange("product"), at: syntax.place)
        return .broken(syntax)
      }
      unit = .known(power)
    }
    let kind = Expression.Kind.reduce(reduction, operand.expression(context), over: over, labels: labels)
    return made(kind, unit, of: [operand], indexes: operand.indexes.subtracting(over), syntax)
  }

  /// `share(x, over=source)`: x divided by its sum over the index.
  func share(_ given: [Argument], _ syntax: Syntax) -> Typed {
    let usage = "share(x, over=index)"
    guard let arguments = arguments(given, of: "share", positional: 1, named: ["over"], usage: usage, syntax) else {
      return .broken(syntax)
    }
    guard let list = arguments.named["over"] else {
      return refused(.shareWithoutIndex(usage: usage), syntax)
    }
    guard let over = indexes(named: list) else { return .broken(syntax) }
    let operand = value(arguments.positional[0])
    guard !operand.isBroken, has(operand, over, "share", at: list.place) else { return .broken(syntax) }
    let total = made(
      .reduce(.sum, operand.expression(context), over: over, labels: [:]), operand.dimensionality, of: [operand],
      indexes: operand.indexes.subtracting(over), syntax)
    let kind = Expression.Kind.binary(.divide, operand.expression(context), total.expression(context))
    return made(kind, .pure, of: [operand], syntax)
  }

  /// Whether a value has the indexes that a form runs over; missing ones are reported.
  private func has(_ operand: Typed, _ over: [IndexID], _ form: String, at place: SourcePlace) -> Bool {
    let lacking = over.filter { !operand.indexes.contains($0) }
    guard !lacking.isEmpty else { return true }
    context.report(
      .lackingIndexes(
        form, context.list(lacking), operand: operand.syntax.text, indexes: context.list(operand.indexes),
        hasIndexes: !operand.indexes.isEmpty),
      at: place)
    return false
  }

  // MARK: - Along a numeric index

  /// `previous(x, initial=i)`: x at the preceding label, i at the first.
  func previous(_ given: [Argument], _ syntax: Syntax) -> Typed {
    let usage = "previous(x, initial=value) or previous(x, initial=value, over=index)"
    guard
      let arguments = arguments(
        given, of: "previous", positional: 1, named: ["initial", "over"], usage: usage, syntax)
    else { return .broken(syntax) }
    let operand = value(arguments.positional[0])
    guard let start = arguments.named["initial"] else {
      return refused(.previousWithoutInitial(arguments.positional[0].text), syntax)
    }
    let initial = value(start)
    guard let along = along(operand, arguments.named["over"], "previous", syntax) else {
      // In a cycle the index may become known later; the value at the first label already gives the unit.
      var unknown = Typed.broken(syntax)
      unknown.dimensionality = operand.dimensionality.unified(with: initial.dimensionality) ?? .unknown
      unknown.indexes = operand.indexes.union(initial.indexes)
      return unknown
    }
    if initial.indexes.contains(along) {
      context.report(
        .initialOverIndex(
          context[along].name, initial: Self.operand(start), firstLabel: context[along].labels.first ?? ""),
        at: start.place)
      return .broken(syntax)
    }
    let unit = sameUnit(operand, initial, .initial, syntax)
    let kind = Expression.Kind.previous(
      operand.expression(context), initial: initial.expression(context), along: along)
    let indexes = operand.indexes.union(initial.indexes).union([along])
    return made(kind, unit, of: [operand, initial], indexes: indexes, syntax)
  }

  /// `cumulative(x)`: the sum up to each label.
  func cumulative(_ given: [Argument], _ syntax: Syntax) -> Typed {
    let usage = "cumulative(x) or cumulative(x, over=index)"
    guard let arguments = arguments(given, of: "cumulative", positional: 1, named: ["over"], usage: usage, syntax)
    else { return .broken(syntax) }
    let operand = value(arguments.positional[0])
    guard let along = along(operand, arguments.named["over"], "cumulative", syntax) else { return .broken(syntax) }
    let kind = Expression.Kind.cumulative(operand.expression(context), along: along)
    return made(kind, operand.dimensionality, of: [operand], syntax)
  }

  /// The numeric index that a form runs along: the named one, or the only one of its argument; otherwise reported.
  private func along(_ operand: Typed, _ over: Syntax?, _ form: String, _ syntax: Syntax) -> IndexID? {
    if let over {
      guard let named = indexes(named: over) else { return nil }
      guard named.count == 1 else {
        context.report(.severalIndexes(form, found: over.text), at: over.place)
        return nil
      }
      guard context[named[0]].isNumeric || context.brokenIndexes.contains(named[0]) else {
        context.report(
          .unorderedIndex(form, index: context[named[0]].name, labels: context[named[0]].labels), at: over.place)
        return nil
      }
      let isInCycle = assumptions.contains { $0.value.indexes?.contains(named[0]) != true }
      guard operand.isBroken || isInCycle || has(operand, named, form, at: over.place) else { return nil }
      return named[0]
    }
    guard !operand.isBroken else { return nil }
    let numeric = operand.indexes.filter { context[$0].isNumeric }
    if numeric.count == 1, let only = numeric.first { return only }
    if numeric.isEmpty {
      context.report(
        .noNumericIndex(
          form, operand: operand.syntax.text, indexes: context.list(operand.indexes),
          candidate: context.indexes.first(where: \.isNumeric)?.name),
        at: syntax.place)
    } else {
      context.report(
        .ambiguousIndex(
          form, operand: operand.syntax.text, indexes: context.list(numeric),
          first: context[context.sorted(numeric)[0]].name),
        at: syntax.place)
    }
    return nil
  }
}
