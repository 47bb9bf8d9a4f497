import VectorMath

/// The block kernels, each with columns to work on.
///
/// Columns are never freed, because kernels keep their addresses.
struct KernelColumns {
  private static let count = UniformStream.blockCount
  private let stream = UniformStream(low: 1, high: 2)
  /// Probabilities, a second set of probabilities, conditions, and results. They are padded so that columns do not fall
  /// into the same cache sets.
  private let u, v, condition, out: MutableColumn
  private let words = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
  private let indexes = UnsafeMutablePointer<UInt32>.allocate(capacity: count)

  /// Fills the columns.
  init() {
    func column() -> MutableColumn {
      let column = MutableColumn.allocate(capacity: Self.count + 24)
      column.initialize(repeating: 0, count: Self.count + 24)
      return column
    }
    (u, v, condition, out) = (column(), column(), column(), column())
    stream.fill(block: 0, into: u)
    stream.fill(block: 1, into: v)
    Columns.apply(.less, Column(u), 0.5, into: condition, count: Self.count)
  }

  /// All kernels.
  var kernels: [Kernel] { operations + combinations + tables + points + statistics }

  private func kernel(_ name: String, _ body: @escaping () -> Void) -> Kernel {
    Kernel(name: name, count: Self.count, body: body)
  }

  private var operations: [Kernel] {
    let (u, v, condition, out, n) = (Column(self.u), Column(self.v), Column(self.condition), self.out, Self.count)
    let binary = BinaryOperation.allCases.map { operation in
      kernel("\(operation)") { Columns.apply(operation, u, v, into: out, count: n) }
    }
    let unary = UnaryOperation.allCases.map { operation in
      kernel("\(operation)") { Columns.apply(operation, u, into: out, count: n) }
    }
    return binary + unary + [
      kernel("multiply by a number") { Columns.apply(.multiply, u, 1.5, into: out, count: n) },
      kernel("fill") { Columns.fill(out, with: 1.5, count: n) },
      kernel("affine") { Columns.affine(scale: 1.5, u, shift: 2, into: out, count: n) },
      kernel("multiply and add") { Columns.multiplyAdd(u, v, condition, into: out, count: n) },
      kernel("select") { Columns.select(condition, then: u, else: v, into: out, count: n) },
      kernel("fifth power") { Columns.wholePower(u, 5, into: out, count: n) },
    ]
  }

  private var combinations: [Kernel] {
    let list = UnsafeMutablePointer<Column>.allocate(capacity: 6)
    for (place, column) in [u, v, condition, v, u, condition].enumerated() {
      (list + place).initialize(to: Column(column))
    }
    let weights = MutableColumn.allocate(capacity: 3)
    for place in 0..<3 { weights[place] = 0.5 + Double(place) }
    let (three, others) = (UnsafeBufferPointer(start: list, count: 3), UnsafeBufferPointer(start: list + 3, count: 3))
    let (two, none) = (
      UnsafeBufferPointer(start: list + 3, count: 2), UnsafeBufferPointer<Column>(start: nil, count: 0)
    )
    let (out, n) = (self.out, Self.count)
    return [
      kernel("product of 3") { Columns.product(scale: 2, three, over: none, into: out, count: n) },
      kernel("product of 3 over 2") { Columns.product(scale: 2, three, over: two, into: out, count: n) },
      kernel("sum of 3") { Columns.sum(shift: 1, three, into: out, count: n) },
      kernel("weighted sum of 3") { Columns.weightedSum(weights: Column(weights), three, into: out, count: n) },
      kernel("dot of 3 and 3") { Columns.dot(weights: Column(weights), three, others, into: out, count: n) },
    ]
  }

  private var tables: [Kernel] {
    let (quantiles, scores) = (QuantileTableLayout(), ScoreTableLayout())
    let quantileRows = kept(quantiles.rows { tail, isUpper in isUpper ? 1 - tail * tail : tail * tail })
    let scoreRows = kept(scores.rows { $0 * $0 })
    let (outcomes, cumulative) = (kept([1, 2, 4, 8]), kept([0.3, 0.6, 0.9]))
    let z = MutableColumn.allocate(capacity: Self.count)
    Columns.apply(.normalQuantile, Column(u), into: z, count: Self.count)
    let (u, out, n) = (Column(self.u), self.out, Self.count)
    return [
      kernel("table of a probability") { Columns.lookUp(quantileRows, quantiles, at: u, into: out, count: n) },
      kernel("table of a normal score") { Columns.lookUp(scoreRows, scores, at: Column(z), into: out, count: n) },
      kernel("steps of 4 outcomes") {
        Columns.steps(
          outcomes: UnsafeBufferPointer(start: outcomes, count: 4),
          cumulative: UnsafeBufferPointer(start: cumulative, count: 3), at: u, into: out, count: n)
      },
    ]
  }

  private var points: [Kernel] {
    let (stream, out, words) = (self.stream, self.out, self.words)
    let net = UnsafeMutablePointer<UInt64>.allocate(capacity: 10)
    for place in 0..<10 { net[place] = 1 << UInt64(51 - place) }
    let order = UnsafeMutablePointer<UInt32>.allocate(capacity: 8)
    for place in 0..<8 { order[place] = 0x9E37_79B9 &* UInt32(place + 1) }
    return [
      kernel("uniforms") { stream.fill(block: 7, into: out) },
      kernel("words") { stream.fill(block: 7, words: words) },
      kernel("points of a net") { Columns.netBlock(columns: net, base: 0x5_5555_5555_5555, into: out) },
      kernel("points of a hypercube") { stream.fillStrata(block: 7, order: order, first: 1024, into: out) },
    ]
  }

  private var statistics: [Kernel] {
    let (u, indexes, n) = (Column(self.u), self.indexes, Self.count)
    let bins = SketchBins(lowestExponent: -20, negativeOctaves: 0, positiveOctaves: 20)
    let counts = UnsafeMutablePointer<UInt32>.allocate(capacity: bins.indexCount)
    counts.initialize(repeating: 0, count: bins.indexCount)
    bins.indexes(of: u, into: indexes, count: n)
    return [
      kernel("moments") { keep(BlockMoments(of: u, pivot: 0.5, count: n).sum) },
      kernel("bins of a sketch") { bins.indexes(of: u, into: indexes, count: n) },
      kernel("counting of bins") { for i in 0..<n { counts[Int(indexes[i])] &+= 1 } },
    ]
  }

  private func kept(_ values: [Double]) -> Column {
    let column = MutableColumn.allocate(capacity: values.count)
    column.initialize(from: values, count: values.count)
    return Column(column)
  }
}

/// Consumes a result, so that the compiler does not remove its computation.
@inline(never)
private func keep(_ value: Double) { _ = value }
