import Diagnostics
import LinearAlgebra
import Modeling
import Simulation

/// The figures known at the end of a label of the index, and those published later.
///
/// Positions are among the readings that are not limits.
struct LaterFigures {
  /// The last label that is over: a figure is known if it was published before the next one begins.
  var end: Double
  /// Figures published later, and figures without a date.
  var leftOut: [Int]
  /// Those of them that are predicted: totals with a date that are not forecasts.
  var predicted: [Int]

  /// One for each label up to `today` at whose end a figure was known and a total that is predicted was not.
  static func all(of readings: LatentReadings) -> [LaterFigures] {
    typealias Dated = (place: Int, figure: LatentTotal.Figure, today: Double)
    let figures = readings.read.indices.compactMap { place -> Dated? in
      let reading = readings.readings[readings.read[place]]
      let total = readings.totals[reading.total]
      return reading.figure.map { (place, total.figures[$0], total.today ?? .infinity) }
    }
    let ends = Set(figures.compactMap { $0.figure.published?.rounded(.down) }).sorted()
    return ends.compactMap { end in
      let isKnown = figures.map { ($0.figure.published ?? .infinity) < end + 1 }
      let later = zip(figures, isKnown).filter { !$1 }.map(\.0)
      let predicted = later.filter {
        $0.figure.kind == .total && $0.figure.published != nil && !$0.figure.isForecast && end <= $0.today
      }
      guard isKnown.contains(true), !predicted.isEmpty else { return nil }
      return LaterFigures(end: end, leftOut: later.map(\.place), predicted: predicted.map(\.place))
    }
  }
}

extension LatentConditioning {
  /// The distribution of later figures given the routes and the figures known at the end of a label.
  ///
  /// `today` is that label: a forecast that was known then has the error up to it, and the random walk beyond it is
  /// added to what is predicted. The inputs of the routes are those of the model.
  ///
  /// - Throws: `Diagnostics` where readings determine each other.
  func predicted(_ later: LaterFigures, of fitted: Fitted, options: Engine.Options) throws -> LeftOutReading {
    var whole = fitted.variances
    var formulas = fitted.moments.covariance.restricted(to: readings.read)
    let then = LatentReadings(
      model.latents.map { total in
        var then = total
        then.today = min(total.today ?? later.end, later.end)
        return then
      })
    for (place, position) in readings.read.enumerated() {
      whole.known[place, place] +=
        then.readings[position].source.variance - readings.readings[position].source.variance
    }
    let walk = walk(beyond: later.end, at: later.predicted, slopes: fitted.moments.slopes)
    for (a, row) in later.predicted.enumerated() {
      for (b, column) in later.predicted.enumerated() where b <= a {
        whole.known[row, column] += walk[a, b]
        formulas[row, column] += walk[a, b]
      }
    }
    let dropped = later.leftOut.filter { !later.predicted.contains($0) }
    let kept = readings.read.indices.filter { !dropped.contains($0) }
    let found = LeftOutReading.sampledAgain(
      later.predicted.compactMap(kept.firstIndex(of:)), of: whole.without(dropped),
      formulas: formulas.restricted(to: kept), workers: options.width
    ) { others in
      HyperparameterPosterior(of: others, seed: model.settings.seed, name: name, workers: options.width)?.manyStrata
    }
    guard let found else { throw Diagnostics(.singularReadings, at: model.latents.first?.place) }
    return found
  }

  /// The covariance that the random walks of the latent totals beyond a label add to the logarithms of what is read.
  private func walk(beyond end: Double, at places: [Int], slopes: [[Double]]) -> SymmetricMatrix {
    var covariance = SymmetricMatrix(identityOfSize: places.count)
    for a in places.indices { covariance[a, a] = 0 }
    for (position, total) in model.latents.enumerated() {
      let steps = total.futureSteps(beyond: end)
      for (k, step) in steps.enumerated() where step > 0 {
        // One step moves all later labels.
        let scores = state.scores(total: position, changes: steps.indices.map { $0 < k ? 0 : step })
        let first = state.blocks[position].first
        let effects = places.map { place -> Double in
          let slope = slopes[readings.read[place]]
          return scores.indices.reduce(0) { $0 + slope[first + $1] * scores[$1] }
        }
        for a in places.indices { for b in 0...a { covariance[a, b] += effects[a] * effects[b] } }
      }
    }
    return covariance
  }
}
