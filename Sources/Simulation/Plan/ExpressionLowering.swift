import Diagnostics
import Modeling

extension Lowering {
  /// Labels at which a formula is evaluated: those of a cycle's step, a selection or an input's support point.
  typealias Fixed = [IndexID: Int]

  /// The values of a formula over those of its indexes that are not fixed.
  func cells(_ expression: Expression, at fixed: Fixed = [:]) throws(Diagnostics) -> LabelledArray {
    switch expression.kind {
    case .constant(let number): return LabelledArray(graph.constant(number))
    case .quantity(let id): return try namedCells(id, at: fixed)
    case .label(let index):
      let numbers = model[index].numbers ?? []
      return labelCells(index, fixed) { numbers.indices.contains($0) ? numbers[$0] : .nan }
    case .isLabel(let index, let position): return labelCells(index, fixed) { $0 == position ? 1 : 0 }
    case .isOutcome(let id, let position):
      let outcome = graph.constant(Double(position))
      return try map([quantityCells(id, at: fixed)], at: expression.place) { graph, a in
        graph.binary(.equal, a[0], outcome)
      }
    case .not(let a):
      return try map([cells(a, at: fixed)], at: expression.place) { graph, a in graph.unary(.not, a[0]) }
    case .negate, .binary(.add, _, _), .binary(.subtract, _, _): return try sum(expression, at: fixed)
    case .binary(.multiply, _, _), .binary(.divide, _, _): return try product(expression, at: fixed)
    case .binary(let operation, let a, let b):
      let operands = [try cells(a, at: fixed), try cells(b, at: fixed)]
      return try map(operands, at: expression.place) { graph, a in
        graph.binary(operation.blockOperation, a[0], a[1])
      }
    case .call(let function, let arguments):
      var operands: [LabelledArray] = []
      for argument in arguments { operands.append(try cells(argument, at: fixed)) }
      return try map(operands, at: expression.place) { graph, a in graph.call(function, a) }
    case .conditional(let condition, let then, let otherwise):
      return try conditional(condition, then, otherwise, fixed, expression.place)
    case .reduce(let reduction, let operand, let over, let labels):
      return try reduce(reduction, operand, over: over, labels: labels, fixed, expression.place)
    case .select(let operand, let selectors): return try select(operand, selectors, fixed, expression.place)
    case .previous(let operand, let initial, let along):
      return try previous(operand, initial: initial, along: along, fixed, expression.place)
    case .cumulative(let operand, let along): return try cumulative(operand, along: along, fixed, expression.place)
    case .stack(let index, let parts): return try stack(index, parts, fixed, expression.place)
    case .stock(let inflow, let survival, let along, let age, let timing):
      return try stock(
        inflow: inflow, survival: survival, along: along, age: age, timing: timing, fixed, expression.place)
    }
  }

  /// A number for each label of an index.
  private func labelCells(_ index: IndexID, _ fixed: Fixed, _ number: (Int) -> Double) -> LabelledArray {
    if let position = fixed[index] { return LabelledArray(graph.constant(number(position))) }
    let count = model[index].labels.count
    return LabelledArray(axes: [index], extents: [count], values: (0..<count).map { graph.constant(number($0)) })
  }

  // MARK: Sums and products

  /// A chain of sums and differences, as one weighted sum.
  ///
  /// A sum in parentheses on the right is a term of its own: `a - (b - c)` with large, nearly equal `b` and `c` would
  /// lose the digits of `a` as `a - b + c`.
  private func sum(_ expression: Expression, at fixed: Fixed) throws(Diagnostics) -> LabelledArray {
    var terms: [(sign: Double, expression: Expression)] = []
    var open: [(sign: Double, expression: Expression, isRight: Bool)] = [(1, expression, false)]
    while let (sign, next, isRight) = open.popLast() {
      switch next.kind {
      case .binary(.add, let a, let b) where !isRight: open += [(sign, b, true), (sign, a, false)]
      case .binary(.subtract, let a, let b) where !isRight: open += [(-sign, b, true), (sign, a, false)]
      case .negate(let a): open.append((-sign, a, isRight))
      default: terms.append((sign, next))
      }
    }
    var operands: [LabelledArray] = []
    for term in terms { operands.append(try cells(term.expression, at: fixed)) }
    let signs = terms.map(\.sign)
    guard graph.rules.contains(.chains) else { return try sum(operands, signs, at: expression.place) }
    return try map(operands, at: expression.place) { graph, values in
      graph.linear(shift: 0, zip(signs, values).map { (weight: $0, value: $1) })
    }
  }

