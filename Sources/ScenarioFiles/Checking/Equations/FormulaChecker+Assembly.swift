import Diagnostics
import Modeling
import Units

/// `stack(route, fleet=a, models=b)`, which combines equations along an index, and `stock`, a fleet of cohorts.
extension FormulaChecker {
  /// `stack(index, label=formula, …)`: every label of a labelled index once.
  func stack(_ given: [Argument], _ syntax: Syntax) -> Typed {
    guard let first = given.first, first.name == nil, case .name(let name) = first.value.kind else {
      return refused(.stackWithoutIndex, syntax)
    }
    guard let index = context.names.index(name) else {
      reportNoIndex(name, at: first.value.place)
      return .broken(syntax)
    }
    guard !context.brokenIndexes.contains(index) else { return .broken(syntax) }
    guard !context[index].isNumeric else {
      return refused(.stackOfNumbers, syntax)
    }
    var parts: [Int: Typed] = [:]
    var isSound = true
    for argument in given.dropFirst() {
      let part = value(argument.value)
      guard let label = argument.name else {
        context.report(.stackPartWithoutLabel, at: argument.value.place)
        isSound = false
        continue
      }
      guard let position = context.position(ofLabel: label.labelText, on: index) else {
        reportUnknownLabel(label.labelText, on: index, at: label.place)
        isSound = false
        continue
      }
      if parts.updateValue(part, forKey: position) != nil {
        context.report(.repeatedStackLabel(label.labelText), at: label.place)
        isSound = false
      }
      if part.indexes.contains(index) {
        context.report(
          .stackPartOverIndex(name, part: Self.operand(argument.value), label: label.labelText),
          at: argument.value.place)
        isSound = false
      }
    }
    let lacking = context[index].labels.indices.filter { parts[$0] == nil }.map { context[index].labels[$0] }
    if isSound, !lacking.isEmpty {
      context.report(.stackLacksLabels(lacking, index: name), at: syntax.place)
      isSound = false
    }
    guard isSound else { return .broken(syntax) }
    let ordered = context[index].labels.indices.compactMap { parts[$0] }
    var common = ordered[0]
    for part in ordered.dropFirst() {
      let unit = sameUnit(common, part, .stack, syntax)
      if common.dimensionality == .free { common = part }
      common.dimensionality = unit
      if unit == .unknown { break }
    }
    let indexes = ordered.reduce(into: Set([index])) { $0.formUnion($1.indexes) }
    return made(
      .stack(index, ordered.map { $0.expression(context) }), common.dimensionality, of: ordered, indexes: indexes,
      syntax)
  }

  /// `stock(inflow, survival=…, at=middle)`: units in service.
  func stock(_ given: [Argument], _ syntax: Syntax) -> Typed {
    let usage = "stock(inflow, survival=by_age, at=middle)"
    guard
      let arguments = arguments(
        given, of: "stock", positional: 1, named: ["survival", "at", "over"], usage: usage, syntax)
    else { return .broken(syntax) }
    let inflow = value(arguments.positional[0])
    guard let survivalSyntax = arguments.named["survival"] else {
      return refused(.stockWithoutSurvival(usage: usage), syntax)
    }
    let survival = value(survivalSyntax)
    guard let atSyntax = arguments.named["at"] else {
      return refused(.stockWithoutTime, syntax)
    }
    guard let timing = StockTiming(rawValue: atSyntax.text) else {
      context.report(.unknownStockTime(atSyntax.text), at: atSyntax.place)
      return .broken(syntax)
    }
    guard !inflow.isBroken, !survival.isBroken,
      requirePure(survival, "a survival")
    else { return .broken(syntax) }
    let inflowIndexes = inflow.indexes.filter { context[$0].isNumeric && !survival.indexes.contains($0) }
    let ages = survival.indexes.filter { context[$0].isNumeric && !inflow.indexes.contains($0) }
    let named = arguments.named["over"].map { indexes(named: $0) }
    if case .some(nil) = named { return .broken(syntax) }
    let candidates = named.map { Set($0 ?? []) } ?? inflowIndexes
    guard candidates.count == 1, let along = candidates.first, context[along].isNumeric, inflow.indexes.contains(along)
    else {
      context.report(
        .stockWithoutIndex(
          inflow.syntax.text, indexes: context.list(inflow.indexes),
          first: inflowIndexes.count > 1 ? context[context.sorted(inflowIndexes)[0]].name : nil),
        at: arguments.positional[0].place)
      return .broken(syntax)
    }
    guard ages.count == 1, let age = ages.first else {
      context.report(
        .survivalWithoutAges(survival.syntax.text, indexes: context.list(survival.indexes)), at: survivalSyntax.place)
      return .broken(syntax)
    }
    guard hasAges(age, along: along, at: survivalSyntax.place) else { return .broken(syntax) }
    var unit = inflow.dimensionality
    if unit == .free { unit = .pure }
    let kind = Expression.Kind.stock(
      inflow: inflow.expression(context), survival: survival.expression(context), along: along, age: age,
      timing: timing)
    return made(
      kind, unit, of: [inflow, survival], indexes: inflow.indexes.union(survival.indexes).subtracting([age]), syntax)
  }

  /// Whether every difference of labels is an age; the first one that is not is reported.
  private func hasAges(_ age: IndexID, along: IndexID, at place: SourcePlace) -> Bool {
    guard let times = context[along].numbers, let first = times.first, let last = times.last else { return false }
    guard times.count <= Self.stockLimit else {
      context.report(
        .stockTooLong(context[along].name, labels: times.count, limit: Self.stockLimit), at: place)
      return false
    }
    for (position, time) in times.enumerated() {
      for start in times[...position] where context.position(ofNumber: time - start, on: age) == nil {
        context.report(
          .missingAge(
            MessageText.number(time - start), index: context[age].name, along: context[along].name,
            oldest: MessageText.number(last - first)),
          at: place)
        return false
      }
    }
    return true
  }

  /// Maximum number of labels along which cohorts are summed: the sum has a term for each pair of them, in every draw.
  private static let stockLimit = 1_000
}
