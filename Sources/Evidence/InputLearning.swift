import Distributions
import Foundation
import Modeling
import Sampling
import Simulation
import Units
import VectorMath

/// Computes `Learning`: the marginal of every uncertain input cell, prior and posterior.
///
/// Cells that the observed formulas do not depend on keep their prior, exactly. Prior quantiles and probabilities are
/// those of the distribution where it is fixed, otherwise those of the first prior draws.
struct InputLearning {
  /// Maximum number of prior draws that are counted.
  private static let mostPriorDraws = 1 << 16
  /// Maximum number of cells whose columns are in memory at once (128 MiB for each of prior and posterior).
  private static let mostColumns = 256
  /// Maximum number of cells with a chart.
  private static let charts = 6
  private static let probabilities = [0.05, 0.5, 0.95]

  let model: Model
  /// The model without its posterior sample.
  let prior: Model
  let draws: any PosteriorDraws
  /// The coordinates that the observed formulas depend on.
  let conditioned: Set<CoordinateID>
  let options: Engine.Options
  /// The times of a pilot: what is computed of prior draws does not depend on the number of posterior ones.
  let phases: PilotPhases

  /// An input cell and what its marginal is computed from.
  private struct Cell {
    var input: Learning.InputCell
    var scale: ReportScale
    /// The distribution of the cell divided by the factor, if it is fixed.
    var fixed: (distribution: any Distribution, factor: Double, coordinate: CoordinateID)?
    var isLabel: Bool
    /// The coordinates that it depends on.
    var coordinates: Set<CoordinateID>

    var request: ColumnRequest { .cell(input.quantity, input.cell) }

    /// Whether its values are separate, each with a probability.
    var isDiscrete: Bool { fixed.map { !$0.distribution.atoms.isEmpty } ?? false }
  }

  /// - Parameters:
  ///   - draws: the posterior draws.
  ///   - requests: the columns of the observed formulas.
  ///   - phases: the times of a pilot.
  init(
    _ model: Model, draws: any PosteriorDraws, observed requests: [ColumnRequest], options: Engine.Options,
    phases: PilotPhases = PilotPhases()
  ) throws {
    self.phases = phases
    self.model = model
    var prior = model
    prior.posterior = nil
    self.prior = prior
    self.draws = draws
    self.options = options.withoutProgress
    conditioned = Set(try phases.constant { try Evaluator(model: prior, requests: requests).coordinates })
  }

  func result() throws -> Learning {
    let cells = try phases.constant { try uncertainCells() }
    var rows: [Learning.Row] = []
    for first in stride(from: 0, to: cells.count, by: Self.mostColumns) {
      rows += try self.rows(Array(cells[first..<min(first + Self.mostColumns, cells.count)]))
    }
    // Information that cannot be estimated is beyond all prior draws.
    func size(_ row: Learning.Row) -> Double { row.bits.value.isNaN ? .infinity : row.bits.value }
    let order = rows.indices.sorted { (size(rows[$1]), $0) < (size(rows[$0]), $1) }
    let moved = order.filter { !cells[$0].coordinates.isDisjoint(with: conditioned) }
    let (correlations, count) = try LearnedCorrelations(
      cells: moved.prefix(LearnedCorrelations.mostCells).map { (cells[$0].input, cells[$0].coordinates) },
      model: prior, draws: draws, priorDraws: priorDraws, options: options, phases: phases
    ).result()
    let charted = moved.filter { !cells[$0].isLabel && (rows[$0].isDetected || rows[$0].bits.value.isNaN) }
    return Learning(
      rows: order.map { rows[$0] }, correlations: correlations, correlatedCells: count,
      marginals: try marginals(charted.prefix(Self.charts).map { cells[$0] }))
  }

  private var priorDraws: Int { min(model.settings.draws, Self.mostPriorDraws) }

  // MARK: Cells