  /// A chain of products and quotients, as one product and quotient.
  private func product(_ expression: Expression, at fixed: Fixed) throws(Diagnostics) -> LabelledArray {
    var scale = 1.0
    var factors: [(isBelow: Bool, expression: Expression)] = []
    var open: [(isBelow: Bool, expression: Expression)] = [(false, expression)]
    while let (isBelow, next) = open.popLast() {
      switch next.kind {
      case .binary(.multiply, let a, let b): open += [(isBelow, b), (isBelow, a)]
      case .binary(.divide, let a, let b): open += [(!isBelow, b), (isBelow, a)]
      case .negate(let a):
        scale = -scale
        open.append((isBelow, a))
      default: factors.append((isBelow, next))
      }
    }
    var operands: [CellFactor] = []
    for factor in factors {
      operands.append(CellFactor(isBelow: factor.isBelow, cells: try cells(factor.expression, at: fixed)))
    }
    guard graph.rules.contains(.chains) else {
      return try product(scale: scale, inPairs: operands, at: expression.place)
    }
    let joined = try joiningShared(operands, at: expression.place)
    return try product(scale: scale, joined, at: expression.place)
  }

  /// A chain of sums and differences, one operation after another.
  private func sum(
    _ operands: [LabelledArray], _ signs: [Double], at place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    var result = try map([operands[0]], at: place) { graph, a in graph.linear(shift: 0, [(signs[0], a[0])]) }
    for (operand, sign) in zip(operands, signs).dropFirst() {
      result = try map([result, operand], at: place) { graph, a in graph.linear(shift: 0, [(1, a[0]), (sign, a[1])]) }
    }
    return result
  }

  /// A chain of products and quotients, one operation after another.
  private func product(
    scale: Double, inPairs operands: [CellFactor], at place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    var result = try product(scale: scale, [operands[0]], at: place)
    for factor in operands.dropFirst() {
      result = try product(scale: 1, [CellFactor(isBelow: false, cells: result), factor], at: place)
    }
    return result
  }

  // MARK: Choices

  private func conditional(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression, _ fixed: Fixed, _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    let decisions = try cells(condition, at: fixed)
    // A branch that no cell takes is not lowered, so that it may reference labels that do not exist.
    let decided = decisions.values.map { $0.isAbsent ? nil : graph.decision($0) }
    if decided.allSatisfy({ $0 == .holds }) {
      return try map([decisions, cells(then, at: fixed)], at: place) { _, a in a[1] }
    }
    if decided.allSatisfy({ $0 == .fails }) {
      return try map([decisions, cells(otherwise, at: fixed)], at: place) { _, a in a[1] }
    }
    if decided.allSatisfy({ $0 == .isUndefined }) {
      return try map([decisions], at: place) { graph, _ in graph.constant(.nan) }
    }
    let operands = [decisions, try cells(then, at: fixed), try cells(otherwise, at: fixed)]
    return try map(operands, keepingAbsent: true, at: place) { graph, a in
      if a[0].isAbsent { return .absent }
      switch graph.decision(a[0]) {
      case .holds: return a[1]
      case .fails: return a[2]
      case .isUndefined: return graph.constant(.nan)
      case nil:
        return a[1].isAbsent || a[2].isAbsent ? .absent : graph.select(a[0], then: a[1], otherwise: a[2])
      }
    }
  }

  private func select(
    _ operand: Expression, _ selectors: [IndexID: Selector], _ fixed: Fixed, _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    var inner = fixed
    for (index, selector) in selectors {
      if case .label(let position) = selector { inner[index] = position } else { inner[index] = nil }
    }
    var picked = try cells(operand, at: inner)
    for index in selectors.keys.sorted() {
      switch selectors[index] {
      case .outcome(let id): picked = try outcome(of: quantityCells(id, at: fixed), in: picked, along: index, place)
      case .number(let terms, let constant):
        picked = try at(terms, plus: constant, in: picked, along: index, fixed, place)
      case .label, nil: break
      }
    }
    return picked
  }

