import Modeling
import Simulation

/// Fits the boxes of one condition to one half of the draws, and evaluates them on the other.
struct DiscoverySearch {
  /// The draws of both halves that boxes are fitted to and accepted by: as many as an analysis takes by default.
  static let searchedDraws = 1 << 17
  /// Minimum numbers of draws in which the condition holds and in which it fails.
  private static let leastCases = 200
  /// Minimum fraction of the cases in a further box.
  private static let worthwhile = 0.05

  private let problem: SensitivityProblem
  private let target: Int
  private let options: DiscoveryAnalysis.Options
  /// The columns that boxes may restrict, in reported form, their positions in samples, and their bins in the first one.
  private let stated: [RestrictedColumn]
  private let positions: [Int]
  private let columns: [BinnedColumn]
  /// The draws that boxes are fitted to.
  private let first: LevelSample
  /// The draws that boxes are evaluated on.
  private var sample: LevelSample
  private var isCase: [Bool]
  private var holdout: HoldoutSplit
  private var findings: [BoxSearch.Finding] = []
  private var notes: [String] = []

  /// The search for a target's boxes in some columns, which have positions in the sample.
  init(
    _ problem: SensitivityProblem, _ sample: LevelSample, _ all: [(stated: RestrictedColumn, position: Int)],
    target: Int, options: DiscoveryAnalysis.Options
  ) {
    self.problem = problem
    self.target = target
    self.options = options
    let binned = all.map { column in
      BinnedColumn(sample, column.position, isLabel: problem.model.categories(of: column.stated.quantity) != nil)
    }
    let places = binned.indices.filter { binned[$0] != nil }
    stated = places.map { all[$0].stated }
    positions = places.map { all[$0].position }
    columns = binned.compactMap(\.self)
    (first, self.sample) = (sample, sample)
    (isCase, holdout) = Self.split(sample, target)
  }

  private static func split(_ sample: LevelSample, _ target: Int) -> ([Bool], HoldoutSplit) {
    let values = sample.values(target)
    let isCase = values.map { $0 == 1 }
    return (isCase, HoldoutSplit(of: Self.finite(sample, target), isCase: isCase))
  }

  private static func finite(_ sample: LevelSample, _ target: Int) -> [Int32] {
    let values = sample.values(target)
    return values.indices.filter { values[$0].isFinite }.map(Int32.init)
  }

  /// The columns of samples that some box restricts, with all its alternatives.
  var restricted: [Int] {
    let boxes = findings.flatMap { ($0.peeled + $0.simplified + [$0.best]).map(\.box) }
    return Set(boxes.flatMap(\.keys)).map { positions[$0] }.sorted()
  }

  /// The same boxes, evaluated on other draws.
  func evaluated(in sample: LevelSample) -> DiscoverySearch {
    var other = self
    other.sample = sample
    (other.isCase, other.holdout) = Self.split(sample, target)
    return other
  }

