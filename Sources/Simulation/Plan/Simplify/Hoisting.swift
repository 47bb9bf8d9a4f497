import Diagnostics
import Modeling

/// The rule `hoisting`: common parts of cells are computed once for all of them.
///
/// Values that are the same in every draw are folded and never reach a plan. Values that are the same along an index,
/// such as factors common to every year of a product, are joined before the product is broadcast over that index: a
/// product over years in which only two factors vary by year becomes a product of two factors per year, without
/// divisions. The choice of joined factors depends on the formula alone, so that a value has the same bits whatever
/// else a plan computes.
extension Lowering {
  /// A factor of a product, with its indexes.
  struct CellFactor {
    /// Whether it is in the denominator.
    var isBelow: Bool
    var cells: LabelledArray
  }

  /// Joins those factors of a product that have fewer indexes than the whole product.
  func joiningShared(_ factors: [CellFactor], at place: SourcePlace) throws(Diagnostics) -> [CellFactor] {
    guard graph.rules.contains(.hoisting) else { return factors }
    var factors = factors
    let shapes = factors.map(\.cells.axes).reduce(into: [[IndexID]]()) { if !$0.contains($1) { $0.append($1) } }
    let whole = Set(shapes.joined())
    // From few indexes to many: factors shared by most cells are joined first.
    for shape in shapes.sorted(by: { $0.count < $1.count }) where shape.count < whole.count {
      let isShared = { (factor: CellFactor) in Set(factor.cells.axes).isSubset(of: shape) }
      let shared = factors.filter(isShared)
      guard shared.count > 1 else { continue }
      let joined = try product(scale: 1, shared, at: place)
      factors = [CellFactor(isBelow: false, cells: joined)] + factors.filter { !isShared($0) }
    }
    return factors
  }

  /// The product of the numerators divided by that of the denominators.
  func product(
    scale: Double, _ operands: [CellFactor], at place: SourcePlace
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
