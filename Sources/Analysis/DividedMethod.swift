import Diagnostics
import Sampling
import Simulation

/// A method whose work is divided by blocks of its base points.
package protocol DividedMethod: SensitivityMethod {
  /// The points of a problem, of which nothing but the first block has been evaluated.
  ///
  /// - Throws: `SensitivityRefusal` if the estimates would be meaningless; `Diagnostics`; `CancellationError`.
  static func design(of problem: SensitivityProblem) throws -> any DividedDesign
}

/// The points of a method for a problem, in blocks of 1,024 base points.
package protocol DividedDesign: Sendable {
  /// The problem.
  var problem: SensitivityProblem { get }
  /// The number of base points: a multiple of 1,024.
  var base: Int { get }
  /// The sums of a block.
  var shape: SlotSums.Shape { get }
  /// The digest of the targets at the first base points, which two machines share if they compute the same.
  var fingerprint: UInt64 { get }

  /// Evaluates some blocks of base points.
  ///
  /// - Throws: `CancellationError`.
  func sums(ofBlocks blocks: Range<Int>, options: Engine.Options) throws -> SlotSums
}

extension DividedDesign {
  /// The number of blocks.
  package var blocks: Int { base / AddressBlock.draws }

  /// Refuses sums of some blocks that do not fit into memory.
  ///
  /// - Throws: `Diagnostics`.
  package func requireMemory(blocks count: Int) throws(Diagnostics) {
    try problem.options.engine.require(
      sums: Double(count) * Double(shape.bytes), base: problem.base, factors: problem.factors.count,
      problem.targets.count)
  }

  /// The sums of all blocks: those of the problem, which other machines have made, or else evaluated here.
  ///
  /// - Throws: `Diagnostics` if they do not fit into memory; `CancellationError`.
  func allSums() throws -> SlotSums {
    if let sums = problem.sums { return sums }
    try requireMemory(blocks: blocks)
    return try sums(ofBlocks: 0..<blocks, options: problem.options.engine)
  }

  /// The evaluator of the targets at the design's points, the scales of their sums, and the digest of the first block.
  static func pilot(
    _ problem: SensitivityProblem, _ points: any PointSource
  ) throws -> (evaluator: Evaluator, scales: [TargetScale], fingerprint: UInt64) {
    let evaluator = try Evaluator(
      model: problem.model, requests: problem.targets.map { .cell($0.quantity, $0.cell) }, points: points)
    let columns = try evaluator.columns(draws: AddressBlock.draws, options: Engine.Options(workers: 1))
    var digest = ValueDigest()
    for column in columns { column.withUnsafeBufferPointer { digest.add($0) } }
    return (evaluator, columns.map(TargetScale.init), digest.word)
  }
}
