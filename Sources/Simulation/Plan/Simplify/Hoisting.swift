import Modeling

/// Hoisting: what cells share is computed once for all of them.
///
/// What is the same in every draw never gets into a plan: it is folded. What is the same along an index, such as the
/// factors that every year of a product has, is joined before the product is spread over that index: a product over
/// years whose factors but two are the same every year is then one of two factors a year, and divides by nothing. Which
/// factors are joined depends on the formula alone, so that a value has the same bits whatever else a plan computes.
extension Lowering {
  /// A factor of a product, with the indexes that it has.
  struct Factor {
    /// Whether it divides.
    var isBelow: Bool
    var cells: LabelledArray
  }

  /// Factors of the same product, with those joined that have fewer indexes than the whole.
  func joiningShared(_ factors: [Factor], at place: SourcePlace) throws(Diagnostics) -> [Factor] {
    var factors = factors
    let shapes = factors.map(\.cells.axes).reduce(into: [[IndexID]]()) { if !$0.contains($1) { $0.append($1) } }
    let whole = Set(shapes.joined())
    // From few indexes to many: what is shared by most cells is joined first.
    for shape in shapes.sorted(by: { $0.count < $1.count }) where shape.count < whole.count {
      let isShared = { (factor: Factor) in Set(factor.cells.axes).isSubset(of: shape) }
      let shared = factors.filter(isShared)
      guard shared.count > 1 else { continue }
      let joined = try product(scale: 1, shared, at: place)
      factors = [Factor(isBelow: false, cells: joined)] + factors.filter { !isShared($0) }
    }
    return factors
  }

  /// The product of factors that stand above, over that of those below.
  func product(
    scale: Double, _ operands: [Factor], at place: SourcePlace
  ) throws(Diagnostics) -> LabelledArray {
    let sides = operands.map(\.isBelow)
    if factorsOutExponential(operands) {
      return try map(operands.map(\.cells), at: place) { graph, values in
        graph.productJoiningExponentials(scale: scale, zip(sides, values).map { (isBelow: $0, value: $1) })
      }
    }
    return try map(operands.map(\.cells), at: place) { graph, values in
      var (numerators, denominators): ([ValueID], [ValueID]) = ([], [])
      for (isBelow, value) in zip(sides, values) {
        if isBelow { denominators.append(value) } else { numerators.append(value) }
      }
      return graph.product(scale: scale, numerators: numerators, denominators: denominators)
    }
  }
}
