import Sampling
import Simulation

/// Given-data statistics that compare a target's distribution within bins of an input with that of all draws.
///
/// They are biased by noise and by the width of bins. The first bias is extrapolated by `ReplicateExtrapolation`, the
/// second from tables with half the bins: the value is that of the fine table plus a multiple of its difference from
/// the coarse one, and the interval is widened by the uncertainty of the extrapolation.
struct ConditioningScan {
  /// An index, and the extrapolation over its bins.
  struct ScannedIndex {
    var name: String
    /// The remaining bias of bins, as a multiple of fine less coarse: 1/3 if the error is proportional to the square of
    /// the bins' width, 1 if it is proportional to the width. Nil for an index whose bias is not known well enough for
    /// an interval.
    var beyond: ClosedRange<Double>?
    /// Whether intervals have been shown to cover the truth; otherwise none is given.
    var hasInterval = true
  }

  /// Numbers of bins of inputs and of the target; the former is even.
  var inputBins: Int
  var targetBins: Int
  /// The indices that `figures` computes, in order.
  var indices: [ScannedIndex]
  /// Whether coarse tables also have half the target's bins.
  var mergesTarget: Bool
  /// The statistics of a table of counts.
  var figures: @Sendable (_ table: ContingencyTable) -> [Double]

  /// Maximum number of joint bootstrap samples.
  static let mostSamples = 200

  /// A result for each target.
  func results(of method: any SensitivityMethod.Type, _ problem: SensitivityProblem) throws -> [MethodResult] {
    let sample = try GivenSample.draw(problem)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: Replicates.count,
      count: min(Self.mostSamples, problem.options.bootstraps))
    return problem.targets.indices.map { target in
      if let reason = sample.refusal(of: target) {
        return MethodResult(nothing: reason, method, target: target, problem, sample)
      }
      let inputs = sample.inputs(for: target)
      let target = (number: target, bins: sample.targets[target].bins(targetBins))
      let found = concurrentMap(inputs.count, workers: sample.workers) { number in
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
                figure, floor: floor, index.name, of: [column.factor], named: column.name, range: 0...1)
              : IndexEstimate(
                withoutInterval: min(1, figure.value), index.name, of: [column.factor], named: column.name,
                floor: floor))
        }
      }
      var notes = [sample.lossNote(of: target.number)].compactMap(\.self)
      for index in indices where !index.hasInterval {
        notes.append("\(index.name): no interval, because its bias is not known well enough")
      }
      return MethodResult(
        method: method.name, target: target.number, estimates: estimates, noiseFloors: floors, main: indices[0].name,
        effort: sample.effort(problem), notes: notes, nonFinite: sample.lost[target.number])
    }
  }

  /// The statistics of an input's bins against the target's.
  private func figures(_ x: [Int32], _ y: [Int32]) -> [UncertainEstimate] {
    let (inputs, targets) = (Int((x.max() ?? 0) + 1), Int((y.max() ?? 0) + 1))
    // Fewer bins are distinct values, which cause no bias.
    let halvesInputs = inputs == inputBins
    let halvesTargets = mergesTarget && targets == targetBins
    let counts = ContingencyTable.counts(x, inputs, y, targets)
    func tables(_ cells: [Double]) -> (fine: ContingencyTable, coarse: ContingencyTable) {
      let table = ContingencyTable(cells: cells, inputs: inputs, targets: targets, isDiscrete: !halvesInputs)
      return (table, table.coarse(halvesInputs: halvesInputs, halvesTargets: halvesTargets))
    }
    // Determined once from all draws: in parts of them, noise would hide some.
    let whole = counts.dropFirst().reduce(counts[0]) { zip($0, $1).map(+) }
    let hidden = HiddenJumps(in: tables(whole).fine, ofInputs: halvesInputs, ofTargets: halvesTargets)
    let found = ReplicateExtrapolation.figures(counts) { cells in
      var (fine, coarse) = tables(cells)
      fine.hidden = hidden
      coarse.hidden = hidden.coarse(halvesInputs: halvesInputs, halvesTargets: halvesTargets)
      return figures(fine) + figures(coarse)
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
  /// The result of a target for which nothing can be estimated.
  init(
    nothing reason: String, _ method: any SensitivityMethod.Type, target: Int, _ problem: SensitivityProblem,
    _ sample: GivenSample
  ) {
    self.init(
      method: method.name, target: target, estimates: [], noiseFloors: [:], main: method.indices[0].name,
      effort: sample.effort(problem), notes: [reason], nonFinite: sample.lost[target])
  }
}

/// The upper bound of an inert input's statistics, the noise floor.
enum NoiseFloor {
  /// The prediction bound of a further statistic like the given ones, with a probability of 97.5 %:
  /// mean + t(n - 1) sd sqrt(1 + 1 / n).
  static func upper(_ figures: [Double]) -> Double {
    let n = Double(figures.count)
    let mean = figures.reduce(0, +) / n
    let variance = figures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    return mean + Resampling.quantile(df: figures.count - 1) * (variance * (1 + 1 / n)).squareRoot()
  }
}
