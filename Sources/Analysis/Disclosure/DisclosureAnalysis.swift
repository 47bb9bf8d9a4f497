import Modeling
import Sampling
import Simulation
import VectorMath

/// The value of information of disclosing inputs: the expected reduction of the width of a target's 90 % interval,
/// E[prior width - width given the true values], for single inputs, for the best pair, and for a sequence of inputs.
package struct DisclosureAnalysis: Sendable {
  /// The gain of disclosing one or several inputs.
  package struct Gain: Sendable {
    /// The positions of the disclosed factors; the last one of a sequence is the last disclosed.
    package var factors: [Int]
    /// The expected width of the 90 % interval, in base units; never negative.
    package var width: Double
    /// The reduction of the width compared with the prior. It is negative only if it is so beyond its error: an input that
    /// rarely has an effect, but then a large one, leaves wider intervals on average than the prior, which does not
    /// contain these cases.
    package var gain: Double
    /// The standard error of the gain: the root of the summed squares of the sampling error and of the possible bias by
    /// the width of bins and near the edges of atoms; NaN if it is unknown. The possible bias counts in full, because
    /// without it intervals of gains
    /// covered the truth in only 160 to 173 of 200 runs for three of twelve inputs.
    package var error: Double
    /// Whether the gain is above the noise floor of an inert input, and its own 95 % interval is above zero. Nil if
    /// this is unknown: an unknown error is not evidence of no gain.
    package var distinguishable: Bool?

    /// Whether the gain is known to be distinguishable from that of an inert input.
    package var isDistinguishable: Bool { distinguishable == true }
    /// Whether the gain is known to be indistinguishable from that of an inert input; only then may it be omitted.
    package var isIndistinguishable: Bool { distinguishable == false }
    /// Half the width of the 95 % interval of the gain.
    package var reach: Double { Resampling.quantile(df: ExpectedConditionalWidth.measuredReplicates - 1) * error }
  }

  /// The gains for one target.
  package struct Result: Sendable {
    /// The target, by its position.
    package var target: Int
    /// The width without disclosure, in base units.
    package var prior: Double
    /// The gain of each factor that the target depends on, the largest first.
    package var singles: [Gain]
    /// The pair with the largest gain, among the first `pairCandidates` singles.
    package var pair: Gain?
    /// The best first disclosure, the best second one given the first, and so on; if inputs state who could disclose
    /// them (`disclosable_by`), only those are considered.
    package var questions: [Gain]
    /// The noise floor, at least 0: an inert input's gain is below it with a probability of 97.5 %.
    package var floor: Double
    /// Remarks on the estimates.
    package var notes: [String]
  }

  /// Number of factors considered for the best pair: those with the largest gains.
  package static let pairCandidates = 16
  /// Number of factors considered for each step of the sequence.
  package static let questionCandidates = 32

  /// The problem.
  package let problem: SensitivityProblem
  /// The gains, by target.
  package let results: [Result]
  /// The draws used, in words.
  package let effort: String
  /// The elapsed time.
  package let seconds: Double

  /// Computes the gains for a problem's targets.
  ///
  /// - Parameters:
  ///   - problem: the targets, factors and options.
  ///   - questions: the maximum number of steps of the sequence.
  /// - Throws: `Diagnostics`, `CancellationError`.
  package static func run(_ problem: SensitivityProblem, questions: Int) throws -> DisclosureAnalysis {
    let start = ContinuousClock.now
    let sample = try GivenSample.draw(problem, asValues: true)
    let results = problem.targets.indices.map { result(of: $0, problem, sample, questions: questions) }
    return DisclosureAnalysis(
      problem: problem, results: results, effort: sample.effort(problem),
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private static func result(
    of target: Int, _ problem: SensitivityProblem, _ sample: GivenSample, questions: Int
  ) -> Result {
    let widths = ExpectedConditionalWidth(sample, target: target)
    let prior = widths.prior
    // The observable columns of each factor that the target depends on.
    var columns: [Int: [Int]] = [:]
    // Nobody can publish a latent total.
    let latent = Set(problem.model.latents.map(\.input))
    for (number, column) in sample.columns.enumerated()
    where problem.needs(target, column.factor) && latent.isDisjoint(with: problem.factors[column.factor].quantities) {
      columns[column.factor, default: []].append(number)
    }
    let inertPlaces = sample.columns.count..<sample.inputs.count
    let inert = concurrentMap(inertPlaces.count, workers: sample.workers) { number in
      prior.value - widths.posterior([inertPlaces.lowerBound + number]).value
    }
    let limit = NoiseFloor.upper(inert)
    let floor = limit < 0 ? 0 : limit
    func gains(_ sets: [[Int]]) -> [Gain] {
      let known = columns
      return concurrentMap(sets.count, workers: sample.workers) { number in
        let posterior = widths.posterior(sets[number].flatMap { known[$0] ?? [] })
        let gain = ReplicateExtrapolation.Statistic(
          value: prior.value - posterior.value, without: zip(prior.without, posterior.without).map { $0 - $1 }, doubt: 0
        ).uncertain
        var result = Gain(
          factors: sets[number], width: max(posterior.value, 0), gain: gain.value,
          error: PortableMath.hypot(gain.error, posterior.doubt + prior.doubt), distinguishable: nil)
        // `max` would turn NaN into 0.
        if posterior.value.isNaN { result.width = .nan }
        if result.width > prior.value, result.width - prior.value <= result.reach { result.width = prior.value }
        result.gain = prior.value - result.width
        if gain.value.isFinite, gain.error.isFinite, floor.isFinite {
          result.distinguishable = gain.value > floor && gain.value > result.reach
        }
        return result
      }
    }
    let singles = gains(columns.keys.sorted().map { [$0] }).sorted {
      ($0.gain.isNaN ? -.infinity : $0.gain) > ($1.gain.isNaN ? -.infinity : $1.gain)
    }
    let likely = singles.map { $0.factors[0] }
    // If the scenario states who could disclose inputs, the others have no discloser.
    let held = likely.filter { factor in
      !problem.factors[factor].parties(in: problem.model).isEmpty
    }
    let askable = held.isEmpty ? likely : held
    let first = Array(likely.prefix(pairCandidates))
    let pairs = first.indices.flatMap { i in first[..<i].map { [$0, first[i]] } }
    let pair = gains(pairs).max { $0.gain < $1.gain }
    var asked = singles.filter { $0.factors[0] == askable.first }
    while asked.count < questions, let last = asked.last {
      let open = askable.prefix(questionCandidates).filter { !last.factors.contains($0) }
      guard let best = gains(open.map { last.factors + [$0] }).max(by: { $0.gain < $1.gain }), best.gain > last.gain
      else { break }
      asked.append(best)
    }
    var notes = [sample.lossNote(of: target)].compactMap(\.self)
    if singles.count > pairCandidates {
      notes.append("the best pair was searched among the first \(pairCandidates) inputs")
    }
    if !held.isEmpty, held.count < likely.count {
      notes.append("the recommended order contains only inputs with disclosable_by")
    }
    if !prior.value.isFinite { notes.append("the output is finite in too few draws to measure widths") }
    return Result(
      target: target, prior: prior.value, singles: singles, pair: pair, questions: Array(asked.prefix(questions)),
      floor: floor, notes: notes)
  }
}
