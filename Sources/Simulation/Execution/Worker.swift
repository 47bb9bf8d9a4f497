import Distributions
import LinearAlgebra
import Modeling
import Sampling
import VectorMath

/// One thread's memory for a plan, and the interpreter of its instructions.
///
/// Data that the instructions of a block read is held as plain memory of the worker, because reference counting of
/// shared objects would serialise the workers.
final class Worker {
  let plan: Plan
  /// The sink of summaries, ratios and counts; nil if columns are only kept.
  var accumulator: (any BlockSink)?
  /// The memory for kept columns: `AddressBlock.draws` doubles per slot.
  let kept: UnsafeMutablePointer<Double>?

  private let memory: CacheAlignedDoubles
  private let wide: UnsafeMutablePointer<Double>
  private let narrow: UnsafeMutablePointer<Double>
  private let wideCount: Int
  private let narrowStride: Int
  private let prologue, body, epilogue: UnsafeMutableBufferPointer<Instruction>
  private let operands: UnsafeMutableBufferPointer<Int32>
  private let weights: UnsafeMutableBufferPointer<Double>
  private let conditionals: UnsafeMutableBufferPointer<ConditionalQuantile>
  private let tables: TablesInUse.Tables
  /// The rows of the tables; nil for those that no instruction reads.
  private let quantileRows, scoreRows: UnsafeMutableBufferPointer<Column?>
  /// The columns of an instruction's list.
  private let columns: UnsafeMutablePointer<Column>
  private let indexes: UnsafeMutablePointer<UInt32>
  private var arguments: [Double] = []
  private let products = ProductWorkspace()
  /// The memory of loops; nil for those that no instruction runs.
  private let loops: [LoopRunner?]

  /// Instructions between two checks of the clock and of cancellation within a block: about 10 ms.
  private static let instructionsBetweenChecks = 1 << 15

  /// Memory for a plan's columns.
  init(_ plan: Plan, accumulator: (any BlockSink)? = nil, kept: UnsafeMutablePointer<Double>? = nil) {
    self.plan = plan
    self.accumulator = accumulator
    self.kept = kept
    let code = plan.code
    wideCount = code.wideCount
    narrowStride = code.narrowStride
    let wideSize = wideCount * BlockProgram.wideStride
    memory = CacheAlignedDoubles(count: wideSize + code.narrowCount * narrowStride)
    wide = memory.start
    narrow = memory.start + wideSize
    prologue = Self.copy(code.prologue)
    body = Self.copy(code.body)
    epilogue = Self.copy(code.epilogue)
    operands = Self.copy(code.operands)
    weights = Self.copy(code.weights)
    conditionals = Self.copy(code.conditionals)
    tables = plan.tables
    quantileRows = Self.copy(tables.quantile.map { $0.map { Column($0.rows.start) } })
    scoreRows = Self.copy(tables.score.map { $0.map { Column($0.rows.start) } })
    columns = .allocate(capacity: max(2, code.longestList))
    let used = Set(code.body.filter { $0.kind == .loop }.map(\.index))
    loops = plan.loops.enumerated().map { number, loop in used.contains(Int32(number)) ? LoopRunner(loop) : nil }
    indexes = .allocate(capacity: AddressBlock.draws)
    for (column, number) in code.constants {
      pointer(column, 0).update(repeating: number, count: code.executionBlock)
    }
  }