  /// Values at the label that a label-valued input has in the draw.
  private func outcome(
    of choice: LabelledArray, in values: LabelledArray, along index: IndexID, _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    guard let axis = values.axes.firstIndex(of: index) else { return values }
    let count = values.extents[axis]
    let operands = [choice] + (0..<count).map { values.at($0, on: index) }
    let labels = (0..<count).map { graph.constant(Double($0)) }
    let none = graph.constant(.nan)
    return try map(operands, at: place) { graph, a in
      if let decided = graph.constant(a[0]) {
        return labels.indices.contains(Int(exactly: decided) ?? -1) ? a[1 + Int(decided)] : none
      }
      return labels.indices.reversed().reduce(none) { rest, label in
        graph.select(graph.binary(.equal, a[0], labels[label]), then: a[1 + label], otherwise: rest)
      }
    }
  }

  /// Values at the label of an index whose number is a sum of other labels' numbers.
  private func at(
    _ terms: [IndexID: Int], plus constant: Int, in values: LabelledArray, along index: IndexID, _ fixed: Fixed,
    _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    var base = Double(constant)
    var free: [IndexID] = []
    for (term, weight) in terms {
      if let position = fixed[term] { base += Double(weight) * number(position, on: term) } else { free.append(term) }
    }
    guard values.axes.contains(index) else { return values }
    let stride = values.stride(along: index)
    let rest = values.axes.filter { $0 != index }
    let axes = inNameOrder(Set(rest + free))
    let extents = axes.map { model[$0].labels.count }
    let count = try allowed(extents, at: place)
    // The iteration excludes the selected index, even if the result has it: the label found adds the offset.
    let noIndex = IndexID(-1)
    let skeleton = LabelledArray(
      axes: values.axes.map { $0 == index ? noIndex : $0 }, extents: values.extents, values: [])
    var walk = CellIterator(axes: axes, extents: extents, operands: [skeleton])
    let weights = axes.map { free.contains($0) ? Double(terms[$0] ?? 0) : 0 }
    let positionOf = positions(on: index)
    var made: [ValueID] = []
    made.reserveCapacity(count)
    for _ in 0..<count {
      let labels = walk.labels
      let wanted = axes.indices.reduce(base) {
        weights[$1] == 0 ? $0 : $0 + weights[$1] * number(labels[$1], on: axes[$1])
      }
      made.append(positionOf[wanted].map { values.values[walk.offsets[0] + $0 * stride] } ?? .absent)
      walk.advance()
    }
    return LabelledArray(axes: axes, extents: extents, values: made)
  }

  // MARK: Reductions

  private func reduce(
    _ reduction: Reduction, _ operand: Expression, over: [IndexID], labels: [IndexID: [Int]], _ fixed: Fixed,
    _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    var inner = fixed
    for index in over { inner[index] = nil }
    if let looped = try looped(reduction, operand, over: over, labels: labels, inner, place) { return looped }
    let values = try cells(operand, at: inner)
    // The offsets of the reduced cells, in the order of the indexes' names, the last fastest.
    var offsets = [0]
    for index in inNameOrder(Set(over)) {
      // Where the operand's values turned out not to depend on the index (an `if` whose condition is a constant took the
      // branch without it), the stride is 0 and each label counts with the same value.
      let stride = values.stride(along: index)
      let chosen = labels[index] ?? Array(0..<model[index].labels.count)
      offsets = offsets.flatMap { offset in chosen.map { offset + $0 * stride } }
    }
    let axes = values.axes.filter { !over.contains($0) }
    let extents = axes.map { model[$0].labels.count }
    let count = try allowed(extents, at: place)
    let (operands, isTooMany) = count.multipliedReportingOverflow(by: max(1, offsets.count))
    try spend(isTooMany ? Self.workLimit : operands, at: place)
    var walk = CellIterator(axes: axes, extents: extents, operands: [values])
    var made: [ValueID] = []
    made.reserveCapacity(count)
    for _ in 0..<count {
      let joined = offsets.map { values.values[walk.offsets[0] + $0] }
      made.append(joined.contains { $0.isAbsent } ? .absent : reduced(reduction, joined))
      walk.advance()
    }
    return LabelledArray(axes: axes, extents: extents, values: made)
  }

  private func reduced(_ reduction: Reduction, _ values: [ValueID]) -> ValueID {
    guard let first = values.first else { return graph.constant(.nan) }
    switch reduction {
    case .sum: return graph.linear(shift: 0, values.map { (weight: 1, value: $0) })
    case .mean:
      let sum = graph.linear(shift: 0, values.map { (weight: 1, value: $0) })
      return graph.product(scale: 1, numerators: [sum], denominators: [graph.constant(Double(values.count))])
    case .product: return graph.product(scale: 1, numerators: values, denominators: [])
    case .min: return values.dropFirst().reduce(first) { graph.binary(.minimum, $0, $1) }
    case .max: return values.dropFirst().reduce(first) { graph.binary(.maximum, $0, $1) }
    }
  }

