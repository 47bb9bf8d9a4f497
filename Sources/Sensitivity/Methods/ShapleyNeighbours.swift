import Foundation
import Sampling
import Simulation

/// Shapley effects from given draws: conditional variances among nearest neighbours.
///
/// For a set J of inputs, E Var(Y | X_J) is the mean over draws of the target's variance among the draws nearest in
/// X_J, the draw itself included (Broto, Bachoc & Depecker 2020, doi:10.1137/18M1234631, section 4). Whatever ties the
/// inputs is in the draws; nothing needs to be known of it. Distances are of ranks, so that units play no part. The
/// error from neighbours' not being equal grows with the number of inputs, and is not in the intervals.
public enum ShapleyNeighbours: SensitivityMethod {
  /// The name as written after `--method`.
  public static let name = "shapley-neighbours"
  /// One line for a reader.
  public static let summary = "Shapley effects from the run's own draws, whatever ties the inputs"
  /// Whether factors must be independent.
  public static let needsIndependence = false
  /// Whether figures are shares of a variance.
  public static let needsVariance = true
  /// The indices, the one that factors are ranked by first.
  public static let indices = [
    SensitivityIndex(
      "Sh_nn", "Shapley effect", "the share of the variance that an input adds, averaged over all orders")
  ]

  /// Draws of a neighbourhood, as Broto et al. advise.
  static let neighbours = 3
  /// Draws among which neighbours are sought, and draws whose neighbourhoods are looked at.
  static let draws = 1 << 14
  static let centres = 1024
  /// Subsets, at most, where orders are drawn.
  static let mostSubsets = 600

  /// Each target's figures.
  public static func results(for problem: SensitivityProblem) throws -> [MethodResult] {
    var own = problem
    own.options.draws = draws
    let sample = try GivenSample(own)
    let subsets = ShapleySubsets(
      players: problem.factors.count, limit: mostSubsets, seed: problem.model.settings.seed)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: Replicates.count, count: min(200, problem.options.bootstraps))
    let columns = problem.factors.indices.map { factor in
      sample.columns.indices.filter { sample.columns[$0].factor == factor }
        .map { column in sample.inputs[column].ranks.map(Float.init) }
    }
    let options = problem.options.engine
    // For each subset the neighbours of all centres, found once for all targets.
    let done = Counter(subsets.subsets.count, options)
    let found = concurrent(subsets.subsets.count) { number -> [Int32] in
      guard !done.isCancelled else { return [] }
      defer { done.advance() }
      return neighbourhoods(subsets.subsets[number].flatMap { columns[$0] }, count: sample.count)
    }
    if done.isCancelled { throw CancellationError() }
    return problem.targets.indices.map { target in
      let y = sample.targets[target].values
      let finite = y.filter(\.isFinite)
      let mean = finite.reduce(0, +) / Double(max(1, finite.count))
      let variance = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, finite.count - 1))
      // By subset and group of draws, the sums of variances within neighbourhoods.
      let within = found.map { places -> [MeanSums] in
        var sums = [MeanSums](repeating: MeanSums(), count: Replicates.count)
        for centre in 0..<(places.count / neighbours) {
          let values = (0..<neighbours).map { y[Int(places[centre * neighbours + $0])] }
          let average = values.reduce(0, +) / Double(neighbours)
          let spread = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(neighbours - 1)
          let group = Self.draw(ofCentre: centre, count: sample.count) / AddressBlock.draws % Replicates.count
          if spread.isFinite { sums[group].add(MeanSums(count: 1, sum: spread / variance), times: 1) }
        }
        return sums
      }
      func effects(_ weights: UnsafeBufferPointer<Double>?) -> [Double] {
        subsets.effects(within.map { 1 - (weights.map($0.weighted) ?? $0.total).mean } + [1])
      }
      let all = effects(nil)
      let samples = resampling.samples { effects($0) }
      return MethodResult(
        method: name, target: target,
        estimates: problem.factors.enumerated().map { position, factor in
          resampling.estimate(
            all[position], samples: samples.map { $0[position] }, floor: 0, "Sh_nn", of: [position],
            named: factor.name)
        }, noiseFloors: ["Sh_nn": 0], main: "Sh_nn",
        effort: "\(subsets.text), \(centres) neighbourhoods of \(neighbours) among \(sample.effort(own))",
        notes: [sample.lossNote(of: target)].compactMap(\.self), nonFinite: sample.lost[target])
    }
  }

  /// The draw that is the n-th centre: spread evenly over all.
  private static func draw(ofCentre centre: Int, count: Int) -> Int { centre * (count / centres) + centre % 7 }

  /// The draws nearest to each centre, itself first.
  private static func neighbourhoods(_ columns: [[Float]], count: Int) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(centres * neighbours)
    var distances = [Float](repeating: 0, count: count)
    for centre in 0..<centres {
      let own = draw(ofCentre: centre, count: count)
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
      var best = [(Float.infinity, Int32(own)), (Float.infinity, Int32(own))]
      for draw in 0..<count where distances[draw] < best[1].0 && draw != own {
        if distances[draw] < best[0].0 {
          best = [(distances[draw], Int32(draw)), best[0]]
        } else {
          best[1] = (distances[draw], Int32(draw))
        }
      }
      result += [Int32(own), best[0].1, best[1].1]
    }
    return result
  }

  /// How many subsets are done, told to whoever watches.
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