  /// Fits boxes, as long as they improve on chance.
  ///
  /// - Throws: `CancellationError`.
  mutating func find(_ progress: inout WorkProgress) throws {
    let sought = Self.finite(first, target).filter { !HoldoutSplit.isHeldOut($0) }
    let cases = sought.reduce(0) { $0 + (isCase[Int($1)] ? 1 : 0) }
    guard min(cases, sought.count - cases) >= Self.leastCases else {
      notes.append(
        cases * 2 < sought.count
          ? "it is true in too few draws to find circumstances" : "it is false in too few draws to find circumstances")
      return try progress.endTarget()
    }
    var open = sought
    var openHoldout = holdout.all
    while findings.count < options.boxes {
      let search = BoxSearch(
        columns, isCase, draws: open, objective: options.density.map(BoxSearch.Objective.density) ?? .correlation,
        mostInputs: options.inputs, workers: sample.workers)
      let finding = search.find()
      try progress.step()
      let bounds = bounds(finding.best.box)
      let inside = bounds.inside(openHoldout, levels)
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
          findings.isEmpty
            ? "no box on a few inputs explains the condition" : "no further box improves on chance")
        break
      }
      findings.append(finding)
      if let wanted = options.density, density.value < wanted {
        notes.append("box \(findings.count) does not reach a density of \(wanted)")
      }
      let taken = Set(inside)
      openHoldout.removeAll { taken.contains($0) }
      let covered = Set(bounds.inside(open, levels))
      open.removeAll { covered.contains($0) }
      guard open.reduce(0, { $0 + (isCase[Int($1)] ? 1 : 0) }) >= Self.leastCases else { break }
    }
    try progress.endTarget()
  }

  /// The boxes with their statistics.
  func result() -> DiscoveryAnalysis.Result {
    let lost = sample.values(target).reduce(0) { $0 + ($1.isFinite ? 0 : 1) }
    var boxes: [DiscoveryAnalysis.Box] = []
    var openHoldout = holdout.all
    var taken: Set<Int32> = []
    for finding in findings {
      let bounds = bounds(finding.best.box)
      let inside = bounds.inside(openHoldout, levels)
      boxes.append(
        DiscoveryAnalysis.Box(
          restrictions: restrictions(bounds, openHoldout), density: holdout.density(of: inside),
          coverage: holdout.coverage(of: inside), draws: inside.count,
          mass: Double(inside.count) / Double(max(1, holdout.all.count)), tradeoff: tradeoff(finding, openHoldout)))
      taken.formUnion(inside)
      openHoldout.removeAll { taken.contains($0) }
    }
    let union = taken.sorted()
    return DiscoveryAnalysis.Result(
      target: target, share: holdout.density(of: holdout.all), boxes: boxes,
      together: boxes.count > 1 ? (holdout.density(of: union), holdout.coverage(of: union), union.count) : nil,
      holdout: (holdout.all.count, holdout.caseCount),
      notes: (lost > 0 ? [GivenSample.lossNote(lost: lost, of: sample.count)] : []) + notes)
  }

  private func bounds(_ box: BoxSearch.Box) -> BoxBounds {
    BoxBounds(box, columns, scales: stated.map { problem.model[$0.quantity].unit.scale })
  }

  /// A column's bins in the draws that boxes are evaluated on.
  private func levels(_ column: Int) -> UnsafeBufferPointer<UInt8> { sample.levels(positions[column]) }

  /// The restrictions of a box, the most important first.
  private func restrictions(_ bounds: BoxBounds, _ draws: [Int32]) -> [DiscoveryAnalysis.Restriction] {
    bounds.ranges.map { range -> DiscoveryAnalysis.Restriction in
      let others = bounds.without(range.column).inside(draws, levels)
      let (name, id) = (stated[range.column].name, stated[range.column].quantity)
      let all = levels(range.column)
      func share(_ bins: Swift.Range<Int>) -> Double {
        Double(all.reduce(0) { $0 + (bins.contains(Int($1)) ? 1 : 0) }) / Double(all.count)
      }
      let first = range.allowed.firstIndex(of: true) ?? 0
      let last = range.allowed.lastIndex(of: true) ?? range.allowed.count - 1
      return DiscoveryAnalysis.Restriction(
        name: name, quantity: id, least: range.least, largest: range.largest,
        labels: range.labels.map { kept in
          let labels = problem.model.categories(of: id) ?? []
          return kept.sorted().compactMap { labels.indices.contains($0) ? labels[$0] : nil }
        },
        below: range.least == nil ? 0 : share(0..<first),
        above: range.largest == nil ? 0 : share(last + 1..<256),
        without: (holdout.density(of: others).value, holdout.coverage(of: others).value))
    }.sorted { $0.without.density < $1.without.density }
  }

  /// The alternative boxes, evaluated on other draws.
  private func tradeoff(_ finding: BoxSearch.Finding, _ draws: [Int32]) -> [DiscoveryAnalysis.Tradeoff] {
    let steps = finding.peeled.map { (true, $0) } + finding.simplified.map { (false, $0) }
    return steps.map { isPeeled, step in
      let bounds = bounds(step.box)
      let inside = bounds.inside(draws, levels)
      return DiscoveryAnalysis.Tradeoff(
        isPeeled: isPeeled, inputs: bounds.ranges.map { stated[$0.column].name },
        density: holdout.density(of: inside).value, coverage: holdout.coverage(of: inside).value,
        mass: Double(inside.count) / Double(max(1, holdout.all.count)),
        isTaken: !isPeeled && step.box == finding.best.box)
    }
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
