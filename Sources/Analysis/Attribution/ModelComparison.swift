import Diagnostics
import Foundation
import Modeling
import Simulation
import Units
import VectorMath

/// Compares two models over common draws: the paired differences of their outputs, and their attribution to parts.
///
/// Coordinates are assigned once: the first model's, then those that only the second has. So an input that both models
/// have has the same probability in each draw of both, and differences are those of paired draws.
package struct ModelComparison: Sendable {
  /// The models; outputs are given in units of the first.
  package let a: Model, b: Model

  /// A cell of an output that both models have.
  package struct Cell: Sendable {
    /// The output, by its position in either model, and the cell.
    package var a: (output: Int, cell: Int), b: (output: Int, cell: Int)
    /// The summaries in the two models, of b - a and of b / a.
    package var inA: CellSummary, inB: CellSummary, difference: CellSummary, ratio: CellSummary
    /// The probability that b exceeds a.
    package var exceeds: Estimate
  }

  /// The contribution of one differing part to the difference of a cell's means.
  package struct Contribution: Sendable {
    /// The part's position.
    package var part: Int
    /// The contribution in the output's unit. Its error includes the draws and, if orders were sampled, the sampling.
    package var value: Estimate
  }

  /// The attribution of a cell.
  package struct Attribution: Sendable {
    /// The output in the first model, and the cell.
    package var output: Int, cell: Int
    /// By part; they sum to the difference of the means.
    package var contributions: [Contribution]
    /// The difference of the means.
    package var total: Estimate
    /// By part, the factor in the ratio of the geometric means; their product is the ratio. Empty unless all draws of
    /// the cell are positive in every hybrid.
    package var factors: [Contribution]
    /// The ratio of the geometric means; nil if there are no factors.
    package var ratio: Estimate?
    /// The number of sampled orders; nil if all orders are used.
    package var sampledOrders: Int?
  }

  /// Creates a comparison of models, which must have the same draws, seed and design.
  package init(a: Model, b: Model) {
    self.a = a
    self.b = b
  }

  /// The cells that both models have: of outputs of one name and dimension over the same indexes, by their labels.
  package var pairs: [(a: (output: Int, cell: Int), b: (output: Int, cell: Int))] {
    var pairs: [(a: (output: Int, cell: Int), b: (output: Int, cell: Int))] = []
    for (position, output) in a.outputs.enumerated() {
      guard let other = b.outputs.firstIndex(where: { b[$0.quantity].name == a[output.quantity].name }),
        b.outputs[other].unit.dimension == output.unit.dimension
      else { continue }
      let cells = b.cellsByLabels(b.outputs[other].quantity)
      for cell in 0..<a[output.quantity].cells.count {
        guard let match = cells[a.labels(of: output.quantity, cell: cell)] else { continue }
        pairs.append(((position, cell), (other, match)))
      }
    }
    return pairs
  }

  /// The names of output cells that only one model has, or that have another dimension in the other.
  package var unmatched: (a: [String], b: [String]) {
    let pairs = pairs
    let (inA, inB) = (Set(pairs.map { [$0.a.output, $0.a.cell] }), Set(pairs.map { [$0.b.output, $0.b.cell] }))
    func names(_ model: Model, _ matched: Set<[Int]>) -> [String] {
      model.outputs.enumerated().flatMap { position, output in
        (0..<model[output.quantity].cells.count).filter { !matched.contains([position, $0]) }
          .map { model.cellName(output.quantity, cell: $0) }
      }
    }
    return (names(a, inA), names(b, inB))
  }

  /// Draws both models, and compares every cell that both have.
  ///
  /// - Throws: `CancellationError` if the options' `isCancelled` returns true; `Diagnostics` if there is no plan.
  package func cells(options: Engine.Options = .init()) throws -> [Cell] {
    let ensemble = Ensemble(dimensions: .shared)
    let (first, second) = (try ensemble.add(a), try ensemble.add(b))
    let limit = first.sketchLimit
    let pairs = pairs
    let places = pairs.map { pair in
      let scale = a.outputs[pair.a.output].unit.reportScale
      let (own, other) = (first.outputs[pair.a.output][pair.a.cell], second.outputs[pair.b.output][pair.b.cell])
      return [
        ensemble.report(own, scale: scale, .quantiles(sketchLimit: limit)),
        ensemble.report(other, scale: scale, .quantiles(sketchLimit: limit)),
        ensemble.report(ensemble.difference(other, own), scale: scale, .quantiles(sketchLimit: limit)),
        ensemble.report(ensemble.ratio(other, own), scale: .one, .quantiles(sketchLimit: limit)),
        ensemble.report(ensemble.exceedance(other, own), scale: .one, .moments),
      ]
    }
    let figures = try ensemble.run(options: options)
    return zip(pairs, places).map { pair, places in
      Cell(
        a: pair.a, b: pair.b, inA: figures[places[0]], inB: figures[places[1]], difference: figures[places[2]],
        ratio: figures[places[3]], exceeds: figures[places[4]].mean)
    }
  }

  /// Maximum number of values of hybrids that are planned together; a plan of a gigabyte.
  private static let sizeLimit = 2_500_000
  /// Number of parts up to which all subsets are evaluated.
  package static let exactLimit = 7

  /// The Shapley values of the differing parts for the differences of means.
  ///
  /// - Parameters:
  ///   - options: workers, progress and cancellation.
  ///   - outputs: names of the outputs.
  ///   - parts: the number of differing parts.
  ///   - pairs: the number of orders sampled with their reverses, if there are too many parts to use all orders.
  ///   - hybrid: returns the hybrid that takes some parts from the second model, with these outputs.
  /// - Throws: the same errors as `cells`, and those of `between`.
  package func attributions(
    of outputs: [String], parts: Int, pairs: Int, options: Engine.Options = .init(),
    hybrid: (Set<Int>) throws -> Model
  ) throws -> [Attribution] {
    guard parts > 0 else { return [] }
    let plan = ShapleyPlan(players: parts, exactLimit: Self.exactLimit, pairs: pairs, seed: a.settings.seed)
    let ensemble = Ensemble(dimensions: .shared)
    _ = try (ensemble.add(a), ensemble.add(b))
    let members = try plan.subsets.map { subset in
      var model = try hybrid(subset)
      model.settings = a.settings
      let member = try ensemble.add(model)
      guard ensemble.size <= Self.sizeLimit else { throw Self.tooLarge }
      return member
    }
    let cells = members.map { member in
      Dictionary(
        uniqueKeysWithValues: member.model.outputs.enumerated().map { position, output in
          (member.model[output.quantity].name, (position, member.model.cellsByLabels(output.quantity)))
        })
    }
    var places: [CellPositions] = []
    for pair in self.pairs {
      let output = a.outputs[pair.a.output]
      let name = a[output.quantity].name
      guard outputs.contains(name) else { continue }
      let labels = a.labels(of: output.quantity, cell: pair.a.cell)
      let values = zip(members, cells).compactMap { member, cells in
        cells[name].flatMap { position, byLabels in byLabels[labels].map { member.outputs[position][$0] } }
      }
      // A cell that is missing in some hybrid has no attribution.
      guard values.count == members.count,
        let all = plan.subsets.firstIndex(where: { $0.count == parts })
      else { continue }
      places.append(
        CellPositions(
          output: pair.a.output, cell: pair.a.cell,
          means: StatisticPositions(ensemble, values, plan, all: all, scale: output.unit.reportScale),
          logarithms: StatisticPositions(ensemble, values.map(ensemble.logarithm), plan, all: all, scale: .one)))
    }
    let figures = try ensemble.run(options: options)
    let sampledOrders = plan.isExact ? nil : 2 * plan.orders.count
    return places.map { place in
      let (contributions, total) = place.means.contributions(figures, plan)
      var (factors, ratio) = place.logarithms.contributions(figures, plan)
      // Logarithms exist only for positive values.
      let isPositive = place.logarithms.subsets.allSatisfy { figures[$0].nonFinite == 0 }
      func exponential(_ estimate: Estimate) -> Estimate {
        Estimate(PortableMath.exp(estimate.value), error: PortableMath.exp(estimate.value) * estimate.error)
      }
      factors = isPositive ? factors.map { Contribution(part: $0.part, value: exponential($0.value)) } : []
      ratio = exponential(ratio)
      return Attribution(
        output: place.output, cell: place.cell, contributions: contributions, total: total, factors: factors,
        ratio: isPositive ? ratio : nil, sampledOrders: sampledOrders)
    }
  }

  private struct CellPositions {
    var output: Int, cell: Int
    var means: StatisticPositions, logarithms: StatisticPositions
  }

  /// The positions of the statistics that a cell's attribution uses.
  private struct StatisticPositions {
    var total: Int
    var parts: [Int]
    /// The values of all subsets.
    var subsets: [Int]

    init(_ ensemble: Ensemble, _ values: [Ensemble.Value], _ plan: ShapleyPlan, all: Int, scale: ReportScale) {
      total = ensemble.report(ensemble.difference(values[all], values[0]), scale: scale, .moments)
      parts = plan.weights.map { weights in
        ensemble.report(ensemble.combination(weights.map { ($0.weight, values[$0.subset]) }), scale: scale, .moments)
      }
      subsets = values.map { ensemble.report($0, scale: scale, .moments) }
    }

    /// The contributions of the parts. Their errors include the draws and, if orders were sampled, the sampling.
    func contributions(_ figures: [CellSummary], _ plan: ShapleyPlan) -> ([Contribution], total: Estimate) {
      let sampling = plan.samplingErrors(subsets.map { figures[$0].mean.value })
      let contributions = parts.enumerated().map { part, figure in
        let mean = figures[figure].mean
        return Contribution(
          part: part,
          value: Estimate(
            mean.value, error: (mean.error * mean.error + sampling[part] * sampling[part]).squareRoot()))
      }
      return (contributions, figures[total].mean)
    }
  }

  private static var tooLarge: Diagnostics {
    Diagnostics(.attributionTooLarge, at: nil)
  }
}

extension Model {
  /// A cell's labels with the names of their indexes, which identify it in another model.
  fileprivate func labels(of id: QuantityID, cell: Int) -> [String] {
    zip(self[id].cells.indexes, labels(ofCell: cell, in: self[id].cells)).flatMap { [self[$0].name, $1] }
  }

  /// The cells of a quantity by their labels.
  fileprivate func cellsByLabels(_ id: QuantityID) -> [[String]: Int] {
    Dictionary((0..<self[id].cells.count).map { (labels(of: id, cell: $0), $0) }) { first, _ in first }
  }
}
