import VectorMath

/// One operation over a block of draws. It is plain data, so that executing a block needs no reference counting.
struct Instruction {
  enum Kind: UInt8, CaseIterable {
    /// out = the coordinate `index`'s probabilities
    case uniform
    /// the columns from `out` on = the correlated scores of component `index`
    case scores
    case unary
    /// operands: two columns; a column and `scalar`; `scalar` and a column
    case binary, binaryScalar, scalarBinary
    /// out = scalar * a + shift
    case affine
    case wholePower
    case product, sum, weightedSum, dot
    case select
    case quantileTable, scoreTable, steps, varyingDistribution, call
    /// out = the probability that pair copula `index` gives at b, given a
    case conditional
    /// feeds a column to a sink: `index` is its slot
    case summary, ratio, positive, moments, keep
    /// out = a, from a narrow column to a wide one
    case copy
    /// out = loop `index` over the cells whose columns are listed
    case loop
  }

  var kind: Kind
  var unary = UnaryOperation.negate
  var binary = BinaryOperation.add
  /// Columns.
  var out: Int32 = -1, a: Int32 = -1, b: Int32 = -1, c: Int32 = -1
  /// Columns listed in `BlockProgram.operands`: `count` from `list` on, then `secondCount`.
  var list: Int32 = 0, count: Int32 = 0, secondCount: Int32 = 0
  /// The first of the weights listed in `BlockProgram.weights`.
  var weights: Int32 = 0
  /// A coordinate, component, table, exponent, function, loop or slot.
  var index: Int32 = 0
  var scalar = 0.0, shift = 0.0

  init(_ kind: Kind) { self.kind = kind }
}
