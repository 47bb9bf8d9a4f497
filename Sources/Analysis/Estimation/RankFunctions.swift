import Distributions
import Foundation
import Simulation
import VectorMath

/// Functions of the ranks of several inputs, the regressors of `InputShares`: by input, then by function.
struct RankFunctions: Sendable {
  let inputs: [RankedColumn]
  /// Empty while there are more inputs than are used.
  let columns: [[Double]]

  /// The functions of some inputs.
  ///
  /// - Parameter workers: the number of threads.
  init(of inputs: [RankedColumn], workers: Int) {
    self.inputs = inputs
    guard inputs.count <= InputShares.mostCoordinates else {
      columns = []
      return
    }
    let terms = min(InputShares.mostTerms, max(1, InputShares.mostRegressors / max(1, inputs.count)))
    // Columns without ties have the same ranks, in other orders.
    let distinct = inputs.first { !$0.hasTies }
    let known = distinct.map { input in Self.functions(at: input.order.map { input.ranks[Int($0)] }, terms) }
    columns = concurrentMap(inputs.count, workers: workers) { number -> [[Double]] in
      let input = inputs[number]
      guard !input.hasTies, let known, known[0].count == input.order.count else {
        return Self.functions(at: input.ranks, terms)
      }
      return known.map { values in
        var column = [Double](repeating: .nan, count: input.ranks.count)
        for (place, draw) in input.order.enumerated() { column[Int(draw)] = values[place] }
        return column
      }
    }.flatMap(\.self)
  }

  /// Those of the inputs with the largest rank correlations with a target, if there are more inputs than are used.
  func strongest(for y: RankedColumn, workers: Int) -> RankFunctions {
    guard inputs.count > InputShares.mostCoordinates else { return self }
    let correlations = concurrentMap(inputs.count, workers: workers) { number in
      CrossMoments([inputs[number].ranks, y.ranks], workers: 1).correlations(nil)[1].magnitude
    }
    let kept = inputs.indices.sorted { (correlations[$1], $0) < (correlations[$0], $1) }
    return RankFunctions(of: kept.prefix(InputShares.mostCoordinates).sorted().map { inputs[$0] }, workers: workers)
  }

  /// The first of the functions, in their order of use, at ranks between 0 and 1.
  private static func functions(at ranks: [Double], _ count: Int) -> [[Double]] {
    let scores = ranks.map(StandardNormal.quantile)
    return (0..<count).map { number in
      switch number {
      case 0: scores
      case 1: ranks.map { PortableMath.cos(.pi * $0) }
      case 2: scores.map { $0 * $0 - 1 }
      default: ranks.map { PortableMath.cos(2 * .pi * $0) }
      }
    }
  }
}
