import Distributions
import Foundation
import Testing

@Suite("Distributions from quantiles and from data")
struct QuantileDistributionTests {
  static func points(_ pairs: [(Double, Double)]) -> [QuantilePoint] {
    pairs.map { QuantilePoint(probability: $0.0, value: $0.1) }
  }
  static let three = points([(0.1, 10), (0.5, 20), (0.9, 45)])
  static let values: [Double] = [3, 1, 4, 1.5, 9, 2.6, 5.3, 5.8]

  @Test("pass the distribution suite")
  func suite() throws {
    let distributions: [any Distribution] = [
      try Metalog(points: Self.three),
      try Metalog(points: Self.three, low: 0),
      try Metalog(points: Self.three, high: 100),
      try Metalog(points: Self.three, low: 0, high: 100),
      try Metalog(points: Self.points([(0.25, -3), (0.75, 2)])),
      try Metalog(points: Self.points([(0.05, 1), (0.25, 4), (0.5, 6), (0.75, 9), (0.95, 16)])),
      Affine(try Metalog(points: Self.three, low: 0), scale: -2, shift: 1),
      try Truncated(Metalog(points: Self.three), low: 0, high: 60),
      try Empirical.distribution(of: Self.values, shape: .step),
      try Empirical.distribution(of: Self.values, shape: .linear),
      try Empirical.distribution(of: Self.values, shape: .kernel),
      try Empirical.distribution(of: Self.values + [4, 4], shape: .linear),
      try Empirical.distribution(of: [5, 5, 5], shape: .linear),
      Affine(try Poisson.distribution([7]), scale: 3, shift: 1),
      try Truncated(Poisson.distribution([7]), low: 2, high: 9),
      try Mixture([Constant(0), Poisson.distribution([7])], weights: [0.4, 0.6]),
      try Truncated(Cauchy.distribution([0, 1]), low: -2, high: 5),
    ]
    for distribution in distributions { DistributionSuite(distribution: distribution).check() }
  }

