import Distributions
import Foundation
import LinearAlgebra
import Modeling
import Testing

@testable import Evidence

@Suite("Latent totals: readings with biases")
struct LatentTotalTests {
  /// A path, and the readings of it: the label's position, the logarithm, and the errors.
  private struct Problem {
    var path: LatentPath
    var readings: [(label: Int, value: Double, source: ReadingErrors.Source)]
    var memory = ReadingErrors.Memory()
    var priors = LatentPriors()
    /// The covariance of the readings' errors beyond those of `source`.
    var joint: (_ a: Int, _ b: Int) -> Double = { _, _ in 0 }

    var components: VarianceComponents {
      let (count, covariance) = (path.labels.count, path.covariance)
      let sources = readings.map(\.source)
      let errors = ReadingErrors(memory: memory)
      var known = errors.known(of: sources)
      for a in sources.indices {
        for b in 0...a { known[a, b] += covariance[readings[a].label * count + readings[b].label] + joint(a, b) }
      }
      return VarianceComponents(
        residuals: readings.map { $0.value - path.mean[$0.label] }, known: known,
        components: errors.components(of: sources, priors: priors))
    }

    /// The logarithms given the readings, at standard deviations of the components.
    func solution(_ sds: [Double]) throws -> (path: ConditionalNormal, fit: VarianceComponents.Fit) {
      let fit = try #require(components.fit(sds))
      let (count, covariance) = (path.labels.count, path.covariance)
      var prior = SymmetricMatrix(identityOfSize: count)
      for a in 0..<count { for b in 0...a { prior[a, b] = covariance[a * count + b] } }
      let cross = (0..<count).map { k in readings.map { covariance[k * count + $0.label] } }
      return (ConditionalNormal(mean: path.mean, covariance: prior, cross: cross, given: fit), fit)
    }
  }

  /// One label with a prior so wide that it does not matter.
  private func single(_ values: [Double], _ variances: [Double]) -> Problem {
    Problem(
      path: LatentPath(labels: [0], start: (0, 1000), growth: (0, 1), change: 1),
      readings: values.indices.map { route in
        (0, values[route], .init(kind: .route(route), label: 0, variance: variances[route]))
      })
  }

  private static func priors(_ scales: [LatentPriors.Scale: Double]) -> LatentPriors {
    var priors = LatentPriors()
    for scale in LatentPriors.Scale.allCases { priors[scale] = scales[scale] ?? 0 }
    return priors
  }

  @Test("Three routes to one number: the weighted mean of random effects")
  func randomEffects() throws {
    var problem = single([0, 0.3, 0.6], [0.01, 0.04, 0.09])
    problem.priors = Self.priors([.routeBias: 1])
    let (path, _) = try problem.solution([0.25])
    #expect(abs(path.mean[0] - 0.227898883) < 1e-6)
    #expect(abs(path.covariance[0, 0].squareRoot() - 0.182250741) < 1e-6)
  }

  @Test("Two routes and a publisher over four labels, against a dense solution in NumPy")
  func fourLabels() throws {
    let routes = [[5.0, 7, 10, 16], [8.0, 10, 13, 18]]
    var problem = Problem(
      path: LatentPath(
        labels: [1, 2, 3, 4], start: (Foundation.log(6), 1.5), growth: (Foundation.log(1.35), 0.4), change: 0.3),
      readings: routes.indices.flatMap { route in
        (0..<4).map {
          ($0, Foundation.log(routes[route][$0]), .init(kind: .route(route), label: Double($0), variance: 0))
        }
      }
        + [(2, 20.0), (3, 30.0)].map { label, value in
          (label, Foundation.log(value), .init(kind: .total(bias: 0), label: Double(label), variance: 0.01))
        })
    problem.memory.constant = 1
    problem.priors = Self.priors([.routeBias: 1, .publisherBias: 1])
    problem.joint = { a, b in a < 8 && b < 8 && a % 4 == b % 4 ? (a == b ? 0.01 : 0.005) : 0 }
    let (path, fit) = try problem.solution([0.3, 0.25])
    for (mean, right) in zip(path.mean, [7.806054, 10.400373, 14.447933, 21.419169]) {
      #expect(abs(Foundation.exp(mean) - right) < 1e-6 * right)
    }
    for (k, right) in [0.184327, 0.179665, 0.171697, 0.173194].enumerated() {
      #expect(abs(path.covariance[k, k].squareRoot() - right) < 1e-6)
    }
    #expect(abs(fit.logLikelihood + 1.834305) < 1e-6)
  }