  private static func copy<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    return copy
  }

  deinit {
    prologue.deallocate()
    body.deallocate()
    epilogue.deallocate()
    operands.deallocate()
    weights.deallocate()
    conditionals.deallocate()
    quantileRows.deallocate()
    scoreRows.deallocate()
    columns.deallocate()
    indexes.deallocate()
  }

  /// The address of a column's first draw; for a wide column, that of the execution block that begins at `start`.
  @inline(__always)
  private func pointer(_ column: Int32, _ start: Int) -> UnsafeMutablePointer<Double> {
    let column = Int(column)
    return column < wideCount
      ? wide + (column * BlockProgram.wideStride + start) : narrow + (column - wideCount) * narrowStride
  }

  /// Runs the first `count` draws of an address block.
  ///
  /// - Returns: false if `isCancelled` returned true meanwhile; summaries may then contain a part of the block.
  func run(block: Int, count: Int, isCancelled: () -> Bool = { false }) -> Bool {
    let executionBlock = plan.code.executionBlock
    guard run(prologue, block: block, start: 0, count: count, isCancelled) else { return false }
    var start = 0
    while start < count {
      let length = min(executionBlock, count - start)
      guard run(body, block: block, start: start, count: length, isCancelled) else { return false }
      start += length
    }
    return run(epilogue, block: block, start: 0, count: count, isCancelled)
  }

  /// Runs one draw of an address block.
  func run(block: Int, draw: Int) {
    _ = run(prologue, block: block, start: 0, count: AddressBlock.draws) { false }
    _ = run(body, block: block, start: draw, count: 1) { false }
    _ = run(epilogue, block: block, start: draw, count: 1) { false }
  }

  private func run(
    _ instructions: UnsafeMutableBufferPointer<Instruction>, block: Int, start: Int, count: Int,
    _ isCancelled: () -> Bool
  ) -> Bool {
    // Read once for all instructions: each copy counts references that all workers share.
    let source = plan.source
    var first = 0
    while first < instructions.count {
      let last = min(first + Self.instructionsBetweenChecks, instructions.count)
      for position in first..<last {
        if instructions[position].kind == .loop {
          guard runLoop(instructions[position], start: start, count: count, isCancelled) else { return false }
        } else {
          run(instructions[position], source, block: block, start: start, count: count)
        }
      }
      first = last
      if first < instructions.count, isCancelled() { return false }
    }
    return true
  }

  @inline(__always)
  private func run(_ i: Instruction, _ source: any PointSource, block: Int, start: Int, count n: Int) {
    switch i.kind {
    case .uniform: source.fill(Int(i.index), block: block, into: pointer(i.out, 0))
    case .scores: scores(Int(i.index), source, block: block, into: pointer(i.out, 0))
    case .unary: Columns.apply(i.unary, pointer(i.a, start), into: pointer(i.out, start), count: n)
    case .binary:
      Columns.apply(i.binary, pointer(i.a, start), pointer(i.b, start), into: pointer(i.out, start), count: n)
    case .binaryScalar: Columns.apply(i.binary, pointer(i.a, start), i.scalar, into: pointer(i.out, start), count: n)
    case .scalarBinary: Columns.apply(i.binary, i.scalar, pointer(i.b, start), into: pointer(i.out, start), count: n)
    case .affine:
      Columns.affine(
        scale: i.scalar, pointer(i.a, start), shift: i.shift, into: pointer(i.out, start), count: n)
    case .wholePower: Columns.wholePower(pointer(i.a, start), i.index, into: pointer(i.out, start), count: n)
    case .product:
      let (x, y) = lists(i, start)
      Columns.product(scale: i.scalar, x, over: y, into: pointer(i.out, start), count: n)
    case .sum: Columns.sum(shift: i.shift, lists(i, start).0, into: pointer(i.out, start), count: n)
    case .weightedSum:
      guard let own = weights.baseAddress else { return }
      Columns.weightedSum(
        shift: i.shift, weights: own + Int(i.weights), lists(i, start).0, into: pointer(i.out, start), count: n)
    case .dot:
      let (x, y) = lists(i, start)
      guard let own = weights.baseAddress else { return }
      Columns.dot(shift: i.shift, weights: own + Int(i.weights), x, y, into: pointer(i.out, start), count: n)
    case .select:
      Columns.select(
        pointer(i.a, start), then: pointer(i.b, start), else: pointer(i.c, start), into: pointer(i.out, start),
        count: n)
    case .quantileTable:
      let (u, out) = (Column(pointer(i.a, start)), pointer(i.out, start))
      guard let rows = quantileRows[Int(i.index)] else { return }
      if !Columns.lookUp(rows, QuantileTableLayout(), at: u, into: out, count: n) {
        tables.quantile[Int(i.index)]?.fillMissing(out, at: u, count: n)
      }
    case .scoreTable:
      let (z, out) = (Column(pointer(i.a, start)), pointer(i.out, start))
      guard let rows = scoreRows[Int(i.index)] else { return }
      if !Columns.lookUp(rows, ScoreTableLayout(), at: z, into: out, count: n) {
        tables.score[Int(i.index)]?.fillMissing(out, at: z, count: n)
      }
    case .steps: steps(plan.steps[Int(i.index)], at: pointer(i.a, start), into: pointer(i.out, start), count: n)
    case .conditional:
      Columns.conditionalQuantile(
        conditionals[Int(i.index)], given: pointer(i.a, start), at: pointer(i.b, start),
        into: pointer(i.out, start), count: n)
    case .varyingDistribution: varyingDistribution(i, start, n)
    case .call:
      let columns = lists(i, start).0
      plan.functions[Int(i.index)].block(Array(columns), pointer(i.out, start), n)
    case .summary: accumulator?.summarise(pointer(i.a, start), slot: Int(i.index), block: block, count: n, indexes)
    case .ratio: accumulator?.addRatio(pointer(i.a, start), slot: Int(i.index), block: block, count: n, indexes)
    case .positive: accumulator?.addPositive(pointer(i.a, start), slot: Int(i.index), block: block, count: n)
    case .moments: accumulator?.addMoments(pointer(i.a, start), slot: Int(i.index), block: block, count: n)
    case .keep:
      kept.map { ($0 + (Int(i.index) * AddressBlock.draws + start)).update(from: pointer(i.a, start), count: n) }
    case .copy: pointer(i.out, start).update(from: pointer(i.a, start), count: n)
    case .loop: _ = runLoop(i, start: start, count: n) { false }
    }
  }

  /// Runs a loop, which may take a second and can be cancelled.
  private func runLoop(_ i: Instruction, start: Int, count: Int, _ isCancelled: () -> Bool) -> Bool {
    loops[Int(i.index)]?.run(lists(i, start).0, into: pointer(i.out, start), count: count, isCancelled: isCancelled)
      ?? true
  }

  /// The columns in an instruction's list, in two parts.
  @inline(__always)
  private func lists(_ i: Instruction, _ start: Int) -> (UnsafeBufferPointer<Column>, UnsafeBufferPointer<Column>) {
    let first = Int(i.count)
    let both = first + Int(i.secondCount)
    for k in 0..<both { columns[k] = Column(pointer(operands[Int(i.list) + k], start)) }
    return (
      UnsafeBufferPointer(start: columns, count: first),
      UnsafeBufferPointer(start: columns + first, count: both - first)
    )
  }

  /// The correlated normal scores of a component for a whole address block.
  private func scores(_ component: Int, _ source: any PointSource, block: Int, into first: UnsafeMutablePointer<Double>)
  {
    for (row, coordinate) in plan.members[component].enumerated() {
      let column = first + row * BlockProgram.wideStride
      source.fill(coordinate.position, block: block, into: column)
      if source.holdsScores { continue }
      Columns.apply(.normalQuantile, column, into: column, count: AddressBlock.draws)
    }
    if let sequence = plan.sequences[component] {
      sequence.apply(to: first, rows: plan.members[component].count, stride: BlockProgram.wideStride)
      return
    }
    guard let factor = plan.factors[component] else { return }
    if factor.size == 2, factor.entries[0] == 1 {
      correlate(first, first + BlockProgram.wideStride, by: factor.entries)
    } else {
      factor.apply(to: first, stride: BlockProgram.wideStride, count: AddressBlock.draws, in: products)
    }
  }

  /// Pairs, which most components are, use a kernel: OpenBLAS packs matrices first (1.1 against 0.2 ns per pair).
  private func correlate(
    _ first: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>, by entries: [Double]
  ) {
    (columns[0], columns[1]) = (Column(first), Column(second))
    entries.withUnsafeBufferPointer { entries in
      guard let start = entries.baseAddress else { return }
      Columns.weightedSum(
        shift: 0, weights: start + 2, UnsafeBufferPointer(start: columns, count: 2), into: second,
        count: AddressBlock.draws)
    }
  }

  private func steps(
    _ distribution: (outcomes: [Double], cumulative: [Double]), at u: Column, into out: MutableColumn, count: Int
  ) {
    distribution.outcomes.withUnsafeBufferPointer { outcomes in
      distribution.cumulative.withUnsafeBufferPointer { cumulative in
        // The last outcome's cumulative probability is 1.
        let inner = UnsafeBufferPointer(start: cumulative.baseAddress, count: max(outcomes.count - 1, 0))
        Columns.steps(outcomes: outcomes, cumulative: inner, at: u, into: out, count: count)
      }
    }
  }

  /// Constructs a distribution for every draw: slow, for distributions without a quantile expression of their
  /// arguments.
  private func varyingDistribution(_ i: Instruction, _ start: Int, _ count: Int) {
    let columns = lists(i, start).0
    let recipe = plan.varyingDistributions[Int(i.index)]
    let out = pointer(i.out, start)
    let last = columns.count - 1
    for draw in 0..<count {
      arguments.removeAll(keepingCapacity: true)
      for k in 0..<last { arguments.append(columns[k][draw]) }
      let u = columns[last][draw]
      // A negative number is minus the probability above: see `Lowering.Point.tail`.
      let distribution = recipe.distribution(arguments)
      out[draw] = (u < 0 ? distribution?.quantile(survival: -u) : distribution?.quantile(u)) ?? .nan
    }
  }
}
