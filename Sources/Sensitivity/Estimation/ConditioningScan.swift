import Sampling
import Simulation

/// Statistics of given data that compare a target's distribution within classes of an input with that of all draws.
///
/// Both the noise and the width of classes bias them. The first is extrapolated by `ReplicateExtrapolation`, the second from
/// tables with half the classes: the value is the fine one plus a part of its difference from the coarse one, and the
/// interval is wider by what the extrapolation leaves open.
struct ConditioningScan {
  /// An index, and how its classes are extrapolated.
  struct Index {
    var name: String
    /// What the classes hide, as a multiple of fine less coarse: 1/3 where the error falls as the square of the classes'
    /// width, 1 where it falls as the width. Nil for an index whose bias is not known well enough for an interval.
    var beyond: ClosedRange<Double>?
    /// Whether intervals have been shown to hold the truth; else none is given.
    var hasInterval = true
  }

  /// Classes of inputs and of the target; the former are an even number.
  var inputBins: Int
  var targetBins: Int
  /// The indices that `figures` gives, in order.
  var indices: [Index]
  /// Whether coarse tables have half the target's classes too.
  var mergesTarget: Bool
  /// The statistics of a table of counts.
  var figures: @Sendable (_ table: ContingencyTable) -> [Double]

  /// Joint bootstrap samples, at most.
  static let mostSamples = 200

  /// A result for each target.
  func results(of method: any SensitivityMethod.Type, _ problem: SensitivityProblem) throws -> [MethodResult] {
    let sample = try GivenSample(problem)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: Replicates.count,
      count: min(Self.mostSamples, problem.options.bootstraps))
    return problem.targets.indices.map { target in
      if let reason = sample.refusal(of: target) {
        return MethodResult(nothing: reason, method, target: target, problem, sample)
      }
      let inputs = sample.inputs(for: target)
      let target = (number: target, bins: sample.targets[target].bins(targetBins))
      let found = concurrent(inputs.count) { number in
        figures(inputs[number].bins(inputBins), target.bins)
      }
      var estimates: [IndexEstimate] = []
      var floors: [String: Double] = [:]
      for (position, index) in indices.enumerated() {
        let floor = NoiseFloor.upper(found[sample.columns.count...].map { $0[position].value })
        floors[index.name] = floor
        for (number, column) in sample.columns.enumerated() {
          let figure = found[number][position]
          estimates.append(
            index.hasInterval
              ? resampling.estimate(
                figure, floor: floor, index.name, of: [column.factor], named: column.name, isShare: true)
              : IndexEstimate(
                withoutInterval: min(1, figure.value), index.name, of: [column.factor], named: column.name,
                floor: floor))
        }
      }
      var notes = [sample.lossNote(of: target.number)].compactMap(\.self)
      for index in indices where !index.hasInterval {
        notes.append("\(index.name) has no interval: its bias is not known well enough")
      }
      return MethodResult(
        method: method.name, target: target.number, estimates: estimates, noiseFloors: floors, main: indices[0].name,
        effort: sample.effort(problem), notes: notes, nonFinite: sample.lost[target.number])
    }
  }

  /// The statistics of an input's classes against the target's.
  private func figures(_ x: [Int32], _ y: [Int32]) -> [UncertainEstimate] {
    let (inputs, targets) = (Int((x.max() ?? 0) + 1), Int((y.max() ?? 0) + 1))
    // Fewer classes are distinct values, which hide nothing.
    let halvesInputs = inputs == inputBins
    let halvesTargets = mergesTarget && targets == targetBins
    let counts = ContingencyTable.counts(x, inputs, y, targets)
    let found = ReplicateExtrapolation.figures(counts) { cells in
      let table = ContingencyTable(cells: cells, inputs: inputs, targets: targets, isDiscrete: !halvesInputs)
      return figures(table)
        + figures(table.coarse(halvesInputs: halvesInputs, halvesTargets: halvesTargets))
    }
    return indices.indices.map { position in
      let (fine, coarse) = (found[position], found[indices.count + position])
      guard let beyond = indices[position].beyond else { return fine.uncertain }
      let part = (beyond.lowerBound + beyond.upperBound) / 2
      let gap = fine.value - coarse.value
      return ReplicateExtrapolation.Statistic(
        value: fine.value + part * gap,
        without: zip(fine.without, coarse.without).map { $0 + part * ($0 - $1) },
        doubt: fine.doubt + (beyond.upperBound - beyond.lowerBound) / 2 * gap.magnitude
      ).uncertain
    }
  }
}

extension MethodResult {
  /// The result of a target of which nothing can be estimated.
  init(
    nothing reason: String, _ method: any SensitivityMethod.Type, target: Int, _ problem: SensitivityProblem,
    _ sample: GivenSample
  ) {
    self.init(
      method: method.name, target: target, estimates: [], noiseFloors: [:], main: method.indices[0].name,
      effort: sample.effort(problem), notes: [reason], nonFinite: sample.lost[target])
  }
}

/// The upper bound of an inert input's statistics.
enum NoiseFloor {
  /// The bound of a further figure like some, with a probability of 97.5 %: mean + t(n - 1) sd sqrt(1 + 1 / n).
  static func upper(_ figures: [Double]) -> Double {
    let n = Double(figures.count)
    let mean = figures.reduce(0, +) / n
    let variance = figures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    return mean + Resampling.quantile(df: figures.count - 1) * (variance * (1 + 1 / n)).squareRoot()
  }
}

/// What a function gives for 0 ..< count, in this order, made on all cores.
func concurrent<Result>(_ count: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
  concurrentMap(count, workers: 2, body)
}
