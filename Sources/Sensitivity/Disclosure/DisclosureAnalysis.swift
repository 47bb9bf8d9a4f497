import Modeling
import Sampling
import Simulation

/// What publication of inputs' true values would be worth: how much narrower a target's 90 % interval would be, on
/// average over what might be published; the best pair; and which figures to ask for, one after another.
public struct DisclosureAnalysis: Sendable {
  /// What a figure, or several, would gain.
  public struct Gain: Sendable {
    /// The factors that are known, by their positions, the last asked for last.
    public var factors: [Int]
    /// The expected width of the 90 % interval, in base units.
    public var width: Double
    /// How much narrower that is than with nothing known.
    public var gain: Double
    /// The standard error of the gain: that of the draws and the correction for the width of classes, as squares; not a number
    /// where it is unknown. The correction counts in full, since without it intervals of gains held the truth in 160 to
    /// 173 of 200 runs for three of twelve inputs.
    public var error: Double
    /// Whether the gain is above what an inert input could seem to have, and its own 95 % interval above zero. Nil where
    /// that is unknown: an unknown error is not the absence of a gain.
    public var distinguishable: Bool?

    /// Whether it is known to be distinguishable from that of an inert input.
    public var isDistinguishable: Bool { distinguishable == true }
    /// Whether it is known not to be: only then may it be left out.
    public var isIndistinguishable: Bool { distinguishable == false }
    /// Half the width of the 95 % interval of the gain.
    public var reach: Double { Resampling.quantile(df: ExpectedConditionalWidth.measuredReplicates - 1) * error }
  }

  /// The gains for one target.
  public struct Result: Sendable {
    /// The target, by its position.
    public var target: Int
    /// The width with nothing known, in base units.
    public var prior: Double
    /// Of each factor that the target needs, the largest first.
    public var singles: [Gain]
    /// The best two together, of the first `pairCandidates` singles.
    public var pair: Gain?
    /// The best first question, the best second one after it, and so on; where inputs say who could publish them
    /// (`disclosable_by`), of those.
    public var questions: [Gain]
    /// What an inert input stays below, with a probability of 97.5 %.
    public var floor: Double
    /// What to know about the figures.
    public var notes: [String]
  }

  /// Factors among which the best pair is sought: those of the largest gains.
  public static let pairCandidates = 16
  /// Factors among which each next question is chosen.
  public static let questionCandidates = 32

  /// What was asked.
  public let problem: SensitivityProblem
  /// The gains, by target.
  public let results: [Result]
  /// The draws they were taken from.
  public let effort: String
  /// The time that it took.
  public let seconds: Double

  /// The gains for a problem's targets.
  ///
  /// - Parameters:
  ///   - problem: what is to be explained.
  ///   - questions: how many to ask, one after another.
  /// - Throws: `Diagnostics`, `CancellationError`.
  public init(of problem: SensitivityProblem, questions: Int) throws {
    let start = ContinuousClock.now
    let sample = try GivenSample(problem, asValues: true)
    self.problem = problem
    results = problem.targets.indices.map { Self.result(of: $0, problem, sample, questions: questions) }
    effort = sample.effort(problem)
    let elapsed = (ContinuousClock.now - start).components
    seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
  }

  private static func result(
    of target: Int, _ problem: SensitivityProblem, _ sample: GivenSample, questions: Int
  ) -> Result {
    let widths = ExpectedConditionalWidth(sample, target: target)
    let prior = widths.prior
    // What can be seen of each factor that the target needs.
    var columns: [Int: [Int]] = [:]
    for (number, column) in sample.columns.enumerated() where problem.needs(target, column.factor) {
      columns[column.factor, default: []].append(number)
    }
    let inertPlaces = sample.columns.count..<sample.inputs.count
    let inert = concurrent(inertPlaces.count) { number in
      prior.value - widths.posterior([inertPlaces.lowerBound + number]).value
    }
    let floor = NoiseFloor.upper(inert)
    func gains(_ sets: [[Int]]) -> [Gain] {
      let known = columns
      return concurrent(sets.count) { number in
        let posterior = widths.posterior(sets[number].flatMap { known[$0] ?? [] })
        let gain = ReplicateExtrapolation.Statistic(
          value: prior.value - posterior.value, without: zip(prior.without, posterior.without).map { $0 - $1 }, doubt: 0
        ).uncertain
        var result = Gain(
          factors: sets[number], width: posterior.value, gain: gain.value,
          error: hypot(gain.error, posterior.doubt), distinguishable: nil)
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
    // Where the scenario says who holds figures, the others are of no one to ask.
    let held = likely.filter { factor in
      problem.factors[factor].quantities.contains { problem.model[$0].provenance.disclosableBy != nil }
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
    if singles.count > pairCandidates { notes.append("the pair is the best of the first \(pairCandidates) inputs") }
    if !held.isEmpty, held.count < likely.count { notes.append("questions are of inputs that say who holds them") }
    if !prior.value.isFinite { notes.append("the output is finite in too few draws to measure widths") }
    return Result(
      target: target, prior: prior.value, singles: singles, pair: pair, questions: Array(asked.prefix(questions)),
      floor: floor, notes: notes)
  }
}
