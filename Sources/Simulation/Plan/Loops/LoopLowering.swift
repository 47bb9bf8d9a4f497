import Diagnostics
import Modeling

/// The rule `loops`: a sum, mean or extreme of many cells is computed in a loop over them.
///
/// The formula is lowered at a few cells only: the first, a middle and the last label of each index. If their nodes are the
/// same but for the leaves' cells, and all cells of a leaf are alike to the other rules, those of every cell are, and one
/// node stands for all. The cells are combined in the same order and in the same groups as without the rule, so that the
/// bits are the same. Formulas that depend on labels, and leaves of which some cells are constants or equal, have cells
/// with different nodes; they are lowered cell by cell.
extension Lowering {
  /// Labels at which formulas are lowered as examples of all.
  typealias Probe = [IndexID: [Int]]

  /// Minimum number of cells of one loop: the operands of one instruction without the rule.
  private static let fewestCells = Graph.maxOperands
  /// Maximum number of operands of a loop, whose columns are in memory at the same time: 128 MiB.
  private static let mostOperands = 1 << 14

  /// Whether an equation is not lowered before something needs its cells.
  func isDeferred(_ id: QuantityID) -> Bool { appliesLoops && leaves.formula(of: id) != nil }

  /// Whether the rule applies. The others decide what a cell is; all of them do, so that its examples are complete.
  var appliesLoops: Bool { SimplificationRule.ofValues.allSatisfy(graph.rules.contains) }

