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
    /// The largest upper limit of the 95 % intervals of gains that cannot be distinguished from zero, at least the noise
    /// floor; nil if there are none.
    package var indistinguishableBound: Double? {
      let unclear = singles.filter(\.isIndistinguishable)
      return unclear.isEmpty ? nil : unclear.reduce(floor) { max($0, $1.gain + $1.reach) }
    }
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
    var progress = WorkProgress(problem.options.engine, targets: problem.targets.count, steps: questions)
    let draws = LevelReader.rounded(problem.options.draws)
    var drawing = problem
    drawing.options.engine.progress = progress.drawing
    let reader = try LevelReader(problem, inert: GivenSample.inertCount)
    let sample = try LevelSample(drawing, reader, draws: min(draws, DisclosureSearch.comparedDraws))
    let results = try problem.targets.indices.map { target in
      var own = problem
      own.options.engine.progress = progress.within(from: questions + 2, to: questions + 3)
      return try DisclosureSearch(own, sample, target: target).result(questions: questions, &progress)
    }
    return DisclosureAnalysis(
      problem: problem, results: results,
      effort: "\(draws) draws of the run, design \(problem.model.settings.design)",
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}
