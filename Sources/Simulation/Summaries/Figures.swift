import Dispatch
import Foundation
import Modeling

extension CellSummary {
  /// The bars of a histogram.
  static let bars = 200

  /// The figures of a value that is the same in every draw.
  init(constant: Double, draws: Int) {
    let isFinite = constant.isFinite
    self.init(
      draws: draws, nonFinite: isFinite ? 0 : draws,
      mean: Estimate(isFinite ? constant : .nan, error: isFinite ? 0 : .nan), momentWarning: nil,
      sd: isFinite ? 0 : .nan, min: isFinite ? constant : .nan, max: isFinite ? constant : .nan,
      quantiles: Self.probabilities.map { _ in Estimate(isFinite ? constant : .nan, error: isFinite ? 0 : .nan) },
      histogram: isFinite ? [Bin(low: constant, high: constant, count: draws)] : [])
  }

  /// The figures of a sketch and its moments; `scale` base units are one of the unit in which they are given.
  init(_ distribution: BinnedDistribution, _ moments: MomentSums, draws: Int, nonFinite: Int, scale: Double) {
    let hasDraws = moments.count > 0
    self.init(
      draws: draws, nonFinite: nonFinite,
      mean: Estimate(
        hasDraws ? moments.mean / scale : .nan, error: moments.sd / Double(moments.count).squareRoot() / scale),
      momentWarning: MomentWarning.text(distribution), sd: moments.sd / scale,
      min: hasDraws ? moments.minimum / scale : .nan, max: hasDraws ? moments.maximum / scale : .nan,
      quantiles: Self.probabilities.map { distribution.estimate($0, scale: scale) },
      histogram: distribution.histogram(bars: Self.bars).map {
        Bin(low: $0.low / scale, high: $0.high / scale, count: $0.count)
      })
  }
}

extension BinnedDistribution {
  /// A quantile with its standard error, counted in so many base units.
  func estimate(_ probability: Double, scale: Double) -> Estimate {
    Estimate(quantile(probability) / scale, error: quantileError(probability) / scale)
  }
}

extension SummaryTotals {
  /// An output's figures.
  func result(of plan: OutputPlan, model: Model, draws: Int) -> OutputResult {
    let scale = plan.output.unit.scale
    var distributions = [BinnedDistribution?](repeating: nil, count: plan.cells.count)
    var summaries: [CellSummary] = []
    for (cell, figures) in plan.cells.enumerated() {
      switch figures {
      case .constant(let number): summaries.append(CellSummary(constant: number / scale, draws: draws))
      case .slot(let slot), .multiple(_, let slot):
        let moments = moments(slot: slot)
        let distribution = BinnedDistribution(
          cells[slot].sketch, minimum: moments.minimum, maximum: moments.maximum)
        distributions[cell] = distribution
        summaries.append(
          CellSummary(
            distribution, moments, draws: cells[slot].draws, nonFinite: cells[slot].nonFinite, scale: scale))
      }
    }
    let comparisons = plan.comparisons.map { rows in
      rows.map { row in comparison(row, distributions[row.cell], draws: draws) }
    }
    return OutputResult(output: plan.output, cells: summaries, comparisons: comparisons)
  }

  /// A comparison's figures.
  private func comparison(_ row: OutputPlan.Row, _ own: BinnedDistribution?, draws: Int) -> ComparisonRow {
    var ratios = [Estimate](repeating: Estimate(.nan, error: .nan), count: 3)
    var nonFinite = draws
    let probabilities = [0.05, 0.5, 0.95]
    switch row.ratio {
    case .constant(let number):
      if number.isFinite {
        ratios = probabilities.map { _ in Estimate(number, error: 0) }
        nonFinite = 0
      }
    case .multiple(let factor, let slot):
      if let own { ratios = probabilities.map { own.estimate($0, scale: 1 / factor) } }
      nonFinite = cells[slot].nonFinite
    case .slot(let slot):
      let distribution = BinnedDistribution(self.ratios[slot])
      ratios = probabilities.map { distribution.estimate($0, scale: 1) }
      nonFinite = self.ratios[slot].nonFinite
    }
    var exceeds = Estimate(.nan, error: .nan)
    switch row.excess {
    case .constant(let difference):
      if difference.isFinite { exceeds = Estimate(difference > 0 ? 1 : 0, error: 0) }
    case .slot(let slot), .multiple(_, let slot):
      exceeds = Self.probability(excesses[slot])
    }
    return ComparisonRow(
      cell: row.cell, referenceLabels: row.referenceLabels,
      ratio: (ratios[0].value, ratios[1].value, ratios[2].value),
      ratioErrors: (ratios[0].error, ratios[1].error, ratios[2].error), exceeds: exceeds, nonFinite: nonFinite)
  }

  /// A probability from counts, with sqrt(p (1 - p) / n).
  ///
  /// The error is taken at (k + 1) / (n + 2), so that none or all of the draws do not make it zero (Laplace's rule).
  private static func probability(_ excess: SummaryBank.Excess) -> Estimate {
    let (k, n) = (Double(excess.positive), Double(excess.finite))
    guard n > 0 else { return Estimate(.nan, error: .nan) }
    let p = (k + 1) / (n + 2)
    return Estimate(k / n, error: (p * (1 - p) / n).squareRoot())
  }
}