  /// The readings of `Reference/latent.py`.
  private var stateSpace: Problem {
    let labels = [2019.0, 2020, 2021, 2023, 2024, 2025]
    let routes = [[5.0, 7, 10, 22, 30, 45], [8.0, 10, 13, 20, 35, 60]]
    let figures = [(2, 0, 16.0), (4, 0, 40.0), (5, 1, 90.0)]
    return Problem(
      path: LatentPath(
        labels: labels, start: (Foundation.log(6), 1.5), growth: (Foundation.log(1.35), 0.4), change: 0.3),
      readings: routes.indices.flatMap { route in
        labels.indices.map { k in
          (k, Foundation.log(routes[route][k]), .init(kind: .route(route), label: labels[k], variance: 0.01))
        }
      }
        + figures.map { k, publisher, value in
          (k, Foundation.log(value), .init(kind: .total(bias: publisher), label: labels[k], variance: 0))
        },
      priors: Self.priors([
        .routeBias: 1, .commonRouteBias: 1, .publisherBias: 1, .commonPublisherBias: 1, .figureError: 1,
      ]))
  }

  @Test("Drifting biases at uneven labels, against a Kalman filter and smoother")
  func kalman() throws {
    let (path, fit) = try stateSpace.solution([0.3, 0.2, 0.25, 0.15, 0.12])
    for k in 0..<6 {
      #expect(abs(path.mean[k] - (try LatentReference.value("state_space", "mean\(k)"))) < 1e-6)
      let sd = path.covariance[k, k].squareRoot()
      #expect(abs(sd - (try LatentReference.value("state_space", "sd\(k)"))) < 1e-6)
    }
    #expect(abs(fit.logLikelihood - (try LatentReference.value("state_space", "log_likelihood"))) < 1e-6)
  }

  /// The same readings with two unknown standard deviations.
  private var variances: VarianceComponents {
    var problem = stateSpace
    let all = problem.components.components
    problem.priors = Self.priors([.routeBias: 0.35, .publisherBias: 0.35])
    var model = problem.components
    for (name, sd) in [("common_route_bias", 0.2), ("common_publisher_bias", 0.15), ("figure_error", 0.12)] {
      for component in all where component.name == name {
        for a in 0..<model.known.size {
          for b in 0...a { model.known[a, b] += sd * sd * component.pattern[a, b] }
        }
      }
    }
    return model
  }

  @Test("Unknown standard deviations, against quadrature over a grid")
  func quadrature() throws {
    let posterior = try #require(HyperparameterPosterior(of: variances, seed: 1, name: "x", workers: 2))
    #expect(posterior.effective > 2000)
    #expect(abs(posterior.logEvidence - (try LatentReference.value("variances", "log_evidence"))) < 0.01)
    for summary in posterior.summaries {
      let quantiles = [summary.posterior.p05, summary.posterior.p50, summary.posterior.p95]
      for (value, p) in zip(quantiles, ["p05", "p50", "p95"]) {
        // Points are deterministic; 2 % of the prior's scale is a tenth of the posterior's standard deviation.
        #expect(abs(value - (try LatentReference.value("variances", "\(summary.name)_\(p)"))) < 0.007)
      }
    }
    // Strata are equally probable sets, so their median is that of the posterior.
    let taus = posterior.strata.map { $0[0] }.sorted()
    #expect(abs(taus[taus.count / 2] - (try LatentReference.value("variances", "route_bias_p50"))) < 0.01)
  }

  @Test("Unknown standard deviations are the same bytes for any number of workers")
  func workers() throws {
    let one = try #require(HyperparameterPosterior(of: variances, seed: 7, name: "x", workers: 1))
    let four = try #require(HyperparameterPosterior(of: variances, seed: 7, name: "x", workers: 4))
    #expect(one.strata == four.strata)
    #expect(one.logEvidence == four.logEvidence)
  }

  @Test("Two readings of nearly one number pool outside their range without an own error, and inside with it")
  func nearlySingular() throws {
    func pooled(own: Double) throws -> Double {
      var problem = single([Foundation.log(10), Foundation.log(15)], [0.04 + own * own, 0.09 + own * own])
      problem.priors = Self.priors([:])
      problem.joint = { a, b in a == b ? 0 : 0.05 }
      return Foundation.exp(try problem.solution([]).path.mean[0])
    }
    #expect(abs(try pooled(own: 0) - 8.74) < 0.01)
    #expect(abs(try pooled(own: 0.2) - 11.17) < 0.01)
  }

