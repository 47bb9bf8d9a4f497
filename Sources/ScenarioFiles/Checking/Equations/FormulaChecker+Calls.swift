import Diagnostics
import Distributions
import Modeling
import Units

/// Everything written `name(…)`: built-in functions here, forms of the language in other files.
extension FormulaChecker {
  func call(_ name: String, _ place: SourcePlace, _ arguments: [Argument], _ syntax: Syntax) -> Typed {
    if context.reportHiddenCall(of: name, at: place) { return .broken(syntax) }
    if let reduction = Reduction(rawValue: name) {
      if arguments.contains(where: { $0.nameText == "over" }) { return reduce(reduction, arguments, syntax) }
      if BuiltInFunctionCatalogue.function(named: name) == nil {
        _ = arguments.map { value($0.value) }
        let suggestion =
          "\(name)(\(arguments.first?.value.text ?? "x"), over=\(context.indexes.first?.name ?? "index"))"
        return refused(.reductionWithoutIndex(name, suggestion: suggestion), syntax)
      }
    }
    switch name {
    case "share": return share(arguments, syntax)
    case "previous": return previous(arguments, syntax)
    case "cumulative": return cumulative(arguments, syntax)
    case "stack": return stack(arguments, syntax)
    case "stock": return stock(arguments, syntax)
    default: break
    }
    if let function = BuiltInFunctionCatalogue.function(named: name) { return apply(function, arguments, syntax) }
    return unknownCall(name, place, syntax)
  }

  private func unknownCall(_ name: String, _ place: SourcePlace, _ syntax: Syntax) -> Typed {
    if DistributionCatalogue.names.contains(name) {
      context.report(.distributionInFormula(syntax.text), at: syntax.place)
    } else if context.names[name] != nil {
      context.report(.notAFunction(name, kind: context.names.kind(name) ?? "a name"), at: place)
    } else {
      let known = BuiltInFunctionCatalogue.names + NameTable.formulaForms.sorted() + DistributionCatalogue.names
      context.report(.unknownFunction(name, nearest: context.nearest(to: name, among: known)), at: place)
    }
    return .broken(syntax)
  }

  private func apply(_ function: BuiltInFunction, _ arguments: [Argument], _ syntax: Syntax) -> Typed {
    let usage = "\(function.name)(\(function.parameters.joined(separator: ", "))\(function.isVariadic ? ", …" : ""))"
    if let named = arguments.first(where: { $0.name != nil }), let name = named.name {
      context.report(.unknownArgument(name.text, of: function.name, usage: usage), at: name.place)
      return .broken(syntax)
    }
    let values = arguments.map { value($0.value) }
    let wanted = function.parameters.count
    guard values.count == wanted || (function.isVariadic && values.count > wanted) else {
      let reduces = Reduction(rawValue: function.name) != nil && values.count == 1
      context.report(
        .argumentCount(
          function.name, values.count, expected: wanted, isMinimum: function.isVariadic, usage: usage,
          reducing: reduces ? values[0].syntax.text : nil),
        at: syntax.place)
      return .broken(syntax)
    }
    let kind = Expression.Kind.call(function, values.map { $0.expression(context) })
    guard inOrder(function, values, syntax) else { return .broken(syntax) }
    return made(kind, dimensionality(of: function, values, syntax), of: values, syntax)
  }

  /// Whether two arguments that bound a value are in order; checked if both are constant or depend only on labels.
  private func inOrder(_ function: BuiltInFunction, _ values: [Typed], _ syntax: Syntax) -> Bool {
    guard let (low, high) = function.orderedArguments, !values.contains(where: \.isBroken) else { return true }
    let bounds = [values[low], values[high]]
    let expressions = bounds.map { $0.expression(context) }
    guard expressions.allSatisfy(IndexEvaluator(context).isDecided) else {
      guard BoundOrder(context: context).isReversed(expressions[0], expressions[1]) else { return true }
      reportReversed(function, values, cell: nil, syntax)
      return false
    }
    let cells = CellSpace(Array(bounds[0].indexes.union(bounds[1].indexes)), in: context.indexes)
    for cell in 0..<min(cells.count, SizeLimit.labels) {
      let labels = Dictionary(uniqueKeysWithValues: zip(cells.indexes, cells.positions(ofCell: cell)))
      guard let bottom = IndexEvaluator(context).value(expressions[0], at: labels),
        let top = IndexEvaluator(context).value(expressions[1], at: labels), bottom > top
      else { continue }
      let place = cells.indexes.map { "\(context[$0].name)=\(context[$0].labels[labels[$0] ?? 0])" }
      reportReversed(function, values, cell: place.isEmpty ? nil : place.joined(separator: ", "), syntax)
      return false
    }
    return true
  }

