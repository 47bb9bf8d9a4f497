import Diagnostics
import Modeling
import Units

/// `x[year=2023]`, `x[region=us]`, `x[source=choice]`, `x[age=year - vintage]`, and several labels inside a reduction.
extension FormulaChecker {
  func select(_ base: Syntax, _ selections: [Selection], _ syntax: Syntax) -> Typed {
    let operand = value(base)
    guard !operand.isBroken else { return .broken(syntax) }
    var selectors: [IndexID: Selector] = [:]
    var indexes = operand.indexes
    var incoming: Set<IndexID> = []
    for selection in selections {
      guard let index = selectedIndex(selection, of: operand, taken: Set(selectors.keys)) else {
        return .broken(syntax)
      }
      if selection.namesSeveralLabels {
        return refused(.severalLabels(suggestion: "sum(\(syntax.text), over=\(selection.index))"), syntax)
      }
      guard let selector = selector(selection, on: index) else { return .broken(syntax) }
      selectors[index] = selector
      indexes.remove(index)
      switch selector {
      case .label: break
      case .outcome(let input): incoming.formUnion((assumptions[input] ?? context[input].type).indexes ?? [])
      case .number(let terms, _): incoming.formUnion(terms.keys)
      }
    }
    indexes.formUnion(incoming)
    return made(
      .select(operand.expression(context), selectors), operand.dimensionality, of: [operand], indexes: indexes, syntax)
  }

  /// The operand of a reduction, with the labels to which a selection restricts it.
  func reducedOperand(_ operand: Syntax, over: [IndexID]) -> (Typed, [IndexID: [Int]]) {
    guard case .select(let base, let selections) = operand.kind, selections.contains(where: \.namesSeveralLabels) else {
      return (value(operand), [:])
    }
    let single = selections.filter { !$0.namesSeveralLabels }
    let typed = single.isEmpty ? value(base) : select(base, single, operand)
    guard !typed.isBroken else { return (typed, [:]) }
    var labels: [IndexID: [Int]] = [:]
    for selection in selections where selection.namesSeveralLabels {
      guard let index = selectedIndex(selection, of: typed, taken: Set(labels.keys)) else {
        return (.broken(operand), [:])
      }
      guard over.contains(index) else {
        context.report(
          .severalLabelsNotReduced(selection.index, over: over.map { context[$0].name }), at: selection.indexPlace)
        return (.broken(operand), [:])
      }
      guard let positions = positions(selection, on: index) else { return (.broken(operand), [:]) }
      labels[index] = positions
    }
    return (typed, labels)
  }

  /// The index that a selection names; reported if it does not exist, if the value lacks it or if it is named twice.
  private func selectedIndex(_ selection: Selection, of operand: Typed, taken: Set<IndexID>) -> IndexID? {
    guard let index = context.names.index(selection.index) else {
      reportNoIndex(selection.index, at: selection.indexPlace)
      return nil
    }
    if taken.contains(index) {
      context.report(.repeatedSelection(selection.index), at: selection.indexPlace)
      return nil
    }
    guard operand.indexes.contains(index) else {
      // In a cycle the index may still become known.
      context.report(
        .selectionOnLackingIndex(
          operand.syntax.text, index: selection.index, indexes: context.list(operand.indexes),
          nearest: context.nearest(to: selection.index, among: operand.indexes.map { context[$0].name })),
        at: selection.indexPlace)
      return nil
    }
    return context.brokenIndexes.contains(index) ? nil : index
  }

  /// The label positions of several labels or a range, in the index's order.
  private func positions(_ selection: Selection, on index: IndexID) -> [Int]? {
    if case .range(let low, let high, let by, let count)? = selection.formula?.kind {
      guard let numbers = context[index].numbers else {
        context.report(.rangeOfLabels(selection.index, labels: context[index].labels), at: selection.indexPlace)
        return nil
      }
      guard by == nil, count == nil else {
        context.report(.steppedSelection, at: selection.indexPlace)
        return nil
      }
      let constants = FormulaChecker(context: context, use: .constant)
      var ends: [Double] = []
      for end in [low, high] {
        let typed = constants.check(end)
        guard !typed.isBroken, let number = IndexEvaluator(context).constant(typed.expression(context)) else {
          return nil
        }
        guard context.position(ofNumber: number, on: index) != nil else {
          reportUnknownLabel(end.text, on: index, at: end.place)
          return nil
        }
        ends.append(number)
      }
      let chosen = numbers.indices.filter { numbers[$0] >= ends[0] && numbers[$0] <= ends[1] }
      guard !chosen.isEmpty else {
        context.report(.emptySelection(low.text, high.text), at: low.place)
        return nil
      }
      return chosen
    }
    var chosen: Set<Int> = []
    for label in selection.labels {
      guard let position = context.position(ofLabel: label.text, on: index) else {
        reportUnknownLabel(label.text, on: index, at: label.place)
        return nil
      }
      guard chosen.insert(position).inserted else {
        context.report(.repeatedSelectedLabel(label.text), at: label.place)
        return nil
      }
    }
    return chosen.sorted()
  }