  @Test("Readings that determine each other exactly have no density")
  func singular() throws {
    var problem = single([0, 1], [0, 0])
    problem.priors = Self.priors([:])
    #expect(problem.components.fit([]) == nil)
    #expect(HyperparameterPosterior(of: problem.components, seed: 1, name: "x", workers: 1) == nil)
  }

  @Test("Readings far from the prior, with tiny or huge errors, stay finite", arguments: [-300.0, 0, 300])
  func extremes(level: Double) throws {
    for sd in [1e-4, 1, 1e3] {
      var problem = single([level, level + sd], [sd * sd, sd * sd])
      problem.priors = Self.priors([.routeBias: sd])
      let posterior = try #require(HyperparameterPosterior(of: problem.components, seed: 1, name: "x", workers: 1))
      #expect(posterior.logEvidence.isFinite && posterior.effective > 500)
      // Equal errors: the mean of both, which the prior of variance 1e6 pulls to 0.
      let (path, _) = try problem.solution([sd])
      let right = (level + 0.5 * sd) * (1e6 / (1e6 + sd * sd))
      // Entries of the covariance are rounded at 1e6, by a relative 2^-53, and so are the steps of its factor: some ten
      // roundings. Solutions are of the size of the readings' difference over twice their variances, 1 / (4 sd), and the
      // mean is half of the sum of what the roundings add to the readings. So an error of 1e-4 is known to 2 %.
      let rounding = 10 * 1e6.ulp / (4 * sd) + 10 * right.magnitude.ulp
      #expect(abs(path.mean[0] - right) < rounding)
    }
  }

  @Test("Intervals of truths simulated from the prior hold them as often as they say")
  func calibration() throws {
    let labels = [0.0, 1, 2, 3, 4]
    var random = SeededGenerator(seed: 20_190_101)
    func normal() -> Double { StandardNormal.quantile(Double.random(in: 0x1p-53..<1, using: &random)) }
    var inside = (half: 0, most: 0)
    let experiments = 120
    for _ in 0..<experiments {
      let path = LatentPath(labels: labels, start: (1, 1.5), growth: (0.3, 0.4), change: 0.3)
      let scores = labels.map { _ in normal() }
      let truth = labels.indices.map { k in
        (0...k).reduce(path.mean[k]) { $0 + path.factor[k * labels.count + $1] * scores[$1] }
      }
      let (tau, pi) = (0.35 * normal().magnitude, 0.35 * normal().magnitude)
      var problem = Problem(path: path, readings: [])
      problem.memory.constant = 1
      problem.priors = Self.priors([.routeBias: 0.35, .publisherBias: 0.35])
      for route in 0..<3 {
        let bias = tau * normal()
        for k in labels.indices {
          problem.readings.append(
            (k, truth[k] + bias + 0.1 * normal(), .init(kind: .route(route), label: labels[k], variance: 0.01)))
        }
      }
      for publisher in 0..<4 {
        let bias = pi * normal()
        problem.readings.append(
          (
            publisher, truth[publisher] + bias + 0.15 * normal(),
            .init(kind: .total(bias: publisher), label: labels[publisher], variance: 0.0225)
          ))
      }
      let posterior = try #require(
        HyperparameterPosterior(of: problem.components, seed: 3, name: "x", workers: 2, blocks: 1))
      // The share of the mixture over strata below the truth at the last label.
      var below = 0.0
      for sds in posterior.strata {
        let (path, _) = try problem.solution(sds)
        below += StandardNormal.cdf((truth[4] - path.mean[4]) / path.covariance[4, 4].squareRoot())
      }
      below /= Double(posterior.strata.count)
      if abs(below - 0.5) < 0.25 { inside.half += 1 }
      if abs(below - 0.5) < 0.45 { inside.most += 1 }
    }
    // Binomial with 120 trials: outside these ranges with a probability below 1e-6.
    #expect((34...86).contains(inside.half), "\(inside.half) of \(experiments) in 50 %")
    #expect((88...120).contains(inside.most), "\(inside.most) of \(experiments) in 90 %")
  }
}

/// Values of `Reference/latent.csv`.
enum LatentReference {
  static let values: [String: Double] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Reference/latent.csv")
    var values: [String: Double] = [:]
    for line in ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",").map(String.init)
      if fields.count == 3 { values[fields[0] + " " + fields[1]] = Double(fields[2]) }
    }
    return values
  }()

  static func value(_ name: String, _ statistic: String) throws -> Double {
    try #require(values[name + " " + statistic], "no \(statistic) of \(name)")
  }
}