  @Test("of quantiles pass through them and agree with another solver between them")
  func metalogs() throws {
    // mpmath 1.3.0, 30 digits: lu_solve of Keelin's basis (2016, equation 6) at the points' logarithms or logits.
    let probabilities = [0.001, 0.05, 0.25, 0.7, 0.99]
    let five = Self.points([(0.05, 1), (0.25, 4), (0.5, 6), (0.75, 9), (0.95, 16)])
    let cases: [(Metalog, [Double])] = [
      (
        try Metalog(points: Self.three),
        [-5.5990602002137795, 7.855598137789862, 13.59375, 28.19446483484011, 75.81234720628272]
      ),
      (
        try Metalog(points: Self.three, low: 0),
        [2.369575493074314, 7.978337468932197, 13.98683491079171, 27.033849742010414, 112.09711990463009]
      ),
      (
        try Metalog(points: Self.three, low: 0, high: 100),
        [2.2104579887750053, 8.005375298004028, 13.860954022630752, 27.583539308800546, 76.51977848340707]
      ),
      (try Metalog(points: five), [-6.866083622754179, 1.0, 4.0, 8.209204883147061, 22.816638221221996]),
    ]
    for (distribution, expected) in cases {
      for point in distribution.points {
        #expect(
          (distribution.quantile(point.probability) - point.value).magnitude < 1e-12 * point.value.magnitude,
          "\(distribution)")
      }
      for (p, x) in zip(probabilities, expected) {
        #expect((distribution.quantile(p) - x).magnitude < 1e-12 * x.magnitude, "\(distribution) at \(p)")
      }
    }
    // The mirror image of a lower end is an upper one.
    let mirrored = try Metalog(points: Self.points([(0.1, -45), (0.5, -20), (0.9, -10)]), high: 0)
    #expect((mirrored.quantile(0.3) + cases[1].0.quantile(0.7)).magnitude < 1e-12)
  }

  @Test("of quantiles are those of the paper's formulas, computed by NumPy; see Reference/metalog.py")
  func metalogReference() throws {
    let rows = try ReferenceTable("metalog.csv").rows
    #expect(rows.count == 154)
    for row in rows {
      let points = try #require(row["points"]).split(separator: " ").map { text in
        let sides = text.split(separator: "=").compactMap { Double($0) }
        return (sides[0], sides[1])
      }
      let distribution = try Metalog(
        points: Self.points(points), low: row["low"].flatMap(Double.init), high: row["high"].flatMap(Double.init))
      let expected = try #require(row["value"].flatMap(Double.init))
      let place = row["where"].flatMap(Double.init) ?? .nan
      let (found, accuracy): (Double, Double) =
        switch row["what"] {
        case "quantile": (distribution.quantile(place), 1e-11)
        // Slopes by differences and means by quadrature are known to some 1e-9 there.
        case "density": (distribution.density(distribution.quantile(place)), 1e-8)
        default: (distribution.mean, 1e-8)
        }
      #expect((found - expected).magnitude <= accuracy * max(expected.magnitude, distribution.sd), "\(row)")
    }
  }

  @Test("of quantiles are refused where the function would fall, with what may be left out")
  func infeasible() throws {
    let bent = Self.points([(0.1, 10), (0.5, 40), (0.9, 45)])
    // Keelin 2016, section 4.2: for probabilities a, 1/2, 1 - a the distribution exists if and only if the middle
    // value's share of the range is between k and 1 - k, k = (1 - 1.66711 (1/2 - a)) / 2: here 0.167 and 0.833.
    let error = #expect(throws: DistributionError.self) { try Metalog(points: bent) }
    guard case .decreasing(let distribution, let between, let spare) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(distribution == "quantiles")
    #expect(spare == [0.1, 0.5, 0.9])
    // A bend that far to the right falls in the upper half.
    #expect(between.lowerBound > 0.5)
    #expect(between.upperBound < 1)
    for (share, exists) in [(0.17, true), (0.16, false), (0.83, true), (0.84, false)] {
      let distribution = try? Metalog(points: Self.points([(0.1, 0), (0.5, share), (0.9, 1)]))
      #expect((distribution != nil) == exists, "\(share)")
    }
    // With an upper end, the distribution exists.
    #expect(throws: Never.self) { try Metalog(points: bent, high: 50) }
    #expect(throws: DistributionError.self) { try Metalog(points: Self.points([(0.5, 1)])) }
    #expect(throws: DistributionError.self) { try Metalog(points: Self.points([(0, 1), (0.5, 2)])) }
    #expect(throws: DistributionError.self) { try Metalog(points: Self.points([(0.1, 2), (0.5, 2)])) }
    #expect(throws: DistributionError.self) { try Metalog(points: Self.points([(0.1, 2), (0.1, 3)])) }
    #expect(throws: DistributionError.self) { try Metalog(points: Self.three, low: 11) }
    #expect(throws: DistributionError.self) { try Metalog(points: Self.three, low: .nan) }
    let many = (1...13).map { (Double($0) / 14, Double($0)) }
    #expect(throws: DistributionError.self) { try Metalog(points: Self.points(many)) }
  }

  @Test("of data are those of another library")
  func empirical() throws {
    // numpy 2.4.6: quantile(values, p); SciPy 1.17.1: mean of stats.norm.cdf((x - values) / bandwidth)
    let linear = try Empirical.distribution(of: Self.values, shape: .linear)
    for (p, x) in [(0.1, 1.35), (0.33, 2.724), (0.5, 3.5), (0.9, 6.76)] {
      #expect((linear.quantile(p) - x).magnitude < 1e-14, "\(p)")
    }
    let kernel = try Empirical.distribution(of: Self.values, shape: .kernel, low: -.infinity)
    for (x, p) in [(0.0, 0.05203521133667628), (3, 0.40069126685706613), (10, 0.9706566072489627)] {
      #expect((kernel.cdf(x) - p).magnitude < 1e-14, "\(x)")
    }
    #expect((kernel.density(3) - 0.14501478132769197).magnitude < 1e-14)
    let step = try Empirical.distribution(of: Self.values)
    #expect(step.quantile(0.125) == 1)
    #expect(step.quantile(0.126) == 1.5)
    #expect(step.description == "empirical(1, 1.5, 2.6, 3, 4, 5.3, 5.8, 9)")
    // Texts of long lists tell one changed value.
    let long = (0..<100).map { Double($0) }
    let names = try [long, long.dropLast() + [99.5], [0.5] + long.dropFirst()].map {
      try Empirical.distribution(of: $0, shape: .linear).description
    }
    #expect(Set(names).count == 3)
    #expect(names[0].hasPrefix("empirical(100 values from 0 to 99, digest "))
    #expect(try Empirical.distribution(of: [5, 5, 5]) is Constant)
    #expect(throws: DistributionError.self) { try Empirical.distribution(of: []) }
    #expect(throws: DistributionError.self) { try Empirical.distribution(of: [1, .nan]) }
    let many = [Double](repeating: 1, count: 10_001)
    #expect(throws: DistributionError.self) { try Empirical.distribution(of: many, shape: .kernel) }
  }

  @Test("of positive data stay positive: kernels are reflected at the bounds")
  func reflectedKernels() throws {
    // SciPy 1.17.1, h = 1.3736668175583486: the mean of norm.cdf((x - v) / h) - norm.cdf((-x - v) / h), and of the sum of
    // both densities; mean and sd of the folded normal distribution around each value.
    let positive = try Empirical.distribution(of: Self.values, shape: .kernel)
    for (x, p, density) in [
      (0.01, 0.0011559696661566528, 0.11559778924448279), (1, 0.11935978999619183, 0.12622579220610938),
      (3, 0.40039726461228636, 0.14571931832074755), (10, 0.9706566072489626, 0.028298021839470715),
    ] {
      #expect((positive.cdf(x) - p).magnitude < 1e-14 && (positive.density(x) - density).magnitude < 1e-14, "\(x)")
    }
    #expect(positive.support == 0...(.infinity) && positive.cdf(0) == 0)
    #expect((positive.mean - 4.101534676642569).magnitude < 1e-13)
    #expect((positive.sd - 2.698494732616579).magnitude < 1e-13)
    // The same with images at 2 k (9.5 - 0.5), k from -6 to 6.
    let between = try Empirical.distribution(of: Self.values, shape: .kernel, low: 0.5, high: 9.5)
    for (x, p) in [(0.6, 0.016310894864386336), (3, 0.3981349834545601), (9.4, 0.9929451647247759)] {
      #expect((between.cdf(x) - p).magnitude < 1e-14, "\(x)")
    }
    let mirrored = try Empirical.distribution(of: Self.values.map { -$0 }, shape: .kernel)
    #expect((mirrored.quantile(0.3) + positive.quantile(0.7)).magnitude < 1e-12)
    #expect(mirrored.support.upperBound == 0)
    // Values that are few and far apart reach over both bounds, and are reflected more than once.
    let wide = try Empirical.distribution(of: [0, 1], shape: .kernel, low: 0, high: 1)
    for distribution in [
      positive, between, mirrored, wide, try Empirical.distribution(of: [5, 7, 9], shape: .kernel, high: 9),
    ] {
      DistributionSuite(distribution: distribution).check()
      #expect(distribution.quantile(0x1p-53) >= distribution.support.lowerBound)
      #expect(distribution.quantile(survival: 0x1p-53) <= distribution.support.upperBound)
    }
    // Far from a bound nothing changes.
    let far = Self.values.map { $0 + 1000 }
    let plain = try Empirical.distribution(of: far, shape: .kernel, low: -.infinity)
    let reflected = try Empirical.distribution(of: far, shape: .kernel)
    #expect((reflected.quantile(0.02) - plain.quantile(0.02)).magnitude < 1e-10)
    #expect(throws: DistributionError.self) { try Empirical.distribution(of: Self.values, shape: .kernel, low: 1.2) }
    #expect(throws: DistributionError.self) { try Empirical.distribution(of: Self.values, shape: .kernel, high: 8) }
  }

  @Test(
    "a geometric distribution counts failures, from 0, as SciPy's nbinom(1, p); its geom, which counts trials, is one more"
  )
  func geometric() throws {
    // SciPy 1.17.1: nbinom(1, 0.3).mean(), .std(), .cdf([0, 1, 5]); geom(0.3).mean() - 1 is the same mean.
    let distribution = try Geometric.distribution([0.3])
    #expect(
      (distribution.mean - 2.3333333333333335).magnitude < 1e-15
        && (distribution.sd - 2.788866755113585).magnitude < 1e-14)
    for (k, p) in [(0.0, 0.3), (1, 0.51), (5, 0.882351)] {
      #expect((distribution.cdf(k) - p).magnitude < 1e-12, "\(k)")
    }
    #expect(distribution.quantile(0.29) == 0 && distribution.quantile(0.31) == 1)
  }

  @Test("say where moments end")
  func tailIndex() throws {
    #expect(try Pareto.distribution([1.5, 2]).tailIndex == 1.5)
    #expect(try Student.distribution([4]).tailIndex == 4)
    #expect(try Cauchy.distribution([0, 1]).tailIndex == 1)
    #expect(try LogLogistic.distribution([3, 1]).tailIndex == 3)
    #expect(try LogNormal.distribution([0, 1]).tailIndex == nil)
    let pareto = try Pareto.distribution([1.5, 2])
    #expect(Affine(pareto, scale: -3).tailIndex == 1.5)
    #expect(try Mixture([pareto, Student.distribution([1.2])], weights: [0.5, 0.5]).tailIndex == 1.2)
    #expect(try Truncated(pareto, high: 100).tailIndex == nil)
    #expect(try Truncated(pareto, low: 3).tailIndex == 1.5)
    #expect(try Metalog(points: Self.three).tailIndex == nil)
    // The distribution says what its moments do.
    for family in DistributionCatalogue.families {
      for list in EveryDistributionTests.arguments(family.parameterisations[0]) {
        let distribution = try family.distribution(list)
        guard let index = distribution.tailIndex else {
          #expect(distribution.mean.isFinite && distribution.sd.isFinite, "\(distribution)")
          continue
        }
        #expect(distribution.mean.isFinite == (index > 1), "\(distribution)")
        #expect(distribution.sd.isFinite == (index > 2), "\(distribution)")
        // The slope of log x by log q in the far tail is -1 / index.
        guard index < 20 else { continue }
        let (near, far) = (distribution.quantile(survival: 1e-12), distribution.quantile(survival: 1e-14))
        #expect((log(far / near) / log(100) * index - 1).magnitude < 0.1, "\(distribution)")
      }
    }
    let heavy = try Metalog(points: Self.points([(0.1, 1), (0.5, 10), (0.9, 1000)]), low: 0)
    let index = try #require(heavy.tailIndex)
    let slope = log(heavy.quantile(survival: 1e-60) / heavy.quantile(survival: 1e-50)) / (10 * log(10.0))
    #expect((slope * index - 1).magnitude < 1e-9)
    #expect(heavy.mean.isFinite == (index > 1))
  }

  @Test("of counts list their outcomes up to the stated limits, and cover all that sampling reaches")
  func counts() throws {
    let distributions: [any Distribution] = [
      try Poisson.distribution([1e9]), try Poisson.distribution([0.001]), try Binomial.distribution([1e8, 0.5]),
      try Geometric.distribution([1e-4]),
      try NegativeBinomial.distribution([1, 0.0001]), try NegativeBinomial.distribution([1e6, 0.5]),
    ]
    for distribution in distributions {
      guard case .steps(let outcomes, let cumulative) = distribution.quantileExpression else {
        Issue.record("\(distribution)")
        continue
      }
      #expect(outcomes.count < 1 << 20, "\(distribution)")
      #expect(outcomes.first.map { $0 == 0 || distribution.cdf($0 - 1) <= 0x1p-54 } == true)
      #expect(outcomes.last.map { distribution.survival($0) <= 0x1p-54 } == true)
      #expect(zip(cumulative, cumulative.dropFirst()).allSatisfy { $0 <= $1 }, "\(distribution)")
      for u in [0x1p-50, 1e-6, 0.11, 0.51, 0.77, 0.999] {
        #expect(
          distribution.quantileExpression.evaluate(probability: u) == distribution.quantile(u),
          "\(distribution) at \(u)")
      }
    }
    #expect(try Poisson.distribution([0]).quantile(0.99) == 0)
    #expect(try Binomial.distribution([5, 1]).quantile(0.01) == 5)
    #expect(try Binomial.distribution([5, 0]).quantile(0.99) == 0)
    #expect(try NegativeBinomial.distribution([3, 1]).quantile(0.99) == 0)
    #expect(try Geometric.distribution([0.25]).quantile(0.6) == NegativeBinomial.distribution([1, 0.25]).quantile(0.6))
    let whole = Domain(0, 1e8, isWhole: true)
    #expect(throws: DistributionError.outOfDomain(parameter: "n", value: 2.5, domain: whole)) {
      try Binomial.distribution([2.5, 0.1])
    }
    #expect(throws: DistributionError.self) { try NegativeBinomial.distribution([1, 1e-6]) }
    #expect(throws: DistributionError.self) { try NegativeBinomial.distribution([1e12, 0.5]) }
    let interval = try Interval.points(low: 2, high: 9)
    #expect(throws: DistributionError.self) {
      try DistributionCatalogue.fit(Binomial.self, low: interval.low, high: interval.high)
    }
  }

  @Test("know the nearest interval that an inverse Gaussian distribution has")
  func nearestInterval() throws {
    let wide = try Interval.points(low: 1, high: 5000)
    let error = #expect(throws: DistributionError.self) {
      try DistributionCatalogue.fit(InverseGaussian.self, low: wide.low, high: wide.high)
    }
    guard case .noFit(_, _, _, let nearest?) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let points = try Interval.points(low: nearest.lowerBound, high: nearest.upperBound)
    #expect(throws: Never.self) {
      try DistributionCatalogue.fit(InverseGaussian.self, low: points.low, high: points.high)
    }
  }

  /// The limit of the ratio of both ends is 976.938, by SciPy's levy.ppf(.95) / levy.ppf(.05).
  @Test("also where that is a tiny part of the wanted width", arguments: [1e-5, 1, 60])
  func nearestOfWide(low: Double) throws {
    let wide = try Interval.points(low: low, high: 1e5)
    let error = #expect(throws: DistributionError.self) {
      try DistributionCatalogue.fit(InverseGaussian.self, low: wide.low, high: wide.high)
    }
    guard case .noFit(_, _, _, let nearest?) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(nearest.upperBound == 1e5 && nearest.lowerBound > 1e5 / 976.94 && nearest.lowerBound < 1.02 * 1e5 / 976.94)
    let points = try Interval.points(low: nearest.lowerBound, high: nearest.upperBound)
    #expect(throws: Never.self) {
      try DistributionCatalogue.fit(InverseGaussian.self, low: points.low, high: points.high)
    }
  }
}
