import Modeling
import Sampling
import Simulation
import VectorMath

extension Model {
  /// The normal scores of coordinates in the first draws of the model's points, independent of each other; of draws of its
  /// posterior, if it has one.
  ///
  /// - Parameters:
  ///   - ids: the coordinates, one column each.
  ///   - draws: a multiple of the draws of an address block.
  ///   - workers: the number of threads.
  func scores(of ids: [CoordinateID], draws: Int, workers: Int) throws -> ParticleColumns {
    let points = try points()
    let scores = ParticleColumns(rows: draws, columns: ids.count)
    _ = concurrentMap(ids.count, workers: workers) { place in
      for block in 0..<draws / AddressBlock.draws {
        points.fill(ids[place].position, block: block, into: scores[place] + block * AddressBlock.draws)
      }
      if !points.holdsScores { Columns.apply(.normalQuantile, scores[place], into: scores[place], count: draws) }
    }
    return scores
  }
}
