import Foundation
import Modeling
import Simulation
import Testing

@testable import Evidence

@Suite("Latent totals: published figures left out")
struct LeftOutTests {
  private func result(
    _ leftOut: LeftOut, workers: Int? = nil, figures: String? = nil, further: String? = nil, seed: UInt64 = 5
  ) throws -> LeftOutResult {
    var model = try LatentConditioningTests.model(
      figures: figures ?? (leftOut == .later ? Self.dated : LatentConditioningTests.figures),
      further: further ?? (leftOut == .later ? "today: 2026\n    future: 0.5" : ""))
    model.settings.seed = seed
    return try LeftOutAnalysis(model: model, leavingOut: leftOut).result(options: .init(workers: workers))
  }

  /// Figures with dates of publication, a forecast among them.
  private static let dated = """
    id,publisher,year,value,low,high,unit,reads,kind,published
    first,A,2025,6,,,,,,2024-06
    second,B,2025,,3,6,TWh/year,electricity * part,,2025-03
    third,A,2026,1.6,,,1,electricity[year=2026] / electricity[year=2025],growth,2025-09
    fourth,A,2026,9,,,,,,2026-02

    """

  @Test("Figures left out, against conditioning on the others over a grid", arguments: LeftOut.allCases)
  func reference(_ leftOut: LeftOut) throws {
    let result = try result(leftOut)
    #expect(result.figures.count == 3)
    func name(_ figure: LeftOutResult.Figure) -> String {
      (leftOut == .later ? result.groups[figure.group].name + " " : "") + figure.name
    }
    func right(_ statistic: String) throws -> Double {
      try LatentReference.value("left_out_\(leftOut.rawValue)", statistic)
    }
    // Over 20 seeds the quantiles' standard deviations were at most 0.9 % of them at the 5th and 95th percentile, and
    // 0.09 % at the median; the means of eight have a third of that.
    let seeds = try (1...8).map { try self.result(leftOut, seed: $0) }
    for (place, figure) in result.figures.enumerated() {
      let own = name(figure)
      func mean(_ value: (LeftOutResult.Figure) -> Double) -> Double {
        seeds.reduce(0) { $0 + value($1.figures[place]) } / Double(seeds.count)
      }
      let quantiles: [(name: String, value: Double, bound: Double)] = [
        ("p05", mean(\.p05), 0.01), ("p25", mean(\.p25), 0.005), ("p50", mean(\.p50), 0.002),
        ("p75", mean(\.p75), 0.005), ("p95", mean(\.p95), 0.01), ("formula_p05", mean(\.read.p05), 0.01),
        ("formula_p50", mean(\.read.p50), 0.002), ("formula_p95", mean(\.read.p95), 0.01),
      ]
      for (statistic, value, bound) in quantiles {
        let relative = value / (try right("\(own)_\(statistic)")) - 1
        #expect(abs(relative) < bound, "\(own) \(statistic): \(relative)")
      }
      #expect(abs(figure.percentile - (try right("\(own)_percentile"))) < 0.01)
      #expect(abs(figure.logScore - (try right("\(own)_log_score"))) < 0.02)
      #expect(abs(figure.crps - (try right("\(own)_crps"))) < 0.002)
      #expect(figure.baselineCrps.isNaN)
    }
    for (number, group) in result.groups.enumerated() {
      let names = result.figures.filter { $0.group == number }.map(\.name)
      #expect(group.count == names.count)
      #expect(abs(group.logScore - (try right("\(names.joined(separator: "+"))_joint"))) < 0.03)
    }
  }

  @Test("A figure left out alone has the percentile that a run gives it, and counts as one of its group")
  func sameAsRun() throws {
    let result = try result(.observation)
    let model = try LatentConditioningTests.model()
    let latent = try #require(try LatentConditioning(model: model).outcome(options: .init()).results.first)
    for figure in result.figures {
      let reading = try #require(latent.readings.first { $0.name == figure.name })
      let p95 = try #require(reading.predicted?.p95)
      // The figure's unit is divided out before or after the exponential.
      #expect(reading.percentile == figure.percentile && abs(p95 / figure.p95 - 1) < 1e-13)
    }
    #expect(result.inside90.count == 3 && result.inside90.inside == result.figures.filter(\.isInside90).count)
  }

  @Test("Figures left out are the same for any number of workers")
  func workers() throws {
    let (one, three) = (try result(.publisher, workers: 1), try result(.publisher, workers: 3))
    #expect(one.figures.map(\.logScore) == three.figures.map(\.logScore))
    #expect(one.figures.map(\.read) == three.figures.map(\.read))
  }

