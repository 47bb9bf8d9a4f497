import Diagnostics
import Modeling
import Sampling
import Simulation

/// Makes a problem's draws and divides the inputs' values into levels, block by block.
///
/// The levels' edges are found from the first draws, so that no column of input values is kept and none is sorted.
struct LevelReader: Sendable {
  /// The observable columns of the problem's factors; none if other columns are read.
  let columns: [ScalarColumn]
  /// The number of columns.
  let columnCount: Int
  /// The edges of the columns' levels.
  let edges: [LevelEdges]
  /// The errors of published figures, and inert inputs.
  let noise: InputNoise
  private let targetCount: Int
  private let evaluator: Evaluator

  /// Draws from which edges are found: an edge's probability has an error of at most 0.4 %.
  private static let pilot = AddressBlock.draws * Replicates.count

  /// The whole groups of 16 blocks that hold a number of draws.
  static func rounded(_ draws: Int) -> Int { max(1, (draws + pilot - 1) / pilot) * pilot }

  /// Refuses draws that do not fit into the memory of the options.
  ///
  /// - Parameters:
  ///   - draws: the number of draws, rounded.
  ///   - columns: the number of columns of which something is kept.
  ///   - drawBytes: the bytes that are kept of a draw.
  /// - Throws: `Diagnostics` with the largest number of draws that fits.
  static func requireMemory(
    draws: Int, columns: Int, drawBytes: Int, _ options: Engine.Options
  ) throws(Diagnostics) {
    // Draws are numbered by 32 bits.
    let needed = Double(draws) * Double(drawBytes)
    let isNumbered = draws <= Int(Int32.max)
    try options.memory?.require(
      isNumbered || needed > options.memory?.free ?? 0 ? needed : .infinity,
      for: "\(draws) draws of \(columns) \(columns == 1 ? "column" : "columns"), which are kept in memory"
    ) { free in
      let most = min(Int(max(0, free / Double(drawBytes))), Int(Int32.max)) / pilot * pilot
      return most > 0 ? "at most --draws \(most)" : nil
    }
  }

  /// A reader of the observable columns of a problem's factors, and of inert inputs.
  ///
  /// - Throws: `Diagnostics`, `CancellationError`.
  init(_ problem: SensitivityProblem, inert inertCount: Int) throws {
    let columns = ScalarColumn.all(of: problem, asValues: true)
    try self.init(problem, columns, columns.map(\.request), scales: nil, inert: inertCount)
  }

  /// A reader of some columns.
  ///
  /// - Parameters:
  ///   - problem: the targets and options.
  ///   - requests: the columns.
  ///   - scales: by column, the divisor that converts values to the unit in which edges are rounded.
  /// - Throws: `Diagnostics`, `CancellationError`.
  init(_ problem: SensitivityProblem, _ requests: [ColumnRequest], scales: [Double]) throws {
    try self.init(problem, [], requests, scales: scales, inert: 0)
  }

  private init(
    _ problem: SensitivityProblem, _ columns: [ScalarColumn], _ inputs: [ColumnRequest], scales: [Double]?,
    inert inertCount: Int
  ) throws {
    let evaluator = try Evaluator(
      model: problem.model, requests: inputs + problem.targets.map { .cell($0.quantity, $0.cell) })
    let noise = InputNoise(problem, columns, inert: inertCount)
    var engine = problem.options.engine
    engine.progress = nil
    var first = try evaluator.columns(draws: Self.pilot, options: engine)
    for position in columns.indices where columns[position].error > 0 {
      first[position].withUnsafeMutableBufferPointer { column in
        guard let start = column.baseAddress else { return }
        for block in 0..<Replicates.count {
          noise.disturb(column: position, block: block, start + block * AddressBlock.draws)
        }
      }
    }
    let samples = first
    edges = concurrentMap(inputs.count, workers: engine.width) { column in
      LevelEdges(sample: samples[column], roundedIn: scales?[column])
    }
    (self.columns, self.noise, self.evaluator) = (columns, noise, evaluator)
    (columnCount, targetCount) = (inputs.count, problem.targets.count)
  }

  /// The levels and targets of a block of draws.
  struct Block {
    /// The block's number.
    let number: Int
    private let levels: [UInt8]
    private let targets: (Int) -> UnsafeBufferPointer<Double>

    fileprivate init(number: Int, levels: [UInt8], targets: @escaping (Int) -> UnsafeBufferPointer<Double>) {
      (self.number, self.levels, self.targets) = (number, levels, targets)
    }

    /// A column's levels.
    func levels(_ column: Int) -> ArraySlice<UInt8> {
      levels[column * AddressBlock.draws..<(column + 1) * AddressBlock.draws]
    }

    /// A target's values.
    func values(_ target: Int) -> UnsafeBufferPointer<Double> { targets(target) }
  }

  /// Calls `body` for the blocks of the first draws, on several threads and in unspecified order.
  ///
  /// - Throws: `CancellationError`.
  func forEachBlock(draws: Int, options: Engine.Options, _ body: @Sendable (Block) -> Void) throws {
    try evaluator.forEachBlock(draws: draws, options: options) { _, block in
      let levels = [UInt8](unsafeUninitializedCapacity: columnCount * AddressBlock.draws) { levels, initialised in
        guard let start = levels.baseAddress else { return }
        for position in 0..<columnCount {
          let to = start + position * AddressBlock.draws
          if position < columns.count, columns[position].error > 0 {
            var own = Array(block[position])
            own.withUnsafeMutableBufferPointer { own in
              guard let start = own.baseAddress else { return }
              noise.disturb(column: position, block: block.number, start)
              edges[position].classify(UnsafeBufferPointer(own), into: to)
            }
          } else {
            edges[position].classify(block[position], into: to)
          }
        }
        initialised = columnCount * AddressBlock.draws
      }
      body(Block(number: block.number, levels: levels) { block[columnCount + $0] })
    }
  }

  /// The levels of a block of an inert input.
  func inertLevels(_ number: Int, block: Int) -> [UInt8] {
    LevelEdges.ofInert.levels(noise.inert(number, block: block))
  }
}