  // MARK: Along an index

  private func previous(
    _ operand: Expression, initial: Expression, along: IndexID, _ fixed: Fixed, _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    if let position = fixed[along] {
      guard position > 0 else { return try cells(initial, at: fixed) }
      var before = fixed
      before[along] = position - 1
      return try cells(operand, at: before)
    }
    let values = try cells(operand, at: fixed)
    let start = try cells(initial, at: fixed)
    let steps = (0..<model[along].labels.count).map { $0 == 0 ? start : values.at($0 - 1, on: along) }
    return try joined(steps, along: along, place)
  }

  private func cumulative(
    _ operand: Expression, along: IndexID, _ fixed: Fixed, _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    var inner = fixed
    inner[along] = nil
    let values = try cells(operand, at: inner)
    let last = fixed[along] ?? model[along].labels.count - 1
    var steps: [LabelledArray] = []
    for position in 0...last {
      let step = values.at(position, on: along)
      guard let before = steps.last else {
        steps.append(step)
        continue
      }
      steps.append(
        try map([before, step], at: place) { graph, a in graph.linear(shift: 0, [(1, a[0]), (1, a[1])]) })
    }
    return fixed[along] == nil ? try joined(steps, along: along, place) : steps[last]
  }

  private func stack(
    _ index: IndexID, _ parts: [Expression], _ fixed: Fixed, _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    if let position = fixed[index] { return try cells(parts[position], at: fixed) }
    var steps: [LabelledArray] = []
    for part in parts { steps.append(try cells(part, at: fixed)) }
    return try joined(steps, along: index, place)
  }

  /// Joins cells along a new index, one operand per label.
  private func joined(_ steps: [LabelledArray], along index: IndexID, _ place: SourcePlace) throws(Diagnostics)
    -> LabelledArray
  {
    let axes = inNameOrder(Set(steps.flatMap(\.axes) + [index]))
    let extents = axes.map { model[$0].labels.count }
    let count = try allowed(extents, at: place)
    var walk = CellIterator(axes: axes, extents: extents, operands: steps)
    guard let axis = axes.firstIndex(of: index) else { return LabelledArray(axes: [], extents: [], values: []) }
    var made: [ValueID] = []
    made.reserveCapacity(count)
    for _ in 0..<count {
      let step = walk.labels[axis]
      made.append(steps[step].values[walk.offsets[step]])
      walk.advance()
    }
    return LabelledArray(axes: axes, extents: extents, values: made)
  }

  /// See `StockTiming`: end(t) = Σ over labels v <= t of inflow(v) * survival[age = t - v].
  private func stock(
    inflow: Expression, survival: Expression, along: IndexID, age: IndexID, timing: StockTiming, _ fixed: Fixed,
    _ place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    var inner = fixed
    inner[along] = nil
    inner[age] = nil
    let flow = try cells(inflow, at: inner)
    let surviving = try cells(survival, at: inner)
    let positionOfAge = positions(on: age)
    let last = fixed[along] ?? model[along].labels.count - 1
    let missing = LabelledArray(.absent)
    func end(_ t: Int) throws(Diagnostics) -> LabelledArray {
      var operands: [LabelledArray] = []
      for v in 0...t {
        operands.append(flow.at(v, on: along))
        // If the survival function has the stock's own index, it is that of the cohort.
        let position = positionOfAge[number(t, on: along) - number(v, on: along)]
        operands.append(position.map { surviving.at($0, on: age).at(v, on: along) } ?? missing)
      }
      return try map(operands, at: place) { graph, a in
        let cohorts = stride(from: 0, to: a.count, by: 2).map { k in
          (weight: 1.0, value: graph.product(scale: 1, numerators: [a[k], a[k + 1]], denominators: []))
        }
        return graph.linear(shift: 0, cohorts)
      }
    }
    func at(_ t: Int) throws(Diagnostics) -> LabelledArray {
      let now = try end(t)
      if timing == .end { return now }
      let before = t > 0 ? try end(t - 1) : LabelledArray(graph.constant(0))
      return try map([before, now], at: place) { graph, a in
        graph.linear(shift: 0, [(0.5, a[0]), (0.5, a[1])])
      }
    }
    if fixed[along] != nil { return try at(last) }
    var steps: [LabelledArray] = []
    for t in 0...last { steps.append(try at(t)) }
    return try joined(steps, along: along, place)
  }
}