  /// A reduction as loops, one for each cell of the result; nil if the cells differ, or are few.
  func looped(
    _ reduction: Reduction, _ operand: Expression, over: [IndexID], labels: [IndexID: [Int]], _ fixed: Fixed,
    _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray? {
    guard probe == nil, appliesLoops, reduction != .product, let named = leaves.quantities(of: operand),
      !named.isEmpty
    else { return nil }
    let all = inNameOrder(Set(named.flatMap { model[$0].cells.indexes }).filter { fixed[$0] == nil })
    let (axes, inner) = (all.filter { !over.contains($0) }, inNameOrder(Set(over)))
    guard inner.allSatisfy(all.contains) else { return nil }
    let chosen = Dictionary(uniqueKeysWithValues: inner.map { ($0, labels[$0] ?? Array(0..<extent($0))) })
    let extents = inner.map { chosen[$0]?.count ?? 0 }
    let results = try allowed(axes.map(extent), at: place)
    let count = try allowed(extents, at: place)
    guard count >= Self.fewestCells,
      try allowed(axes.map(extent) + extents, at: place) >= LoopLeaves.fewestCells
    else { return nil }
    // The leaves, with the chosen labels only; a constant is part of the formula.
    var cells: [LabelledArray] = []
    var read: [QuantityID] = []
    for id in named {
      var own = try needed(id, at: fixed)
      if own.axes.isEmpty, !own.values[0].isAbsent, graph.constant(own.values[0]) != nil { continue }
      read.append(id)
      for index in inner where own.axes.contains(index) { own = own.picking(chosen[index] ?? [], on: index) }
      cells.append(own)
    }
    let perResult = cells.map { leaf in leaf.axes.filter(inner.contains).reduce(1) { $0 * leaf.extent(along: $1) } }
    let operands = perResult.reduce(0, +)
    guard operands <= Self.mostOperands, operands <= 2 * count, areAlike(cells) else { return nil }
    guard let template = try template(reduction, operand, inner, axes, chosen, cells, read, fixed) else { return nil }
    // The operands of each result.
    try spend(results * operands, at: place)
    var loop = CellLoop(
      extents: extents, leaves: [], nodes: template.nodes, root: template.root,
      reduction: reduction.loop(weight: template.weight))
    var first = 0
    for (leaf, own) in zip(cells, perResult) {
      let part = LabelledArray(
        axes: leaf.axes.filter(inner.contains),
        extents: leaf.axes.filter(inner.contains).map { chosen[$0]?.count ?? 0 },
        values: [])
      loop.leaves.append(CellLoop.Leaf(first: first, count: own, strides: inner.map { part.stride(along: $0) }))
      first += own
    }
    let position = graph.position(of: loop)
    var walk = CellIterator(axes: axes, extents: axes.map(extent), operands: cells)
    var made: [ValueID] = []
    made.reserveCapacity(results)
    for _ in 0..<results {
      var list: [ValueID] = []
      list.reserveCapacity(operands)
      for (leaf, offset) in zip(cells, walk.offsets) { list += leaf.values(from: offset, along: inner) }
      var value = graph.add(.loop(position, list))
      if reduction == .mean {
        value = graph.product(scale: 1, numerators: [value], denominators: [graph.constant(Double(count))])
      }
      made.append(value)
      walk.advance()
    }
    return LabelledArray(axes: axes, extents: axes.map(extent), values: made)
  }

  /// The formula of every cell; nil if the cells of the probe differ, or those of a sum would be combined in another way.
  private func template(
    _ reduction: Reduction, _ operand: Expression, _ inner: [IndexID], _ axes: [IndexID], _ chosen: Probe,
    _ cells: [LabelledArray], _ read: [QuantityID], _ fixed: Fixed
  ) throws(Diagnostics) -> LoopTemplate? {
    func examples(_ labels: [Int]) -> [Int] {
      Array(Set([0, labels.count / 2, labels.count - 1])).sorted().map { labels[$0] }
    }
    var labels: Probe = [:]
    for index in inner { labels[index] = examples(chosen[index] ?? []) }
    for index in axes { labels[index] = examples(Array(0..<extent(index))) }
    probe = labels
    defer { probe = nil }
    let values = try self.cells(operand, at: fixed)
    let whole = inNameOrder(Set(inner + axes))
    guard values.axes == whole else { return nil }
    var at: [LabelledArray] = []
    for id in read { at.append(try needed(id, at: fixed)) }
    var walk = CellIterator(axes: whole, extents: values.extents, operands: at)
    var found: LoopTemplate?
    for value in values.values {
      let leaves = zip(at, walk.offsets).map { $0.values[$1] }
      guard !value.isAbsent,
        let own = LoopTemplate(
          of: value, leaves: leaves, isWeighted: reduction != .min && reduction != .max, in: graph),
        found == nil || found == own
      else { return nil }
      found = own
      walk.advance()
    }
    guard let found, found.weight != 0, found.weight.isFinite else { return nil }
    let bits = cells.map { leaf in
      inner.enumerated().reduce(UInt64(0)) { leaf.axes.contains($1.element) ? $0 | 1 << UInt64($1.offset) : $0 }
    }
    let varies = found.axes(leaves: bits)
    // Cells that are equal would be one term.
    let needed = inner.indices.reduce(UInt64(0)) { (chosen[inner[$1]]?.count ?? 0) > 1 ? $0 | 1 << UInt64($1) : $0 }
    let last = UInt64(1) << UInt64(max(inner.count - 1, 0))
    guard varies[found.root.index] & needed == needed, needed & last != 0,
      found.hasOwnDenominators(axes: varies, last: last)
    else { return nil }
    // The last group of a sum would be one weighted cell, whose weight the sum of the groups would take over.
    let count = inner.reduce(1) { $0 * (chosen[$1]?.count ?? 0) }
    return found.weight != 1 && count % Graph.maxOperands == 1 ? nil : found
  }

  /// Whether all cells of each leaf are alike to the rules, and no two cells of all leaves are equal.
  private func areAlike(_ leaves: [LabelledArray]) -> Bool {
    var seen: Set<ValueID> = []
    for leaf in leaves {
      var kind: LeafKind?
      for value in leaf.values {
        guard !value.isAbsent, seen.insert(value).inserted, let own = LeafKind(of: value, in: graph),
          kind == nil || kind == own
        else { return false }
        kind = own
      }
    }
    return true
  }

  /// A quantity's cells, lowered now if they have not been.
  func needed(_ id: QuantityID, at fixed: Fixed) throws(Diagnostics) -> LabelledArray {
    if quantities[id.position] == nil, isDeferred(id) {
      let outer = probe
      probe = nil
      defer { probe = outer }
      try lower(id)
    }
    var cells = quantityCells(id, at: fixed)
    for index in cells.axes { if let labels = probe?[index] { cells = cells.picking(labels, on: index) } }
    return cells
  }

  /// The cells of a named quantity in a formula: while examples are lowered, an equation that is part of the loop is its
  /// formula.
  func namedCells(_ id: QuantityID, at fixed: Fixed) throws(Diagnostics) -> LabelledArray {
    guard probe != nil, let formula = leaves.formula(of: id) else { return try needed(id, at: fixed) }
    let cells = try cells(formula, at: fixed)
    let axes = model[id].cells.indexes.filter { fixed[$0] == nil }
    return try spread(cells, over: axes, extents: axes.map(extent), at: formula.place)
  }
}

extension Reduction {
  /// The reduction of a loop.
  fileprivate func loop(weight: Double) -> CellLoop.Accumulation {
    switch self {
    case .min: .extreme(.minimum)
    case .max: .extreme(.maximum)
    case .sum, .mean, .product: .sum(weight: weight.bitPattern)
    }
  }
}
