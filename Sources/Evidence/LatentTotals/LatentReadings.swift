import LinearAlgebra
import Modeling
import Simulation

/// All readings of a model's latent totals, in one list: the routes of each at every label, then its published figures.
///
/// A reading is y = h + e, with h the logarithm of a formula and e its errors. For a figure h is the logarithm of what
/// it reads and y that of the published value; for a route h = log m - log E and y = 0.
struct LatentReadings: Sendable {
  /// A reading.
  struct Reading: Sendable {
    /// The position of the latent total.
    var total: Int
    /// The kind of reading, its label, and the variance of the error that it shares with no other reading.
    var source: ReadingErrors.Source
    /// The column of the formula.
    var request: ColumnRequest
    /// y.
    var value: Double
    /// The label's position, for a route.
    var routeLabel: Int?
    /// The position of the published figure; nil for a route.
    var figure: Int?
    /// Whether the value is a lower limit (1), an upper limit (-1) or what was read (0).
    var side = 0.0
  }

  let totals: [LatentTotal]
  private(set) var readings: [Reading] = []
  /// The positions of those that are not limits.
  private(set) var read: [Int] = []
  /// The positions of limits.
  private(set) var limits: [Int] = []

  init(_ totals: [LatentTotal]) {
    self.totals = totals
    for (position, total) in totals.enumerated() {
      for (route, own) in total.routes.enumerated() {
        for (place, label) in total.path.labels.enumerated() {
          readings.append(
            Reading(
              total: position,
              source: .init(kind: .route(route), label: label, variance: total.yearError * total.yearError),
              request: .cell(own.quantity, place), value: 0, routeLabel: place))
        }
      }
      var biases: [String] = []
      for (number, figure) in total.figures.enumerated() {
        let bias = biases.firstIndex(of: figure.bias) ?? biases.count
        if bias == biases.count { biases.append(figure.bias) }
        var variance = figure.sd * figure.sd
        if let published = figure.published {
          let known = min(figure.label, total.today ?? figure.label)
          variance += total.future * total.future * max(0, known - published)
        }
        readings.append(
          Reading(
            total: position,
            source: .init(
              kind: figure.kind == .growth ? .growth : .total(bias: bias), label: figure.label, variance: variance),
            request: .cell(figure.read.quantity, figure.read.cell), value: log(figure.value), figure: number,
            side: figure.kind == .floor ? 1 : figure.kind == .ceiling ? -1 : 0))
      }
    }
    read = readings.indices.filter { readings[$0].side == 0 }
    limits = readings.indices.filter { readings[$0].side != 0 }
  }

  /// The covariance of the errors of known size, of all readings.
  var known: SymmetricMatrix { ReadingErrors().known(of: readings.map(\.source)) }

  /// The errors with unknown standard deviations, of all readings, each in the group of its
  /// latent total.
  func components() -> [VarianceComponents.Component] {
    totals.indices.flatMap { position -> [VarianceComponents.Component] in
      let own = readings.indices.filter { readings[$0].total == position }
      let parts = ReadingErrors().components(of: own.map { readings[$0].source }, priors: totals[position].priors)
      return parts.map { part in
        var whole = SymmetricMatrix(identityOfSize: readings.count)
        for a in readings.indices { whole[a, a] = 0 }
        for (a, row) in own.enumerated() {
          for (b, column) in own.enumerated() where b <= a { whole[row, column] = part.pattern[a, b] }
        }
        return .init(name: part.name, scale: part.scale, pattern: whole, group: position)
      }
    }
  }
}

extension SymmetricMatrix {
  /// The rows and columns at some positions.
  func restricted(to positions: [Int]) -> SymmetricMatrix {
    var part = SymmetricMatrix(identityOfSize: positions.count)
    for (a, row) in positions.enumerated() {
      for (b, column) in positions.enumerated() where b <= a { part[a, b] = self[row, column] }
    }
    return part
  }
}
