import Simulation

/// Figures of given data that compare a target's distribution within classes of an input with that of all draws.
struct ClassScan {
  /// Classes of inputs and of the target.
  var inputClasses: Int
  var targetClasses: Int
  /// The indices that `figures` gives, in order.
  var indices: [String]
  /// The figures of a table of counts.
  var figures: @Sendable (_ table: [Double], _ inputClasses: Int, _ targetClasses: Int) -> [Double]
  /// Whether the bootstrap's estimate of bias is taken off (Plischke et al. 2013, section 4).
  var correctsBias: Bool

  /// Bootstrap samples, at most: each sums a whole table.
  static let mostSamples = 200

  /// A result for each target.
  func results(of method: any SensitivityMethod.Type, _ problem: SensitivityProblem) throws -> [MethodResult] {
    let sample = try GivenSample(problem)
    let resampling = Resampling(
      seed: problem.model.settings.seed, groups: 16, count: min(Self.mostSamples, problem.options.bootstraps))
    let classes = concurrent(sample.inputs.count) { sample.inputs[$0].classes(inputClasses) }
    return problem.targets.indices.map { target in
      let own = sample.targets[target].classes(targetClasses)
      let raw = concurrent(sample.inputs.count) { number -> (value: [Double], samples: [[Double]]) in
        let counts = ClassCounts(classes[number], inputClasses, own, targetClasses)
        let value = figures(counts.table(), inputClasses, targetClasses)
        let samples = resampling.samples { figures(counts.table($0), inputClasses, targetClasses) }
        guard correctsBias else { return (value, samples) }
        let means = value.indices.map { index in
          samples.reduce(0) { $0 + $1[index] } / Double(max(1, samples.count))
        }
        return (value.indices.map { samples.isEmpty ? value[$0] : 2 * value[$0] - means[$0] }, samples)
      }
      var estimates: [IndexEstimate] = []
      var floors: [String: Double] = [:]
      for (position, index) in indices.enumerated() {
        let floor = NoiseFloor.upper(raw[sample.columns.count...].map { $0.value[position] })
        floors[index] = floor
        for (number, column) in sample.columns.enumerated() {
          estimates.append(
            resampling.estimate(
              raw[number].value[position], samples: raw[number].samples.map { $0[position] }, floor: floor, index,
              of: [column.factor], named: column.name))
        }
      }
      return MethodResult(
        method: method.name, target: target, estimates: estimates, noiseFloors: floors, main: indices[0],
        effort: sample.effort(problem), notes: [sample.lossNote(of: target)].compactMap(\.self),
        nonFinite: sample.lost[target])
    }
  }
}

/// What an inert input's figure stays below.
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
