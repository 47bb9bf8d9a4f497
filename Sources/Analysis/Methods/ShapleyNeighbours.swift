import Foundation
import Sampling
import Simulation

/// Shapley effects (see `Shapley`) from given data, with v(J) = 1 - E[Var(Y | X_J)] / Var(Y) estimated from nearest
/// neighbours.
///
/// Example: `loadcast sensitivity scenario.yaml --method shapley-neighbours`.
///
/// For a set J of inputs, E[Var(Y | X_J)] is the mean over draws of half the squared difference from the draws nearest
/// in X_J (Broto, Bachoc & Depecker 2020, doi:10.1137/18M1234631, section 4), taken from other replicates, which are
/// independent. The draws contain any dependence between inputs, so it need not be known. Distances are those of ranks,
/// so that units do not matter.
///
/// The distance of neighbours grows with the number of known inputs. So the difference from the 3 nearest and from the
/// next 21 is extrapolated to distance zero, linearly in the squared distance (correct if the target is smooth) and in
/// the distance (correct if it jumps): the value is the mean of both, and the interval is widened by half their
/// difference.
package enum ShapleyNeighbours: SensitivityMethod {
  /// The name as written after `--method`.
  package static let name = "shapley-neighbours"
  /// A one-line summary.
  package static let summary = "Shapley effects from the run's own draws; any dependence"
  /// Whether factors must be independent.
  package static let needsIndependence = false
  /// It uses draws of a posterior as they are.
  package static let takesGivenDraws = true
  /// Whether estimates are shares of a variance.
  package static let needsVariance = true
  /// The indices; the first one ranks factors.
  package static let indices = [
    SensitivityIndex(
      "Sh_nn", "Shapley effect", "the share of the variance that an input adds, averaged over all orders")
  ]

  /// Number of nearest draws, and number of draws used for the extrapolation.
  static let nearest = 3
  static let neighbours = 24
  /// Number of draws among which neighbours are searched, and number of draws whose neighbourhoods are used.
  static let draws = 1 << 14
  static let centres = 1024
  /// Maximum number of subsets if orders are sampled.
  static let mostSubsets = 600

  /// The estimates for each target.
  package static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    var own = problem
    own.options.draws = draws
    let sample = try GivenSample.draw(own)
    let subsets = ShapleySubsets(
      players: problem.factors.count, limit: mostSubsets, seed: problem.model.settings.seed)
    let resampling = Resampling.fewer(for: problem)
    // Ranks are those of all draws, so that the neighbours can be used for every target.
    let columns = problem.factors.indices.map { factor in
      sample.columns.indices.filter { sample.columns[$0].factor == factor }
        .map { column in sample.inputs[column].ranks.map(Float.init) }
    }
    let options = problem.options.engine
    // For each subset the neighbours of all centres, found once for all targets.
    let done = Counter(subsets.subsets.count, options)
    let found = concurrentMap(subsets.subsets.count, workers: options.width) { number -> [Neighbour] in
      guard !done.isCancelled else { return [] }
      defer { done.advance() }
      return neighbourhoods(subsets.subsets[number].flatMap { columns[$0] }, count: sample.count)
    }
    if done.isCancelled { throw CancellationError() }
    return problem.targets.indices.map { target in
      if let reason = sample.refusal(of: target) {
        return MethodResult(nothing: reason, self, target: target, problem, sample)
      }
      let y = StandardisedTarget(sample.targets[target])
      let spread = (0..<Replicates.count).map {
        VarianceAccumulator(count: y.counts[$0], sum: y.sums[$0], square: y.squares[$0])
      }
      // By subset and group of centres.
      let within = found.map { neighbours -> [NeighbourAccumulator] in
        var sums = [NeighbourAccumulator](repeating: NeighbourAccumulator(), count: Replicates.count)
        for (place, neighbour) in neighbours.enumerated() {
          let (centre, rank) = place.quotientAndRemainder(dividingBy: Self.neighbours)
          let draw = Self.draw(ofCentre: centre, count: sample.count)
          let gap = y.values[draw] - y.values[Int(neighbour.draw)]
          guard gap.isFinite else { continue }
          sums[draw / AddressBlock.draws % Replicates.count].add(
            gap * gap / 2, square: Double(neighbour.square), isNear: rank < nearest)
        }
        return sums
      }
      func effects(_ weights: UnsafeBufferPointer<Double>?, isSmooth: Bool) -> [Double] {
        let variance = (weights.map(spread.weighted) ?? spread.total).variance
        return subsets.effects(
          within.map { 1 - (weights.map($0.weighted) ?? $0.total).atZero(isSmooth: isSmooth) / variance } + [1])
      }
      let (smooth, broken) = (effects(nil, isSmooth: true), effects(nil, isSmooth: false))
      let samples = resampling.samples { weights in
        zip(effects(weights, isSmooth: true), effects(weights, isSmooth: false)).map { ($0 + $1) / 2 }
      }
      return MethodResult(
        method: name, target: target,
        estimates: problem.factors.enumerated().map { position, factor in
          resampling.estimate(
            (smooth[position] + broken[position]) / 2, samples: samples.map { $0[position] },
            doubt: abs(smooth[position] - broken[position]) / 2, floor: 0, "Sh_nn", of: [position],
            named: factor.name, range: 0...1)
        }, noiseFloors: ["Sh_nn": 0], main: "Sh_nn",
        effort: "\(subsets.text), \(centres) neighbourhoods of \(neighbours) among \(sample.effort(own))",
        notes: [sample.lossNote(of: target)].compactMap(\.self), nonFinite: sample.lost[target])
    }
  }

  /// The draw that is the n-th centre: evenly spaced over all draws.
  private static func draw(ofCentre centre: Int, count: Int) -> Int { centre * (count / centres) + centre % 7 }

  /// A draw near a centre, and the square of its distance.
  private struct Neighbour {
    var draw: Int32
    var square: Float
  }

  /// The draws of other replicates nearest to each centre, the nearest first. Among draws at the same distance, those
  /// that follow the centre are taken, so that every centre has different ones.
  private static func neighbourhoods(_ columns: [[Float]], count: Int) -> [Neighbour] {
    var result: [Neighbour] = []
    result.reserveCapacity(centres * neighbours)
    var distances = [Float](repeating: 0, count: count)
    for centre in 0..<centres {
      let own = draw(ofCentre: centre, count: count)
      let replicate = own / AddressBlock.draws % Replicates.count
      distances.withUnsafeMutableBufferPointer { distances in
        for draw in 0..<count { distances[draw] = 0 }
        for column in columns {
          column.withUnsafeBufferPointer { column in
            let here = column[own]
            for draw in 0..<count {
              let gap = column[draw] - here
              distances[draw] += gap * gap
            }
          }
        }
      }
      var best = [Neighbour](repeating: Neighbour(draw: Int32(own), square: .infinity), count: neighbours)
      for range in [own..<count, 0..<own] {
        for draw in range where distances[draw] < best[neighbours - 1].square {
          if draw / AddressBlock.draws % Replicates.count == replicate { continue }
          var place = neighbours - 1
          while place > 0, distances[draw] < best[place - 1].square {
            best[place] = best[place - 1]
            place -= 1
          }
          best[place] = Neighbour(draw: Int32(draw), square: distances[draw])
        }
      }
      result += best
    }
    return result
  }

  /// Counts finished subsets and reports the progress.
  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private let count: Int
    private let options: Engine.Options
    private var done = 0

    init(_ count: Int, _ options: Engine.Options) {
      self.count = count
      self.options = options
    }

    var isCancelled: Bool { options.isCancelled?() ?? false }

    func advance() {
      let now = lock.withLock { () -> Int in
        done += 1
        return done
      }
      options.progress?(Double(now) / Double(max(1, count)))
    }
  }
}

/// Sums over pairs of a centre and a neighbour, for the nearest and for the others: half squared differences of the
/// target, distances and their squares.
private struct NeighbourAccumulator: ReplicateAccumulator {
  private var near = [0.0, 0, 0, 0]
  private var far = [0.0, 0, 0, 0]

  mutating func add(_ difference: Double, square: Double, isNear: Bool) {
    let all = [1, difference, square.squareRoot(), square]
    for place in all.indices {
      if isNear { near[place] += all[place] } else { far[place] += all[place] }
    }
  }

  mutating func add(_ other: NeighbourAccumulator, times weight: Double) {
    for place in near.indices {
      near[place] += weight * other.near[place]
      far[place] += weight * other.far[place]
    }
  }

  /// The mean difference at distance zero, by linear extrapolation in the distance or its square.
  func atZero(isSmooth: Bool) -> Double {
    let place = isSmooth ? 3 : 2
    let (close, away) = (near[place] / near[0], far[place] / far[0])
    let (first, second) = (near[1] / near[0], far[1] / far[0])
    // Equal values are at distance zero, so nothing is extrapolated.
    guard away > close else { return (near[1] + far[1]) / (near[0] + far[0]) }
    return first - (second - first) * close / (away - close)
  }
}
