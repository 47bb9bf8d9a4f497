import Modeling
import Sampling
import Simulation
import VectorMath

/// Estimates the gains of one target: of single factors, of the best pair, and of a sequence.
///
/// The best pair and the sequence are found from as many draws as an analysis takes by default. If there are more, gains
/// are then estimated from all of them, whose bins alone are kept.
struct DisclosureSearch {
  typealias Gain = DisclosureAnalysis.Gain

  /// The draws from which sets of factors are found.
  static let comparedDraws = 1 << 17

  private let problem: SensitivityProblem
  private let sample: LevelSample
  private let target: Int
  /// The observable columns of each factor that the target depends on.
  private let columns: [Int: [Int]]

  /// The search for a target's gains in the first draws of a problem.
  init(_ problem: SensitivityProblem, _ sample: LevelSample, target: Int) {
    (self.problem, self.sample, self.target) = (problem, sample, target)
    var columns: [Int: [Int]] = [:]
    // Nobody can publish a latent total.
    let latent = Set(problem.model.latents.map(\.input))
    for (number, column) in sample.reader.columns.enumerated()
    where problem.needs(target, column.factor) && latent.isDisjoint(with: problem.factors[column.factor].quantities) {
      columns[column.factor, default: []].append(number)
    }
    self.columns = columns
  }

  /// The gains, with a sequence of at most this many steps.
  ///
  /// - Throws: `Diagnostics`, `CancellationError`.
  func result(questions: Int, _ progress: inout WorkProgress) throws -> DisclosureAnalysis.Result {
    let ordered = OrderedTarget(sample.values(target))
    let first = DisclosureWidths(ExpectedConditionalWidth(ordered))
    let all = columns.values.flatMap(\.self)
    let levels = TargetLevels(sample, ordered, columns: all)
    let moments = ScoreMoments(scores: sample.scores, levels: levels.fit, wanted: ordered.fitScores)
    func compared(_ sets: [[Int]]) -> [Compared] {
      moments.prepare(sets.compactMap(momentsNeeded), workers: sample.workers)
      return concurrentMap(sets.count, workers: sample.workers) { number in
        let factors = sets[number]
        // Nothing is left if all that the target depends on is known.
        let known = factors.reduce(into: Set()) { $0.formUnion(problem.factors[$1].coordinates) }
        guard !problem.needed[target].isSubset(of: known) else {
          return Compared(gain: first.gain(of: factors, nil, []), rule: nil)
        }
        let (rule, bins) = ConditioningRule.fitted(
          ordered, sample, levels, moments, given: factors.flatMap { columns[$0] ?? [] })
        return Compared(gain: first.gain(of: factors, rule, bins), rule: rule)
      }
    }
    var singles = Self.ranked(compared(columns.keys.sorted().map { [$0] }))
    try progress.step()
    let likely = singles.map { $0.gain.factors[0] }
    // If the scenario states who could disclose inputs, the others have no discloser.
    let held = likely.filter { !problem.factors[$0].parties(in: problem.model).isEmpty }
    let askable = held.isEmpty ? likely : held
    let candidates = Array(likely.prefix(DisclosureAnalysis.pairCandidates))
    var pair = compared(candidates.indices.flatMap { i in candidates[..<i].map { [$0, candidates[i]] } }).max {
      $0.gain.gain < $1.gain.gain
    }
    try progress.step()
    var asked = singles.filter { $0.gain.factors[0] == askable.first }
    while asked.count < questions, let last = asked.last?.gain {
      let open = askable.prefix(DisclosureAnalysis.questionCandidates).filter { !last.factors.contains($0) }
      guard let best = compared(open.map { last.factors + [$0] }).max(by: { $0.gain.gain < $1.gain.gain }),
        best.gain.gain > last.gain
      else { break }
      asked.append(best)
      try progress.step()
    }
    asked = Array(asked.prefix(questions))
    var widths = first
    let inert = (0..<GivenSample.inertCount).map { number in
      ConditioningRule(inertLevels: inertLevels(number, ordered.draws))
    }
    var (lost, count) = (sample.values(target).reduce(0) { $0 + ($1.isFinite ? 0 : 1) }, sample.count)
    if LevelReader.rounded(problem.options.draws) > sample.count {
      let sets = singles + (pair.map { [$0] } ?? []) + asked
      let found = sets.map(\.rule)
      let all = try DisclosedBins(problem, sample.reader, target: target, found.compactMap(\.self))
      (lost, count) = (all.count - all.ordered.finite, all.count)
      widths = DisclosureWidths(ExpectedConditionalWidth(all.ordered))
      let places = found.indices.map { place in found[..<place].count { $0 != nil } }
      widths.setFloor(inert, workers: sample.workers) { inertLevels($0, all.ordered.draws) }
      let gains = concurrentMap(sets.count, workers: sample.workers) { [widths] number in
        Compared(
          gain: widths.gain(
            of: sets[number].gain.factors, found[number], found[number].map { _ in all.bins(places[number]) } ?? []),
          rule: nil)
      }
      singles = Self.ranked(Array(gains[..<singles.count]))
      asked = gains.suffix(asked.count)
      pair = pair.map { _ in gains[singles.count] }
    } else {
      widths.setFloor(inert, workers: sample.workers) { inertLevels($0, ordered.draws) }
    }
    try progress.endTarget()
    func judged(_ compared: Compared) -> Gain { widths.judged(compared.gain) }
    var notes = lost > 0 ? [GivenSample.lossNote(lost: lost, of: count)] : []
    if singles.count > DisclosureAnalysis.pairCandidates {
      notes.append("the best pair was searched among the first \(DisclosureAnalysis.pairCandidates) inputs")
    }
    if !held.isEmpty, held.count < likely.count {
      notes.append("the recommended order contains only inputs with disclosable_by")
    }
    if !widths.prior.value.isFinite { notes.append("the output is finite in too few draws to measure widths") }
    return DisclosureAnalysis.Result(
      target: target, prior: widths.prior.value, singles: singles.map(judged), pair: pair.map(judged),
      questions: asked.map(judged), floor: widths.floor, notes: notes)
  }

  /// A gain with the rule by which draws were assigned to bins; no rule if everything is known.
  private struct Compared {
    var gain: Gain
    var rule: ConditioningRule?
  }

  /// The moments that a set's regression needs; nil if it needs none, or computes its own.
  private func momentsNeeded(_ factors: [Int]) -> (columns: [Int], squares: Bool)? {
    let known = factors.flatMap { columns[$0] ?? [] }.filter { !sample.reader.edges[$0].isDiscrete }
    guard !ScorePrediction.hasProducts(known.count) else { return nil }
    return (known, ScorePrediction.hasSquares(known.count))
  }

  /// The largest gain first; unknown ones last.
  private static func ranked(_ gains: [Compared]) -> [Compared] {
    func key(_ compared: Compared) -> Double { compared.gain.gain.isNaN ? -.infinity : compared.gain.gain }
    return gains.sorted { key($0) > key($1) }
  }

  /// The levels of an inert input in some draws.
  private func inertLevels(_ number: Int, _ draws: [Int32]) -> [UInt8] {
    let blocks = (Int(draws.max() ?? 0)) / AddressBlock.draws + 1
    let all = (0..<blocks).flatMap { sample.reader.inertLevels(number, block: $0) }
    return draws.map { all[Int($0)] }
  }
}