  private func reportReversed(_ function: BuiltInFunction, _ values: [Typed], cell: String?, _ syntax: Syntax) {
    guard let (low, high) = function.orderedArguments else { return }
    var texts = values.map(\.syntax.text)
    texts.swapAt(low, high)
    context.report(
      .boundsOutOfOrder(
        function.name, cell: cell, usage: "\(function.name)(\(function.parameters.joined(separator: ", ")))",
        found:
          "\(function.parameters[low]) = `\(values[low].syntax.text)`, \(function.parameters[high]) = `\(values[high].syntax.text)`",
        suggestion: cell == nil ? "\(function.name)(\(texts.joined(separator: ", ")))" : nil),
      at: syntax.place)
  }

  private func dimensionality(of function: BuiltInFunction, _ values: [Typed], _ syntax: Syntax) -> Dimensionality {
    switch function.dimension {
    case .pure:
      for value in values {
        // Made only if it is needed: the text of each of many nested arguments is long.
        func advice() -> String {
          let unit = value.dimensionality.dimension.map { context.units.describe($0) } ?? "1"
          return Problem.divideByUnit(of: function.name, Self.operand(value.syntax), unit: unit)
        }
        _ = requirePure(value, "the argument of `\(function.name)`", advice: advice())
      }
      return .pure
    case .same:
      var common = values[0]
      for next in values.dropFirst() {
        let unit = sameUnit(common, next, .arguments(of: function.name), syntax)
        if unit == .unknown { return .unknown }
        if case .free = common.dimensionality { common = next }
        common.dimensionality = unit
      }
      return common.dimensionality
    case .power(let exponent):
      guard case .known(let dimension) = values[0].dimensionality else {
        return values[0].dimensionality == .free ? .pure : values[0].dimensionality
      }
      guard let result = try? dimension.raised(to: exponent) else {
        context.report(.unitOutOfRange("root"), at: syntax.place)
        return .unknown
      }
      return .known(result)
    }
  }

  // MARK: - Arguments of the language's forms

  /// The arguments of a form: positional ones in order, and named ones by name. Invalid arguments are reported.
  func arguments(
    _ given: [Argument], of form: String, positional: Int, named: [String], usage: String, _ syntax: Syntax
  ) -> (positional: [Syntax], named: [String: Syntax])? {
    var unnamed: [Syntax] = []
    var byName: [String: Syntax] = [:]
    var isSound = true
    for argument in given {
      guard let name = argument.name else {
        unnamed.append(argument.value)
        continue
      }
      if !named.contains(name.text) {
        context.report(
          .unknownArgument(
            name.text, of: form, usage: usage, nearest: context.nearest(to: name.text, among: named)),
          at: name.place)
        isSound = false
      } else if byName.updateValue(argument.value, forKey: name.text) != nil {
        context.report(.repeatedArgument(name.text), at: name.place)
        isSound = false
      }
    }
    if unnamed.count != positional {
      context.report(
        .argumentCount(form, unnamed.count, expected: positional, isUnnamed: true, usage: usage), at: syntax.place)
      isSound = false
    }
    return isSound ? (unnamed, byName) : nil
  }

  /// The indexes named by `over=region` or `over=[a, b]`; nil if one of them is not an index, which is reported.
  func indexes(named list: Syntax) -> [IndexID]? {
    let items: [Syntax]
    if case .list(let parts) = list.kind { items = parts } else { items = [list] }
    var found: [IndexID] = []
    for item in items {
      guard case .name(let name) = item.kind, let id = context.names.index(name) else {
        reportNoIndex(item.text, at: item.place)
        return nil
      }
      if found.contains(id) {
        context.report(.repeatedIndex(name), at: item.place)
        return nil
      }
      found.append(id)
    }
    return found
  }

  /// Reports a name that should be an index and is not.
  func reportNoIndex(_ text: String, at place: SourcePlace) {
    guard !context.isUnreadable(text), !context.reportInvisible(in: text, at: place) else { return }
    let isOther = context.names[text] != nil
    context.report(
      .unknownIndex(
        text, kind: isOther ? context.names.kind(text) ?? "a name" : nil,
        nearest: context.nearest(to: text, among: context.indexes.map(\.name))),
      at: place)
  }
}

extension Argument {
  /// The text of its name.
  var nameText: String? { name?.text }
}
