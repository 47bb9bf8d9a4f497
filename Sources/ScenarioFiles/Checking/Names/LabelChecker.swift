import Modeling

/// Proves that every computed label, as in `x[age=year - vintage]`, exists in the cells for which it is evaluated.
///
/// The traversal carries the set of evaluated cells: at first all cells of a formula, fewer inside an `if` whose
/// condition is decided at load, other ones inside selections and `previous`. The first missing label of a selection is
/// reported.
struct LabelChecker {
  let context: CheckContext
  private var evaluator: IndexEvaluator { IndexEvaluator(context) }

  init(_ context: CheckContext) { self.context = context }

  /// Reports the labels that do not exist.
  func check(_ expression: Expression) {
    guard Self.computesLabels(expression) else { return }
    walk(expression, Cells(all: []))
  }

  /// Whether the expression contains a computed label.
  private static func computesLabels(_ expression: Expression) -> Bool {
    if case .select(_, let selectors) = expression.kind,
      selectors.values.contains(where: { if case .number = $0 { true } else { false } })
    {
      return true
    }
    return expression.operands.contains(where: computesLabels)
  }

  /// The evaluated cells: combinations of labels on some indexes, any label on the others.
  private struct Cells {
    /// The indexes on which combinations are distinguished.
    var indexes: [IndexID]
    /// Their label positions; without indexes one empty combination, or none if no cell is evaluated.
    var taken: [[Int]]

    init(all indexes: [IndexID]) {
      self.indexes = indexes
      taken = [[]]
    }

    /// The label positions of a combination.
    func labels(_ combination: [Int]) -> [IndexID: Int] {
      Dictionary(uniqueKeysWithValues: zip(indexes, combination))
    }
  }

  private func walk(_ expression: Expression, _ cells: Cells) {
    guard !cells.taken.isEmpty else { return }
    switch expression.kind {
    case .conditional(let condition, let then, let otherwise):
      walk(condition, cells)
      guard evaluator.isDecided(condition), let spread = spread(cells, over: condition.indexes) else {
        walk(then, cells)
        walk(otherwise, cells)
        return
      }
      // If the condition is not finite, neither branch is taken.
      var (yes, no) = (spread, spread)
      yes.taken = spread.taken.filter { evaluator.holds(condition, at: spread.labels($0)) == true }
      no.taken = spread.taken.filter { evaluator.holds(condition, at: spread.labels($0)) == false }
      walk(then, yes)
      walk(otherwise, no)
    case .select(let operand, let selectors):
      walk(operand, selected(expression, selectors, cells))
    case .reduce(_, let operand, let over, let labels):
      // A reduction takes every label of its indexes, regardless of the cells outside.
      var inner = forgetting(Set(over), cells)
      for (index, positions) in labels.sorted(by: { $0.key < $1.key }) {
        inner.indexes.append(index)
        inner.taken = inner.taken.flatMap { combination in positions.map { combination + [$0] } }
      }
      walk(operand, inner)
    case .previous(let operand, let initial, let along):
      walk(operand, forgetting([along], cells))
      walk(initial, forgetting([along], cells))
    case .cumulative(let operand, let along):
      walk(operand, forgetting([along], cells))
    case .stock(let inflow, let survival, let along, let age, _):
      walk(inflow, forgetting([along], cells))
      walk(survival, forgetting([along, age], cells))
    case .stack(let index, let parts):
      for (position, part) in parts.enumerated() {
        var chosen = cells
        if let axis = cells.indexes.firstIndex(of: index) {
          chosen.taken = cells.taken.filter { $0[axis] == position }
        }
        walk(part, forgetting([index], chosen))
      }
    case .constant, .quantity, .label, .isLabel, .isOutcome, .negate, .not, .binary, .call:
      for operand in expression.operands { walk(operand, cells) }
    }
  }

  /// Cells distinguished on more indexes; nil if there are too many, where both branches of an `if` count.
  private func spread(_ cells: Cells, over indexes: some Sequence<IndexID>) -> Cells? {
    var result = cells
    for index in indexes where !result.indexes.contains(index) {
      guard result.taken.count * context[index].labels.count <= SizeLimit.cells else { return nil }
      result.indexes.append(index)
      result.taken = result.taken.flatMap { combination in context[index].labels.indices.map { combination + [$0] } }
    }
    return result
  }

  /// Cells no longer distinguished on some indexes.
  private func forgetting(_ indexes: Set<IndexID>, _ cells: Cells) -> Cells {
    let kept = cells.indexes.indices.filter { !indexes.contains(cells.indexes[$0]) }
    guard kept.count < cells.indexes.count else { return cells }
    var result = Cells(all: kept.map { cells.indexes[$0] })
    result.taken = Array(Set(cells.taken.map { combination in kept.map { combination[$0] } }))
    return result
  }

  /// The operand's cells under a selection; labels that do not exist are reported.
  private func selected(_ expression: Expression, _ selectors: [IndexID: Selector], _ cells: Cells) -> Cells {
    var needed: Set<IndexID> = []
    for case .number(let terms, _) in selectors.values { needed.formUnion(terms.keys) }
    guard let spread = spread(cells, over: needed.sorted()) else { return Cells(all: []) }
    var images: Set<[Int]> = []
    let chosen = selectors.keys.sorted()
    let fixed = chosen.filter { if case .outcome? = selectors[$0] { false } else { true } }
    let kept = spread.indexes.indices.filter { !chosen.contains(spread.indexes[$0]) }
    for combination in spread.taken {
      let labels = spread.labels(combination)
      var image = kept.map { combination[$0] }
      for index in fixed {
        switch selectors[index] {
        case .label(let position)?: image.append(position)
        case .number(let terms, let constant)?:
          let sum = terms.reduce(Double(constant)) { $0 + Double($1.value) * number(of: $1.key, labels) }
          guard let position = context.position(ofNumber: sum, on: index) else {
            reportMissing(sum, on: index, labels.filter { terms[$0.key] != nil }, expression)
            return Cells(all: [])
          }
          image.append(position)
        case .outcome?, nil: break
        }
      }
      images.insert(image)
    }
    var result = Cells(all: kept.map { spread.indexes[$0] } + fixed)
    result.taken = Array(images)
    return result
  }

  private func number(of index: IndexID, _ labels: [IndexID: Int]) -> Double {
    guard let position = labels[index], let numbers = context[index].numbers else { return .nan }
    return numbers[position]
  }

  private func reportMissing(_ sum: Double, on index: IndexID, _ labels: [IndexID: Int], _ expression: Expression) {
    let numbers = context[index].numbers ?? []
    let at = context.sorted(labels.keys).map { "\(context[$0].name)=\(context[$0].labels[labels[$0] ?? 0])" }
    let name = context[index].name
    context.report(
      .missingComputedLabel(
        name, label: MessageText.number(sum), first: MessageText.number(numbers.first ?? 0),
        last: MessageText.number(numbers.last ?? 0), at: at),
      at: expression.place)
  }
}
