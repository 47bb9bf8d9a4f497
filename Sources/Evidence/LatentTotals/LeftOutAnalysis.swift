import Diagnostics
import Foundation
import LinearAlgebra
import Modeling
import Simulation

/// Predicts published figures of latent totals from all other readings: from the routes, and from the figures that are not
/// left out with them; or from the routes and the figures published before them. Limits and observed conditions are not
/// used.
package struct LeftOutAnalysis {
  private let model: Model
  private let leftOut: LeftOut

  /// A model and what is left out together.
  package init(model: Model, leavingOut leftOut: LeftOut) {
    self.model = model
    self.leftOut = leftOut
  }

  /// The number of published figures that can be left out.
  package static func figures(of model: Model) -> Int {
    let readings = LatentReadings(model.latents)
    return readings.read.count { readings.readings[$0].figure != nil }
  }

  /// Whether some figure was published after others, and can be predicted from them.
  package static func hasLaterFigures(_ model: Model) -> Bool {
    !LaterFigures.all(of: LatentReadings(model.latents)).isEmpty
  }

  /// The readings left out together, and what all others predict for them.
  private struct Group {
    var name: String
    /// The positions of predicted figures among the readings that are not limits.
    var places: [Int]
    /// The positions of all figures that are left out.
    var leftOut: [Int]
    var found: LeftOutReading
  }

  /// The distribution and the scores of each figure.
  ///
  /// - Throws: `Diagnostics` where a reading is not positive, or readings determine each other; `CancellationError`.
  package func result(options: Engine.Options = .init()) throws -> LeftOutResult {
    let start = Date()
    let conditioning = LatentConditioning(model: model)
    let fitted = try conditioning.fitted(options: options.progressing(from: 0, to: 0.5))
    let groups =
      leftOut == .later ? try later(conditioning, fitted, options) : try others(conditioning, fitted, options)
    var figures: [LeftOutResult.Figure] = []
    for (number, group) in groups.enumerated() {
      for (member, place) in group.places.enumerated() {
        figures.append(
          figure(place, fitted, conditioning.readings, group, member: member, number: number))
      }
    }
    options.progress?(1)
    return LeftOutResult(
      model: model, leftOut: leftOut, draws: fitted.moments.draws, seconds: Date().timeIntervalSince(start),
      figures: figures,
      groups: groups.map { .init(name: $0.name, count: $0.places.count, logScore: $0.found.logDensity) })
  }

  private func others(
    _ conditioning: LatentConditioning, _ fitted: LatentConditioning.Fitted, _ options: Engine.Options
  ) throws -> [Group] {
    let readings = conditioning.readings
    let places = readings.read.indices.filter { readings.readings[readings.read[$0]].figure != nil }
    let names = places.map { key(of: readings.readings[readings.read[$0]]) }
    var groups: [(name: String, places: [Int])] = []
    for (place, name) in zip(places, names) {
      // A name of a figure may occur twice.
      if leftOut != .observation, let known = groups.firstIndex(where: { $0.name == name }) {
        groups[known].places.append(place)
      } else {
        groups.append((name, [place]))
      }
    }
    let found = try conditioning.leftOut(groups.map(\.places), of: fitted, options: options)
    return zip(groups, found).map { Group(name: $0.name, places: $0.places, leftOut: $0.places, found: $1) }
  }

  private func later(
    _ conditioning: LatentConditioning, _ fitted: LatentConditioning.Fitted, _ options: Engine.Options
  ) throws -> [Group] {
    try LaterFigures.all(of: conditioning.readings).map { later in
      Group(
        name: "after \(Self.text(later.end))", places: later.predicted, leftOut: later.leftOut,
        found: try conditioning.predicted(later, of: fitted, options: options))
    }
  }

  private static func text(_ label: Double) -> String { Int(exactly: label).map { "\($0)" } ?? "\(label)" }

  private func key(of reading: LatentReadings.Reading) -> String {
    let figure = reading.figure.map { model.latents[reading.total].figures[$0] }
    return switch leftOut {
    case .observation: figure?.name ?? ""
    case .publisher: figure?.publisher ?? ""
    case .year: Self.text(reading.source.label)
    case .later: ""
    }
  }

  private func figure(
    _ place: Int, _ fitted: LatentConditioning.Fitted, _ readings: LatentReadings, _ group: Group, member: Int,
    number: Int
  ) -> LeftOutResult.Figure {
    let reading = readings.readings[readings.read[place]]
    let own = model.latents[reading.total].figures[reading.figure ?? 0]
    let scale = own.unit.reportScale.value
    let (predicted, read) = (group.found.readings[member], group.found.formulas[member])
    func value(_ mixture: NormalMixture, _ probability: Double) -> Double {
      exp(reading.value + mixture.quantile(probability)) / scale
    }
    let observed = own.value / scale
    let baseline = trend(place, fitted, readings, leavingOut: group.leftOut)
    return LeftOutResult.Figure(
      name: own.name, publisher: own.publisher, label: own.label, formula: own.text, unit: own.unit.text,
      observed: observed, p05: value(predicted, 0.05), p25: value(predicted, 0.25), p50: value(predicted, 0.5),
      p75: value(predicted, 0.75), p95: value(predicted, 0.95), percentile: predicted.probability(below: 0),
      logScore: predicted.logDensity(0), crps: predicted.crps(of: 0), baselineCrps: baseline,
      read: .init(value(read, 0.05), value(read, 0.5), value(read, 0.95)),
      isInside50OfRead: observed >= value(read, 0.25) && observed <= value(read, 0.75), group: number)
  }

  /// The score of the trend through the other totals, each divided by the ratio of its formula to the latent total at the
  /// prior's mean logarithms; not a number for a growth, and with too few others.
  private func trend(
    _ place: Int, _ fitted: LatentConditioning.Fitted, _ readings: LatentReadings, leavingOut: [Int]
  ) -> Double {
    let own = readings.readings[readings.read[place]]
    func isTotal(_ reading: LatentReadings.Reading) -> Bool {
      if case .total = reading.source.kind { reading.total == own.total } else { false }
    }
    guard isTotal(own) else { return .nan }
    let path = model.latents[own.total].path
    func logarithm(_ place: Int) -> Double {
      let label = readings.readings[readings.read[place]].source.label
      return fitted.variances.residuals[place] + path.start.mean + path.growth.mean * (label - (path.labels.first ?? 0))
    }
    let others = readings.read.indices.filter {
      isTotal(readings.readings[readings.read[$0]]) && !leavingOut.contains($0)
    }
    let points = others.map { (label: readings.readings[readings.read[$0]].source.label, logarithm: logarithm($0)) }
    return TrendForecast.at(own.source.label, of: points)?.crps(of: logarithm(place)) ?? .nan
  }
}
