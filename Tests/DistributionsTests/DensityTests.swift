import Distributions
import Foundation
import Testing

@Suite("Densities, for conditioning on observations")
struct DensityTests {
  @Test("The logarithm of the density is that of the density, for every distribution of the catalogue")
  func logarithms() throws {
    for family in DistributionCatalogue.families {
      for list in EveryDistributionTests.arguments(family.parameterisations[0]) {
        let distribution = try family.distribution(list)
        for p in [0.001, 0.1, 0.5, 0.8, 0.9999] {
          let x = distribution.quantile(p)
          guard distribution.density(x) > 1e-290, distribution.density(x) < .infinity else { continue }
          let both = (distribution.logDensity(x), log(distribution.density(x)))
          // The argument of an exponential is rounded to its size.
          #expect((both.0 - both.1).magnitude <= 1e-12 * (1 + both.1.magnitude), "\(distribution) at \(x): \(both)")
        }
      }
    }
  }

  @Test("It goes on where the density underflows")
  func underflow() throws {
    // mpmath 1.3.0, 30 digits: log of the densities in closed form.
    #expect((try Normal.distribution([1, 2]).logDensity(101) - -1251.612085713764618051).magnitude < 1e-11)
    #expect((try LogNormal.distribution([0, 1]).logDensity(1e30) - -2455.850641038305).magnitude < 1e-9)
    #expect((try Gamma.distribution([3, 1]).logDensity(2000) - -1985.491342261476).magnitude < 1e-9)
    #expect((try Gumbel.distribution([0, 1]).logDensity(-8) - -2972.957987041728).magnitude < 1e-9)
    #expect((try SkewNormal.distribution([0, 1, 2]).logDensity(-60) - -9005.932291061024).magnitude < 1e-6)
    #expect((try InverseGaussian.distribution([1, 2]).logDensity(2000) - -2009.974218632238).magnitude < 1e-9)
    let mixture = try Mixture([Normal.distribution([0, 1]), Normal.distribution([1, 1])], weights: [0.5, 0.5])
    #expect((mixture.logDensity(101) - -5001.612085713764618051).magnitude < 1e-9)
    let cut = try Truncated(Normal.distribution([0, 1]), low: 30)
    #expect((cut.logDensity(101) - -4647.097694576876).magnitude < 1e-9)
    #expect(
      (Affine(try Normal.distribution([0, 1]), scale: -4).logDensity(400) - -5002.305232894324563360).magnitude < 1e-9)
    for distribution: any Distribution in [
      try Exponential.distribution([2]), try Weibull.distribution([2, 1]), try Rayleigh.distribution([1]),
    ] {
      #expect(
        distribution.logDensity(-1) == -.infinity && distribution.logDensity(2000).isFinite
          && distribution.density(2000) == 0)
    }
  }

  @Test("The greatest density is that at the mode")
  func peaks() throws {
    let known: [(any Distribution, Double)] = [
      (try Normal.distribution([3, 2]), StandardNormal.density(0) / 2),
      (try LogNormal.distribution([1, 0.5]), try LogNormal.distribution([1, 0.5]).density(exp(0.75))),
      (try Uniform.distribution([2, 6]), 0.25), (try Triangular.distribution([1, 2, 5]), 0.5),
      (try Beta.distribution([2, 5]), try Beta.distribution([2, 5]).density(0.2)),
      (try Gamma.distribution([3, 2]), try Gamma.distribution([3, 2]).density(4)),
      (try Exponential.distribution([4]), 0.25), (try Pareto.distribution([2, 3]), 2.0 / 3),
      (try Cauchy.distribution([0, 1]), 1 / Double.pi),
      (try Beta.distribution([0.5, 3]), .infinity), (try Weibull.distribution([0.7, 1]), .infinity),
      (try Gamma.distribution([0.05, 1]), .infinity),
      (try Poisson.distribution([4.5]), try Poisson.distribution([4.5]).density(4)),
      (try Binomial.distribution([10, 0.3]), 0.266827932),
      (try Geometric.distribution([0.2]), 0.2), (try NegativeBinomial.distribution([0.5, 0.01]), 0.1),
      (try Bernoulli.distribution([0.3]), 0.7),
      (Affine(try Normal.distribution([0, 1]), scale: -3), StandardNormal.density(0) / 3),
      (try Truncated(Normal.distribution([0, 1]), low: 1), StandardNormal.density(1) / StandardNormal.survival(1)),
      (
        try Mixture([Normal.distribution([0, 1]), Normal.distribution([5, 1e-4])], weights: [0.999, 0.001]),
        0.001 * StandardNormal.density(0) * 1e4 + 0.999 * StandardNormal.density(5)
      ),
      (try Empirical.distribution(of: [1, 2, 4, 4.5], shape: .linear), 2.0 / 3),
    ]
    for (distribution, height) in known {
      let found = distribution.greatestDensity
      #expect(
        found == height || (found - height).magnitude <= 1e-9 * height, "\(distribution): \(found), not \(height)")
    }
  }

  @Test("No density exceeds the greatest one")
  func bounds() throws {
    for family in DistributionCatalogue.families {
      for list in EveryDistributionTests.arguments(family.parameterisations[0]) {
        let distribution = try family.distribution(list)
        let greatest = distribution.greatestDensity * (1 + 1e-9)
        for k in 1..<500 {
          #expect(distribution.density(distribution.quantile(Double(k) / 500)) <= greatest, "\(distribution)")
        }
      }
    }
  }
}
