import Diagnostics
import Foundation
import Modeling
import Sampling

/// A column of values that can be requested for a model's draws.
package enum ColumnRequest: Hashable, Sendable {
  /// A quantity's cell, in base units; for a label-valued input, the label's position.
  case cell(QuantityID, Int)
  /// The probability of a coordinate from the point source, before any correlation.
  case coordinate(CoordinateID)
  /// The normal score of a coordinate after correlation.
  case score(CoordinateID)
  /// The probability of a coordinate after correlation: the argument of the quantile function.
  case probability(CoordinateID)
}

/// Computes requested columns of a model's draws, on several cores.
///
/// Sensitivity methods, sweeps and evidence use it for the joint draws of a few cells. Only quantities on which these
/// cells depend are computed. The draws are those of a run of the same model, bit for bit; with a caller-supplied point
/// source, they are the model's values at its points.
package struct Evaluator: Sendable {
  /// The model that is evaluated.
  package let model: Model
  private let lowered: FinishedLowering
  private let kept: KeptValues
  /// The slot of each request.
  private let slots: [Int]
  /// The value of each request.
  private let roots: [ValueID]
  private let source: any PointSource
  private let plans = PlanCache()

  /// Compiles the dependencies of some columns.
  ///
  /// - Parameters:
  ///   - model: the checked model.
  ///   - requests: the requested columns.
  ///   - points: the source of coordinates' probabilities; by default the model's design.
  /// - Throws: diagnostics if the plan would exceed its size limit or the design is unknown.
  package init(
    model: Model, requests: [ColumnRequest], points: (any PointSource)? = nil
  ) throws(Diagnostics) {
    let source: any PointSource
    if let points { source = points } else { source = try model.points() }
    let lowering = Lowering(model, holdsScores: source.holdsScores)
    var wanted: [QuantityID] = []
    for case .cell(let id, _) in requests where !wanted.contains(id) { wanted.append(id) }
    try lowering.lower(wanted)
    var kept = KeptValues()
    roots = requests.map { lowering.value(of: $0) }
    slots = roots.map { kept.slot(of: $0, lowering.graph) }
    self.model = model
    self.kept = kept
    self.source = source
    lowered = FinishedLowering(lowering)
  }

  /// The coordinates that the columns depend on, including all coordinates of their components, in the model's order.
  package var coordinates: [CoordinateID] {
    let schedule = Schedule(lowered.lowering.graph, sinks: kept.sinks)
    var found = Set(schedule.components.flatMap { model.components[$0].coordinates })
    for step in schedule.steps { if case .uniform(let id) = step.node { found.insert(id) } }
    return found.sorted()
  }

  /// The coordinates from which a request's column is computed.
  ///
  /// Among correlated coordinates, only those whose correlated values are used are included.
  package func coordinates(neededBy request: Int) -> Set<CoordinateID> {
    lowered.lowering.coordinates(under: roots[request])
  }

  /// The greatest magnitude that a request's values can have, as far as it follows from its formula; infinite if it is
  /// unknown.
  package func bound(ofRequest request: Int) -> Double {
    lowered.lowering.graph.bound(of: roots[request])
  }

  /// The requested columns for an address block's draws.
  package struct Block {
    /// The block's index; its first draw is `number * AddressBlock.draws`.
    package let number: Int
    /// The number of requested draws in it.
    package let count: Int
    private let slots: [Int]
    private let memory: KeptColumns

    fileprivate init(number: Int, count: Int, slots: [Int], memory: KeptColumns) {
      self.number = number
      self.count = count
      self.slots = slots
      self.memory = memory
    }

    /// A request's column; valid until the next block.
    package subscript(request: Int) -> UnsafeBufferPointer<Double> { memory.column(slots[request], count: count) }
  }

  /// The workers that evaluating so many draws takes: `body` of `forEachBlock` sees numbers below this.
  package func workers(draws: Int, options: Engine.Options = .init()) -> Int { PlanRun.workers(options, draws: draws) }

  /// Calls `body` for the blocks of the first draws, on several threads, once per block and in unspecified order.
  ///
  /// - Parameters:
  ///   - draws: the number of draws, from the first on.
  ///   - options: workers, progress and cancellation.
  ///   - together: groups of this many consecutive blocks, aligned to a multiple of the number, are processed in order
  ///     by one worker.
  ///   - groups: the numbers of the groups that are processed; nil for all.
  ///   - body: receives the index of its worker, for scratch memory.
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true.
  package func forEachBlock(
    draws: Int, together: Int = 1, groups: Range<Int>? = nil, options: Engine.Options = .init(),
    _ body: @Sendable (_ worker: Int, _ block: Block) -> Void
  ) throws(CancellationError) {
    let plan = plan(options)
    let blocks = AddressBlock.count(ofDraws: draws)
    let counter = BlockCounter(blocks: groups ?? 0..<(blocks + together - 1) / together, options: options)
    forEachWorker(workers(draws: draws, options: options)) { number in
      let memory = KeptColumns(kept)
      let worker = Worker(plan, kept: memory.start)
      while let group = counter.next() {
        for block in group * together..<min(blocks, (group + 1) * together) {
          let count = min(AddressBlock.draws, draws - block * AddressBlock.draws)
          guard worker.run(block: block, count: count, isCancelled: counter.isCancelled) else { return counter.stop() }
          body(number, Block(number: block, count: count, slots: slots, memory: memory))
        }
      }
    }
    if counter.isStopped { throw CancellationError() }
  }

  /// The plan, which is made once: its tables take milliseconds.
  private func plan(_ options: Engine.Options) -> Plan {
    let plan = plans.plan(executionBlock: options.block) {
      Plan(
        lowered.lowering, sinks: kept.sinks, source: source, executionBlock: options.block, workers: options.width)
    }
    // Made by all threads, before each of them waits for the tables.
    _ = plan.tables
    return plan
  }

  /// The values of some draws, one list per request; only blocks that contain them are computed.
  ///
  /// - Parameters:
  ///   - options: workers, progress and cancellation.
  ///   - numbers: distinct, in ascending order, from 0 on.
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true.
  package func values(ofDraws numbers: [Int], options: Engine.Options = .init()) throws(CancellationError) -> [[Double]]
  {
    let plan = plan(options)
    let blocks = Dictionary(grouping: numbers.indices) { numbers[$0] / AddressBlock.draws }.sorted { $0.key < $1.key }
    let counter = BlockCounter(blocks: blocks.count, options: options)
    let count = slots.count
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(1, numbers.count * count))
    defer { memory.deallocate() }
    let whole = memory
    let workers = workers(draws: blocks.count * AddressBlock.draws, options: options)
    forEachWorker(workers) { _ in
      let columns = KeptColumns(kept)
      let worker = Worker(plan, kept: columns.start)
      while let next = counter.next() {
        let (block, positions) = blocks[next]
        guard worker.run(block: block, count: AddressBlock.draws, isCancelled: counter.isCancelled) else {
          return counter.stop()
        }
        for position in positions {
          let draw = numbers[position] % AddressBlock.draws
          for request in 0..<count {
            (whole + (request * numbers.count + position)).initialize(to: columns.value(slots[request], draw))
          }
        }
      }
    }
    if counter.isStopped { throw CancellationError() }
    return (0..<count).map { Array(UnsafeBufferPointer(start: memory + $0 * numbers.count, count: numbers.count)) }
  }

  /// Whole columns of the first draws, one per request: 8 bytes of memory per draw and request.
  ///
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true.
  package func columns(draws: Int, options: Engine.Options = .init()) throws(CancellationError) -> [[Double]] {
    let count = slots.count
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(1, draws * count))
    defer { memory.deallocate() }
    nonisolated(unsafe) let whole = memory
    try forEachBlock(draws: draws, options: options) { _, block in
      for request in 0..<count {
        guard let from = block[request].baseAddress else { continue }
        (whole + (request * draws + block.number * AddressBlock.draws)).initialize(from: from, count: block.count)
      }
    }
    return (0..<count).map { Array(UnsafeBufferPointer(start: memory + $0 * draws, count: draws)) }
  }
}

/// Hands out the numbers of blocks to workers.
final class BlockCounter: @unchecked Sendable {
  private let lock = NSLock()
  private let blocks: Range<Int>
  private let options: Engine.Options
  private var taken = 0
  private var stopped = false

  convenience init(blocks: Int, options: Engine.Options) { self.init(blocks: 0..<blocks, options: options) }

  /// A counter of some blocks.
  init(blocks: Range<Int>, options: Engine.Options) {
    self.blocks = blocks
    self.options = options
  }

  var isStopped: Bool { lock.withLock { stopped } }

  func isCancelled() -> Bool { options.isCancelled?() ?? false }

  func stop() { lock.withLock { stopped = true } }

  /// The block after those that have been taken.
  var end: Int { lock.withLock { blocks.lowerBound + taken } }

  /// The next block; nil if all are taken or the run is cancelled.
  func next() -> Int? {
    if isCancelled() {
      stop()
      return nil
    }
    let block: Int? = lock.withLock {
      guard !stopped, taken < blocks.count else { return nil }
      taken += 1
      return blocks.lowerBound + taken - 1
    }
    if let block { options.progress?(Double(block - blocks.lowerBound) / Double(blocks.count)) }
    return block
  }
}
