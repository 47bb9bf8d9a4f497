import Diagnostics
import Foundation
import Modeling
import Sampling
import Simulation

/// Equal-weight draws of a posterior, of which columns can be computed.
///
/// Columns hold the draws of the first replicate, then those of the second, and so on.
protocol PosteriorDraws {
  /// The positions of each replicate's draws.
  var parts: [Range<Int>] { get }

  /// The effective number of draws.
  var effective: Double { get }

  /// A column for each request.
  func columns(_ requests: [ColumnRequest], options: Engine.Options) throws -> [[Double]]
}

extension PosteriorDraws {
  /// The number of draws.
  var count: Int { parts.last?.upperBound ?? 0 }
}

/// The draws of a sampler.
struct SampledDraws: PosteriorDraws {
  let model: Model
  /// The points at which the model is evaluated.
  let points: any PointSource
  let parts: [Range<Int>]
  let effective: Double

  /// The first draws at some points; address block b belongs to replicate b mod the number of replicates.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - points: the points at which it is evaluated.
  ///   - draws: their number.
  ///   - effective: the effective number of them; all of them if nil.
  init(_ model: Model, points: any PointSource, draws: Int, effective: Double? = nil) {
    self.model = model
    self.points = points
    self.effective = effective ?? Double(draws)
    let replicates = WeightedEngine.parts
    let blocks = draws / AddressBlock.draws
    var end = 0
    parts = (0..<replicates).map { part in
      let own = (blocks / replicates + (part < blocks % replicates ? 1 : 0)) * AddressBlock.draws
      defer { end += own }
      return end..<end + own
    }
  }

  func columns(_ requests: [ColumnRequest], options: Engine.Options) throws -> [[Double]] {
    guard !requests.isEmpty else { return [] }
    let memory = ParticleColumns(rows: count, columns: requests.count)
    let parts = parts
    try Evaluator(model: model, requests: requests, points: points).forEachBlock(draws: count, options: options) {
      _, block in
      let first = parts[block.number % parts.count].lowerBound + block.number / parts.count * AddressBlock.draws
      for request in requests.indices {
        guard let from = block[request].baseAddress else { continue }
        (memory[request] + first).update(from: from, count: block.count)
      }
    }
    return memory.arrays
  }
}

/// Draws of a run, resampled by their weights.
///
/// Systematic resampling (Kitagawa 1996, doi:10.2307/1390750): of the draws in the order of their replicates, those in
/// which the cumulative weight passes the middles of equal parts of the total. Weights are whole numbers, so that the
/// same draws are taken for any number of workers.
struct ResampledDraws: PosteriorDraws {
  /// Maximum number of resampled draws.
  static let most = 1 << 16

  let model: Model
  let effective: Double
  let parts: [Range<Int>]
  private let weighting: any ImportanceWeighting
  private let draws: Int
  private let total: UInt64
  /// The weight before each block, in the order of the replicates.
  private let before: [UInt64]

  /// - Parameters:
  ///   - draws: the number of the run's draws.
  ///   - effective: the effective number of them.
  /// - Throws: `Diagnostics` if the model cannot be run; `CancellationError`.
  init(
    _ model: Model, weighting: any ImportanceWeighting, draws: Int, effective: Double, options: Engine.Options
  ) throws {
    let blocks = (draws + AddressBlock.draws - 1) / AddressBlock.draws
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, blocks))
    memory.initialize(repeating: 0, count: max(1, blocks))
    defer { memory.deallocate() }
    nonisolated(unsafe) let sums = memory
    try Evaluator(model: model, requests: weighting.requests).forEachBlock(draws: draws, options: options) { _, block in
      sums[block.number] = Self.weights(weighting, block).reduce(0, +)
    }
    let replicates = WeightedEngine.parts
    let count = min(draws, Self.most)
    var before = [UInt64](repeating: 0, count: blocks)
    var ends: [UInt64] = []
    var total: UInt64 = 0
    for part in 0..<replicates {
      for block in stride(from: part, to: blocks, by: replicates) {
        before[block] = total
        total += memory[block]
      }
      ends.append(total)
    }
    var start = 0
    parts = ends.map { end in
      let reached = Self.passed(end, of: total, count: count)
      defer { start = reached }
      return start..<reached
    }
    self.model = model
    self.weighting = weighting
    self.draws = draws
    self.effective = min(effective, Double(count))
    self.before = before
    self.total = total
  }

  func columns(_ requests: [ColumnRequest], options: Engine.Options) throws -> [[Double]] {
    guard !requests.isEmpty else { return [] }
    let memory = ParticleColumns(rows: count, columns: requests.count)
    let own = weighting.requests.count
    let (weighting, before, total, count) = (weighting, before, total, count)
    try Evaluator(model: model, requests: weighting.requests + requests).forEachBlock(draws: draws, options: options) {
      _, block in
      var sum = before[block.number]
      var place = Self.passed(sum, of: total, count: count)
      for (draw, weight) in Self.weights(weighting, block).enumerated() where weight > 0 {
        sum += weight
        let next = Self.passed(sum, of: total, count: count)
        guard next > place else { continue }
        for request in requests.indices {
          let value = block[own + request][draw]
          for copy in place..<next { memory[request][copy] = value }
        }
        place = next
      }
    }
    return memory.arrays
  }

  /// The number of k below `count` with (2 k + 1) / (2 count) below a cumulative weight over the total.
  private static func passed(_ weight: UInt64, of total: UInt64, count: Int) -> Int {
    guard total > 0 else { return 0 }
    let twice = UInt64(2 * count)
    // k < weight * count / total - 1 / 2
    let (high, low) = weight.multipliedFullWidth(by: twice)
    guard high < total else { return count }
    let (quotient, remainder) = total.dividingFullWidth((high, low))
    // The k with 2 k + 1 < quotient + remainder / total.
    let odd = remainder > 0 ? quotient + 1 : quotient
    return min(count, Int(odd / 2))
  }

  private static func weights(_ weighting: any ImportanceWeighting, _ block: Evaluator.Block) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: block.count) { buffer, initialised in
      guard let start = buffer.baseAddress else { return }
      start.initialize(repeating: 0, count: block.count)
      weighting.weigh(weighting.requests.indices.map { block[$0] }, count: block.count, into: start)
      initialised = block.count
    }
  }
}