  /// The selector of one selection: a label, the label of a label-valued input, or the label given by a sum.
  private func selector(_ selection: Selection, on index: IndexID) -> Selector? {
    guard let label = selection.labels.first else { return nil }
    if let position = context.position(ofLabel: label.text, on: index) { return .label(position) }
    if case .name(let name)? = selection.formula?.kind, let input = context.names.quantity(name) {
      if let categories = context[input].type.categories {
        guard categories == index else {
          context.report(
            .selectorOfOtherIndex(name, index: context[categories].name, selected: selection.index), at: label.place)
          return nil
        }
        if case .constant = use { return nil }
        return .outcome(input)
      }
      guard context[input].type.dimensionality != .unknown else { return nil }
      context.report(
        .invalidSelector(name, index: selection.index, kind: context.names.kind(name)), at: label.place)
      return nil
    }
    if context[index].isNumeric, let formula = selection.formula, let sum = LabelSum(formula, context) {
      if sum.terms.isEmpty {
        if let position = context.position(ofNumber: Double(sum.constant), on: index) { return .label(position) }
      } else {
        return numericSelector(sum, on: index, at: label.place)
      }
    }
    reportUnknownLabel(label.text, on: index, at: label.place)
    return nil
  }

  private func numericSelector(_ sum: LabelSum, on index: IndexID, at place: SourcePlace) -> Selector? {
    for involved in [index] + context.sorted(sum.terms.keys) {
      let whole = context[involved].numbers?.allSatisfy { $0 == $0.rounded() && $0.magnitude < 1e9 }
      guard whole == true else {
        context.report(.labelsNotWhole(context[involved].name), at: place)
        return nil
      }
    }
    return .number(terms: sum.terms, constant: sum.constant)
  }
}

extension Selection {
  /// Whether it names several labels, by a list or a range.
  var namesSeveralLabels: Bool {
    if case .range? = formula?.kind { return true }
    return labels.count > 1
  }
}

/// A sum of numeric indexes and whole numbers, as a selection computes a label: `year - vintage`, `year - 1`.
struct LabelSum {
  /// The coefficient of each index's number.
  private(set) var terms: [IndexID: Int] = [:]
  /// The number added.
  private(set) var constant = 0

  /// The sum that a formula represents; nil if it is not such a sum.
  init?(_ syntax: Syntax, _ context: CheckContext) {
    guard add(syntax, sign: 1, context, depth: 0) else { return nil }
    terms = terms.filter { $0.value != 0 }
  }

  private mutating func add(_ syntax: Syntax, sign: Int, _ context: CheckContext, depth: Int) -> Bool {
    guard depth < 50 else { return false }
    switch syntax.kind {
    case .number(let number, unit: nil, isPercent: false):
      guard number == number.rounded(), number.magnitude < 1e9 else { return false }
      constant += sign * Int(number)
      return constant.magnitude < 1_000_000_000_000
    case .name(let name):
      guard let index = context.names.index(name), context[index].isNumeric else { return false }
      terms[index, default: 0] += sign
      return true
    case .negate(let operand): return add(operand, sign: -sign, context, depth: depth + 1)
    case .binary(.add, let a, let b):
      return add(a, sign: sign, context, depth: depth + 1) && add(b, sign: sign, context, depth: depth + 1)
    case .binary(.subtract, let a, let b):
      return add(a, sign: sign, context, depth: depth + 1) && add(b, sign: -sign, context, depth: depth + 1)
    default: return false
    }
  }
}
