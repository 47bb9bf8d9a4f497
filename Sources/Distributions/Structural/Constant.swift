/// P(X = value) = 1.
package struct Constant: Distribution {
  /// The value.
  package let value: Double

  /// The distribution of a constant.
  package init(_ value: Double) { self.value = value }

  package func quantile(_ p: Double) -> Double { p >= 0 && p <= 1 ? value : .nan }
  package func quantile(survival q: Double) -> Double { quantile(q) }
  package func cdf(_ x: Double) -> Double { x.isNaN ? .nan : x >= value ? 1 : 0 }
  package func survival(_ x: Double) -> Double { x.isNaN ? .nan : x >= value ? 0 : 1 }
  package func density(_ x: Double) -> Double { x == value ? 1 : 0 }
  package var mean: Double { value }
  package var sd: Double { 0 }
  package var support: ClosedRange<Double> { value...value }
  package var atoms: [Double] { [value] }
  package var quantileExpression: QuantileExpression { .constant(value) }
  package var description: String { DistributionText.number(value) }
}