  private func uncertainCells() throws -> [Cell] {
    var found: [Cell] = []
    for id in model.quantities.indices.map(QuantityID.init) {
      // A latent total is not an input; its own table has what is read of it.
      guard let input = model[id].input, model.latentTotal(hiddenIn: id) == nil else { continue }
      let uncertain = input.cells.indices.filter { input.isUncertain(cell: $0) }
      if uncertain.isEmpty { continue }
      let evaluator = try Evaluator(model: prior, requests: uncertain.map { .cell(id, $0) })
      let needed = uncertain.indices.map { evaluator.coordinates(neededBy: $0) }
      // References matter only where the observations are compared with them.
      if case .reference = model[id].kind, needed.allSatisfy({ $0.isDisjoint(with: conditioned) }) { continue }
      for (cell, coordinates) in zip(uncertain, needed) {
        found.append(
          Cell(
            input: .init(id, cell: cell), scale: model.reportedScale(of: id),
            fixed: input.fixedDistribution(cell: cell), isLabel: input.categories != nil, coordinates: coordinates))
      }
    }
    return found
  }

  // MARK: Rows

  private func rows(_ cells: [Cell]) throws -> [Learning.Row] {
    let isMoved = cells.map { !$0.coordinates.isDisjoint(with: conditioned) }
    let moved = cells.indices.filter { isMoved[$0] }
    let counted = cells.indices.filter { cells[$0].fixed == nil }
    let scores = moved.compactMap { place in cells[place].isDiscrete ? nil : cells[place].fixed?.coordinate }
    let posterior = try draws.columns(
      moved.map { cells[$0].request } + scores.map { .score($0) }, options: options)
    let known = try phases.constant {
      try SampledDraws(prior, points: prior.points(), draws: wholeBlocks(priorDraws))
        .columns(counted.map { cells[$0].request }, options: options)
    }
    let columns = Dictionary(uniqueKeysWithValues: zip(moved, posterior))
    let scoreColumns = Dictionary(
      zip(scores, posterior[moved.count...]), uniquingKeysWith: { first, _ in first })
    let priors = Dictionary(uniqueKeysWithValues: zip(counted, known))
    let rows = concurrentMap(cells.count, workers: options.width) { place in
      row(
        cells[place], posterior: columns[place], prior: priors[place],
        scores: cells[place].fixed.flatMap { scoreColumns[$0.coordinate] })
    }
    phases.add(constant: rows.reduce(0) { $0 + $1.constantSeconds })
    return rows.map(\.row)
  }

  /// The number of draws in whole blocks.
  private func wholeBlocks(_ draws: Int) -> Int {
    (draws + AddressBlock.draws - 1) / AddressBlock.draws * AddressBlock.draws
  }

  /// A row, and the seconds of what is computed of prior draws.
  private func row(
    _ cell: Cell, posterior: [Double]?, prior: [Double]?, scores: [Double]?
  ) -> (row: Learning.Row, constantSeconds: Double) {
    let start = PilotClock.secondsOfThread
    let known = prior.map { SortedDraws($0.map { $0.isFinite ? $0 : .nan }).values }
    let priorScores = cell.fixed == nil && posterior != nil ? known.flatMap { NormalScores(ofDraws: $0) } : nil
    let constantSeconds = PilotClock.secondsOfThread - start
    func before(_ probability: Double) -> Double {
      guard let fixed = cell.fixed else { return known.map { Self.quantile($0, probability) } ?? Double.nan }
      let value =
        probability > 0.5
        ? fixed.distribution.quantile(survival: 1 - probability) : fixed.distribution.quantile(probability)
      return value * fixed.factor
    }
    let priorQuantiles = Self.probabilities.map { before($0) / cell.scale }
    var row = Learning.Row(
      input: cell.input, prior: (priorQuantiles[0], priorQuantiles[1], priorQuantiles[2]),
      posterior: (priorQuantiles[0], priorQuantiles[1], priorQuantiles[2]), standardisedShift: 0, widthRatio: 1,
      bits: Estimate(0, error: 0))
    if let posterior {
      let (sorted, tags) = ordered(posterior)
      let after = Self.probabilities.map { Self.quantile(sorted, $0) / cell.scale }
      row.posterior = (after[0], after[1], after[2])
      let information = MarginalInformation.bits(
        sorted: sorted, parts: tags, effective: draws.effective,
        prior: cell.fixed.map { MarginalInformation.Prior.exact($0.distribution, factor: $0.factor) }
          ?? .counted(known ?? []))
      row.bits = information ?? Estimate(.nan, error: .nan)
      row.standardisedShift =
        information == nil ? .nan : shift(cell, sorted: sorted, scores: scores, prior: priorScores)
    }
    row.widthRatio = (row.posterior.p95 - row.posterior.p05) / (row.prior.p95 - row.prior.p05)
    if !row.widthRatio.isFinite { row.widthRatio = .nan }
    if cell.isLabel {
      row.prior = (.nan, .nan, .nan)
      row.posterior = row.prior
      (row.standardisedShift, row.widthRatio) = (.nan, .nan)
    }
    return (row, constantSeconds)
  }

