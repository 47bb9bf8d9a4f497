import Modeling
import Simulation

/// Fits the boxes of one condition to one half of the draws, and evaluates them on the other.
struct DiscoverySearch {
  /// Minimum numbers of draws in which the condition holds and in which it fails.
  private static let leastCases = 200
  /// Minimum fraction of the cases in a further box.
  private static let worthwhile = 0.05

  private let problem: SensitivityProblem
  private let sample: GivenSample
  private let target: Int
  private let options: DiscoveryAnalysis.Options
  /// The columns that boxes may restrict, in reported form, and their bins.
  private let stated: [RestrictedColumn]
  private let columns: [BinnedColumn]
  private let isCase: [Bool]
  private let sought: [Int32]
  private let holdout: HoldoutSplit

  /// The search for a target's boxes in the columns that it depends on.
  init(
    _ problem: SensitivityProblem, _ sample: GivenSample, _ all: [RestrictedColumn], target: Int,
    options: DiscoveryAnalysis.Options
  ) {
    self.problem = problem
    self.sample = sample
    self.target = target
    self.options = options
    let binned = concurrentMap(all.count, workers: sample.workers) { number -> BinnedColumn? in
      BinnedColumn(all[number].column, isLabel: problem.model.categories(of: all[number].quantity) != nil)
    }
    stated = zip(all, binned).filter { $0.1 != nil }.map(\.0)
    columns = binned.compactMap(\.self)
    let values = sample.targets[target].values
    isCase = values.map { $0 == 1 }
    let finite = values.indices.filter { values[$0].isFinite }.map(Int32.init)
    sought = finite.filter { !HoldoutSplit.isHeldOut($0) }
    holdout = HoldoutSplit(of: finite, isCase: isCase)
  }

  /// The boxes and their statistics.
  func result() -> DiscoveryAnalysis.Result {
    var notes = [sample.lossNote(of: target)].compactMap(\.self)
    let share = holdout.density(of: holdout.all)
    let cases = sought.reduce(0) { $0 + (isCase[Int($1)] ? 1 : 0) }
    guard min(cases, sought.count - cases) >= Self.leastCases else {
      notes.append(
        cases * 2 < sought.count
          ? "it is true in too few draws to find circumstances" : "it is false in too few draws to find circumstances")
      return DiscoveryAnalysis.Result(
        target: target, share: share, boxes: [], together: nil, holdout: (holdout.all.count, holdout.caseCount),
        notes: notes)
    }
    var boxes: [DiscoveryAnalysis.Box] = []
    var open = sought
    var (openHoldout, taken) = (holdout.all, Set<Int32>())
    while boxes.count < options.boxes {
      let search = BoxSearch(
        columns, isCase, draws: open, objective: options.density.map(BoxSearch.Objective.density) ?? .correlation,
        mostInputs: options.inputs, workers: sample.workers)
      let finding = search.find()
      let bounds = BoxBounds(finding.best.box, of: self)
      let inside = bounds.inside(openHoldout, self)
      let density = holdout.density(of: inside)
      let coverage = holdout.coverage(of: inside)
      let rest = holdout.density(of: openHoldout)
      let margin = Resampling.quantile(df: HoldoutSplit.groups - 1) * density.error
      let isAbove = density.value - margin > rest.value
      // Without an error estimate the box cannot be compared with chance.
      if !finding.best.box.isEmpty, density.value > rest.value, margin.isNaN {
        notes.append(
          "a box was found whose density has no error estimate, since it contains too few draws: use more draws")
        break
      }
      guard !finding.best.box.isEmpty, isAbove, coverage.value >= Self.worthwhile else {
        notes.append(
          boxes.isEmpty
            ? "no box on a few inputs explains the condition" : "no further box improves on chance")
        break
      }
      boxes.append(
        DiscoveryAnalysis.Box(
          restrictions: restrictions(bounds, openHoldout), density: density, coverage: coverage,
          draws: inside.count, mass: Double(inside.count) / Double(max(1, holdout.all.count)),
          tradeoff: tradeoff(finding, openHoldout)))
      if let wanted = options.density, density.value < wanted {
        notes.append("box \(boxes.count) does not reach a density of \(wanted)")
      }
      taken.formUnion(inside)
      openHoldout.removeAll { taken.contains($0) }
      let covered = Set(bounds.inside(open, self))
      open.removeAll { covered.contains($0) }
      guard open.reduce(0, { $0 + (isCase[Int($1)] ? 1 : 0) }) >= Self.leastCases else { break }
    }
    let union = taken.sorted()
    return DiscoveryAnalysis.Result(
      target: target, share: share, boxes: boxes,
      together: boxes.count > 1 ? (holdout.density(of: union), holdout.coverage(of: union), union.count) : nil,
      holdout: (holdout.all.count, holdout.caseCount), notes: notes)
  }

  /// The restrictions of a box, the most important first.
  private func restrictions(_ bounds: BoxBounds, _ draws: [Int32]) -> [DiscoveryAnalysis.Restriction] {
    bounds.ranges.map { range -> DiscoveryAnalysis.Restriction in
      let others = bounds.without(range.column).inside(draws, self)
      let (name, id) = (stated[range.column].name, stated[range.column].quantity)
      let all = stated[range.column].column.values
      let scale = problem.model[id].unit.scale
      func share(_ isThere: (Double) -> Bool) -> Double {
        Double(all.reduce(0) { $0 + (isThere($1 / scale) ? 1 : 0) }) / Double(all.count)
      }
      return DiscoveryAnalysis.Restriction(
        name: name, quantity: id, least: range.least, largest: range.largest,
        labels: range.labels.map { kept in
          let labels = problem.model.categories(of: id) ?? []
          return kept.sorted().compactMap { labels.indices.contains($0) ? labels[$0] : nil }
        },
        below: range.least.map { least in share { $0 < least } } ?? 0,
        above: range.largest.map { largest in share { $0 > largest } } ?? 0,
        without: (holdout.density(of: others).value, holdout.coverage(of: others).value))
    }.sorted { $0.without.density < $1.without.density }
  }

  /// The alternative boxes, evaluated on other draws.
  private func tradeoff(_ finding: BoxSearch.Finding, _ draws: [Int32]) -> [DiscoveryAnalysis.Tradeoff] {
    let steps = finding.peeled.map { (true, $0) } + finding.simplified.map { (false, $0) }
    return steps.map { isPeeled, step in
      let bounds = BoxBounds(step.box, of: self)
      let inside = bounds.inside(draws, self)
      return DiscoveryAnalysis.Tradeoff(
        isPeeled: isPeeled, inputs: bounds.ranges.map { stated[$0.column].name },
        density: holdout.density(of: inside).value, coverage: holdout.coverage(of: inside).value,
        mass: Double(inside.count) / Double(max(1, holdout.all.count)),
        isTaken: !isPeeled && step.box == finding.best.box)
    }
  }

  // MARK: Data for bounds

  /// The bins of a column.
  func column(_ number: Int) -> BinnedColumn { columns[number] }

  /// A column's values, and the divisor that converts them to the reported unit.
  func values(_ number: Int) -> (values: [Double], scale: Double) {
    (stated[number].column.values, problem.model[stated[number].quantity].unit.scale)
  }
}

extension ScalarColumn {
  /// The quantity of the column.
  func quantity(in problem: SensitivityProblem) -> QuantityID {
    if case .cell(let id, _) = request { return id }
    return problem.factors[factor].quantities[0]
  }
}

extension Model {
  /// The labels that an input's values represent; nil for numbers.
  func categories(of id: QuantityID) -> [String]? { self[id].input?.categories.map { self[$0].labels } }
}