  @Test("Of later figures the totals are predicted that have a date and are not forecasts, up to today")
  func later() throws {
    func places(_ figures: String, _ further: String = "") throws -> [LaterFigures] {
      LaterFigures.all(
        of: LatentReadings(try LatentConditioningTests.model(figures: figures, further: further).latents))
    }
    // The routes are readings 0 to 5.
    let all = try places(Self.dated + "undated,D,2025,5,,,,,,\nceiling,D,2025,50,,,,,ceiling,2026-03\n")
    #expect(all.map(\.end) == [2024, 2025])
    #expect(all.map(\.leftOut) == [[7, 8, 9, 10], [9, 10]])
    #expect(all.map(\.predicted) == [[7, 9], [9]])
    #expect(try places(Self.dated, "today: 2024").map(\.end) == [2024])
    // A figure dated by its year alone is known at the end of that year.
    let years = try places("id,publisher,year,value,published\na,A,2024,6,2024\nb,B,2024,7,2025\nc,B,2026,7,2025\n")
    #expect(years.map(\.end) == [2024] && years.first?.predicted == [7] && years.first?.leftOut == [7, 8])
    #expect(try places(LatentConditioningTests.figures).isEmpty)
    #expect(try places("id,publisher,year,value,published\na,A,2024,6,2025\nb,B,2025,7,2025-11\n").isEmpty)
    #expect(try places("id,publisher,year,value,published\na,A,2024,6,2024\nb,B,2026,7,2025-11\n").isEmpty)
  }

  @Test("A later figure reads the posterior of a model without the figures that are left out")
  func laterAsRun() throws {
    // Without a random walk, which a run adds beyond its own today and not beyond the end of each year.
    let still = "today: 2026\n    future: 0"
    let known = Self.dated.split(separator: "\n").prefix(2).joined(separator: "\n") + "\n"
    let run = try LatentConditioning(model: try LatentConditioningTests.model(figures: known, further: still))
      .outcome(options: .init())
    let fourth = try #require(
      try result(.later, further: still).figures.first { $0.name == "fourth" && $0.group == 0 })
    let total = try columnsOfTotal(run.model)
    #expect(abs(fourth.read.p50 / total - 1) < 0.02, "\(fourth.read.p50) \(total)")
  }

  @Test("Limits are not left out, and a figure far from all others has a low log score")
  func far() throws {
    let figures = LatentConditioningTests.figures + "limit,C,2025,4,,,,,floor\nfar,D,2026,900,,,,,\n"
    let result = try result(.observation, figures: figures)
    #expect(result.figures.map(\.name) == ["first", "second", "third", "far"])
    let far = try #require(result.figures.last)
    #expect(far.percentile > 0.999 && far.logScore < -5 && far.crps > 2)
    // It is predicted as if it had never been published, although it moves the errors' posterior by far.
    let without = try LatentConditioning(model: try LatentConditioningTests.model()).outcome(options: .init())
    let total = try columnsOfTotal(without.model)
    #expect(abs(far.read.p50 / total - 1) < 0.02, "\(far.read.p50) \(total)")
  }

  /// The median of the total in 2026, in TWh/year.
  private func columnsOfTotal(_ model: Model) throws -> Double {
    let count = try #require(model.posterior?.count)
    let id = try #require(model.quantity(named: "electricity"))
    let column = try Evaluator(model: model, requests: [.cell(id, 2)]).columns(draws: count)[0].sorted()
    return column[count / 2] / (3.6e15 / (365 * 24 * 3600.0))
  }

  @Test("The trend through other totals, against integration of its Student forecast")
  func trend() throws {
    let points: [(label: Double, logarithm: Double)] = [
      (2021, 1.0), (2023, 1.9), (2024, 2.2), (2024, 2.6), (2026, 3.1),
    ]
    for (label, value) in [(2025.0, 2.9), (2030, 3.0)] {
      let forecast = try #require(TrendForecast.at(label, of: points))
      let right = try LatentReference.value("trend", "crps_\(Int(label))")
      #expect(abs(forecast.crps(of: value) - right) < 1e-8)
    }
    // Two degrees of freedom at least, and not all on the line.
    #expect(TrendForecast.at(2025, of: Array(points.prefix(3))) == nil)
    #expect(TrendForecast.at(2025, of: [(2021, 1), (2022, 2), (2023, 3), (2024, 4)]) == nil)
    let level = try #require(TrendForecast.at(2025, of: [(2024, 1), (2024, 2), (2024, 3)]))
    #expect(level.mean == 2 && level.df == 2 && abs(level.scale - (4.0 / 3).squareRoot()) < 1e-12)
  }

  @Test("The score of a mixture of normal distributions, against its definition by its quantiles")
  func mixtureScore() {
    let mixture = NormalMixture([
      .init(mean: -1, sd: 0.5, weight: 1), .init(mean: 2, sd: 1.5, weight: 2), .init(mean: 0, sd: 0.1, weight: 1),
    ])
    // Twice the integral of the quantile loss over all probabilities, by midpoints.
    let count = 20_000
    let y = 0.7
    let sum = (0..<count).reduce(0.0) { sum, k in
      let p = (Double(k) + 0.5) / Double(count)
      let x = mixture.quantile(p)
      return sum + (y < x ? 1 - p : -p) * (x - y)
    }
    #expect(abs(mixture.crps(of: y) - 2 * sum / Double(count)) < 1e-4)
    #expect(abs(mixture.probability(below: mixture.quantile(0.3)) - 0.3) < 1e-12)
  }
}