  /// The finite draws in ascending order, and the replicate of each.
  private func ordered(_ column: [Double]) -> (values: [Double], parts: [UInt32]) {
    var sort = RadixSort(capacity: column.count)
    for (part, range) in draws.parts.enumerated() {
      for value in column[range] where value.isFinite { sort.append(value, tag: UInt32(part)) }
    }
    let values = sort.sorted()
    return (values, sort.tags)
  }

  /// The order statistic whose rank is nearest above the probability.
  private static func quantile(_ sorted: [Double], _ probability: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let rank = probability * Double(sorted.count)
    let place = min(max(Int(rank.rounded(.up)) - 1, 0), sorted.count - 1)
    // Between two draws, half-way: the median of an even number.
    let next = Double(place + 1) == rank ? min(place + 1, sorted.count - 1) : place
    return 0.5 * sorted[place] + 0.5 * sorted[next]
  }

  // MARK: Shift

  private func shift(_ cell: Cell, sorted: [Double], scores: [Double]?, prior: NormalScores?) -> Double {
    guard let fixed = cell.fixed else { return prior?.shift(of: sorted) ?? .nan }
    if cell.isDiscrete {
      return NormalScores(of: fixed.distribution, factor: fixed.factor)?.shift(of: sorted) ?? .nan
    }
    guard let scores, !scores.isEmpty else { return .nan }
    return scores.reduce(0, +) / Double(scores.count)
  }

  // MARK: Charts

  private func marginals(_ cells: [Cell]) throws -> [Learning.Marginals] {
    guard !cells.isEmpty else { return [] }
    let requests = cells.map(\.request)
    func summary(_ column: [Double], _ place: Int) -> CellSummary {
      DrawSummary(of: column.map { $0 / cells[place].scale }).cell
    }
    let before = try phases.constant {
      try Evaluator(model: prior, requests: requests).columns(draws: priorDraws, options: options).enumerated()
        .map { summary($0.element, $0.offset) }
    }
    let after = try draws.columns(requests, options: options)
    return cells.indices.map { place in
      Learning.Marginals(input: cells[place].input, prior: before[place], posterior: summary(after[place], place))
    }
  }
}

extension Input {
  /// The distribution of a cell divided by a positive factor, if no other input affects it, and the coordinate of its
  /// probability.
  fileprivate func fixedDistribution(
    cell: Int
  ) -> (distribution: any Distribution, factor: Double, coordinate: CoordinateID)? {
    var (rule, factor) = (cells[cell], 1.0)
    while case .scaled(let inner, let by) = rule { (rule, factor) = (inner, factor * by) }
    guard case .supportPoint(let place) = rule, factor > 0, factor.isFinite, let id = supportPoints[place].coordinate,
      case .distribution(.fixed(let distribution)) = supportPoints[place].value
    else { return nil }
    // A distribution with both separate values and a density is treated by its draws.
    let atoms = distribution.atoms.reduce(0) { $0 + distribution.probability(of: $1) }
    guard atoms == 0 || abs(atoms - 1) < 1e-6 else { return nil }
    return (distribution, factor, id)
  }
}
