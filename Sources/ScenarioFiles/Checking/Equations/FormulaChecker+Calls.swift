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
        return refused(
          "`\(name)` must name the indexes that it runs over", syntax,
          suggestion: "\(name)(\(arguments.first?.value.text ?? "x"), over=\(context.indexes.first?.name ?? "index"))")
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
      context.error(
        "a distribution cannot stand in a formula", at: syntax.place,
        advice: "make `\(syntax.text)` an input, which has a name, a source and draws of its own")
    } else if context.names[name] != nil {
      context.error(
        "`\(name)` is not a function", at: place, found: "\(context.names.kind(name) ?? "a name") followed by `(`",
        advice: "a product is written `\(name) * (…)`, a selection `\(name)[index=label]`")
    } else {
      let known = BuiltInFunctionCatalogue.names + NameTable.formulaForms.sorted() + DistributionCatalogue.names
      context.error(
        "unknown function `\(name)`", at: place,
        suggestion: context.nearest(to: name, among: known))
    }
    return .broken(syntax)
  }

  private func apply(_ function: BuiltInFunction, _ arguments: [Argument], _ syntax: Syntax) -> Typed {
    if let named = arguments.first(where: { $0.name != nil }), let name = named.name {
      context.error(
        "`\(function.name)` takes no argument named `\(name.text)`", at: name.place,
        expected: "\(function.name)(\(function.parameters.joined(separator: ", "))\(function.isVariadic ? ", …" : ""))")
      return .broken(syntax)
    }
    let values = arguments.map { value($0.value) }
    let wanted = function.parameters.count
    guard values.count == wanted || (function.isVariadic && values.count > wanted) else {
      let reduces = Reduction(rawValue: function.name) != nil && values.count == 1
      context.error(
        "`\(function.name)` takes \(function.isVariadic ? "at least " : "")\(wanted) \(wanted == 1 ? "argument" : "arguments"), not \(values.count)",
        at: syntax.place,
        expected: "\(function.name)(\(function.parameters.joined(separator: ", "))\(function.isVariadic ? ", …" : ""))",
        advice: reduces ? "over an index it is `\(function.name)(\(values[0].syntax.text), over=index)`" : nil)
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
    guard expressions.allSatisfy(IndexEvaluator(context).isDecided) else { return true }
    let cells = CellSpace(Array(bounds[0].indexes.union(bounds[1].indexes)), in: context.indexes)
    for cell in 0..<min(cells.count, SizeLimit.labels) {
      let labels = Dictionary(uniqueKeysWithValues: zip(cells.indexes, cells.positions(ofCell: cell)))
      guard let bottom = IndexEvaluator(context).value(expressions[0], at: labels),
        let top = IndexEvaluator(context).value(expressions[1], at: labels), bottom > top
      else { continue }
      let place = cells.indexes.map { "\(context[$0].name)=\(context[$0].labels[labels[$0] ?? 0])" }
      var texts = values.map(\.syntax.text)
      texts.swapAt(low, high)
      context.error(
        "the lower bound of `\(function.name)` is above the upper one"
          + (place.isEmpty ? "" : " at \(place.joined(separator: ", "))"),
        at: syntax.place, expected: "\(function.name)(\(function.parameters.joined(separator: ", ")))",
        found:
          "\(function.parameters[low]) = `\(values[low].syntax.text)`, \(function.parameters[high]) = `\(values[high].syntax.text)`",
        suggestion: place.isEmpty ? "\(function.name)(\(texts.joined(separator: ", ")))" : nil)
      return false
    }
    return true
  }

  private func dimensionality(of function: BuiltInFunction, _ values: [Typed], _ syntax: Syntax) -> Dimensionality {
    switch function.dimension {
    case .pure:
      for value in values {
        let unit = value.dimensionality.dimension.map { context.units.describe($0) } ?? "1"
        _ = requirePure(
          value, "the argument of `\(function.name)`",
          advice: "divide it by a quantity first: `\(function.name)(\(Self.operand(value.syntax)) / 1 \(unit))`")
      }
      return .pure
    case .same:
      var common = values[0]
      for next in values.dropFirst() {
        let unit = sameUnit(common, next, "the arguments of `\(function.name)` have different units", syntax)
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
        context.error("the unit of this root has too large an exponent", at: syntax.place)
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
        context.error(
          "`\(form)` has no argument `\(name.text)`", at: name.place, expected: usage,
          suggestion: context.nearest(to: name.text, among: named))
        isSound = false
      } else if byName.updateValue(argument.value, forKey: name.text) != nil {
        context.error("`\(name.text)` is given twice", at: name.place)
        isSound = false
      }
    }
    if unnamed.count != positional {
      context.error(
        "`\(form)` takes \(positional) unnamed \(positional == 1 ? "argument" : "arguments"), not \(unnamed.count)",
        at: syntax.place, expected: usage)
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
        context.error("the index `\(name)` is named twice", at: item.place)
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
    context.error(
      isOther ? "`\(text)` is not an index" : "unknown index `\(text)`", at: place,
      found: isOther ? context.names.kind(text) : nil,
      suggestion: context.nearest(to: text, among: context.indexes.map(\.name)))
  }
}

extension Argument {
  /// The text of its name.
  var nameText: String? { name?.text }
}
