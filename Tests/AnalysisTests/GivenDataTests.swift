import Foundation
import Testing

@testable import Analysis

/// Ties, draws that are left out, and errors that are not known.
///
/// Standard errors between a value and its closed form: Student's t(15) is beyond 12.7 once in 5e8, and t(11) beyond 17.7.
@Suite("Given data: counts, left-out draws, unknown errors")
struct GivenDataTests {
  private static let reach = 12.7

  @Test("Both first-order shares of a count are its share of the variance")
  func count() throws {
    let problem = try Problems.text(
      """
      inputs: {d: "normal(0, 1)", e: bernoulli(0.3)}
      equations: {y: d + 3 * e}
      outputs: {y: {}}
      """, "y")
    let result = try GivenData.results(for: problem)[0]
    for index in ["S1", "S1_harmonic"] {
      for (name, share) in [("d", 1 / 2.89), ("e", 1.89 / 2.89)] {
        let own = try #require(result.estimate(index, name))
        #expect(abs(own.value - share) <= Self.reach * own.error + 1e-3, "\(index) \(name): \(own.value), not \(share)")
        #expect(own.value <= 1 && own.high <= 1 && own.isDistinguishable && own.error < 0.01)
      }
    }
  }

  @Test("A rare event that has nearly all of the variance has nearly all of the shares")
  func rare() throws {
    let problem = try Problems.text(
      """
      inputs: {d: "normal(0, 1)", e: bernoulli(0.002)}
      equations: {y: d + 300 * e}
      outputs: {y: {}}
      """, "y")
    let whole = 90_000 * 0.002 * 0.998 + 1
    for index in ["S1", "S1_harmonic"] {
      let own = try #require(try GivenData.results(for: problem)[0].estimate(index, "e"))
      #expect(abs(own.value - (whole - 1) / whole) <= Self.reach * own.error + 1e-3, "\(index): \(own)")
      #expect(own.value <= 1 && own.high <= 1)
    }
  }

  @Test("Draws without a finite target are left out of shares and of ranks")
  func leftOut() throws {
    let problem = try Problems.text(
      """
      inputs: {a: "normal(0.5, 1)", b: "uniform(0, 1)", c: "normal(0, 1)"}
      equations: {y: sqrt(a) + 0.3 * c + b}
      outputs: {y: {}}
      """, "y")
    let result = try GivenData.results(for: problem)[0]
    // V(sqrt a | a > 0) = 0.134524 by SciPy's quad; V(0.3 c) = 0.09, V(b) = 1 / 12.
    let whole = 0.13452417 + 0.09 + 1 / 12.0
    for index in ["S1", "S1_harmonic"] {
      for (name, part) in [("a", 0.13452417), ("b", 1 / 12.0), ("c", 0.09)] {
        let own = try #require(result.estimate(index, name))
        #expect(
          abs(own.value - part / whole) <= Self.reach * own.error + 1e-3, "\(index) \(name): \(own), \(part / whole)")
      }
    }
    #expect(result.nonFinite > 30_000)
  }

  @Test("A target that never varies or hardly ever exists is refused with the reason")
  func refused() throws {
    let constant = try Problems.text(
      "inputs: {a: \"uniform(0, 1)\"}\nequations: {y: \"if a > 2 then 1 else 0\"}\noutputs: {y: {}}\n", "y")
    let none = try Problems.text(
      "inputs: {a: \"uniform(0, 1)\"}\nequations: {y: \"sqrt(a - 0.9999)\"}\noutputs: {y: {}}\n", "y")
    for method in [GivenData.self, Delta.self, Pawn.self, ShapleyNeighbours.self] as [any SensitivityMethod.Type] {
      let same = try method.results(for: constant)[0]
      #expect(
        same.estimates.isEmpty && same.notes == ["the target is the same in every draw: there is nothing to explain"])
      let few = try method.results(for: none)[0]
      #expect(few.estimates.isEmpty && few.notes.count == 1 && few.notes[0].contains("finite in too few of"))
    }
  }

  @Test("An unknown error is not the absence of an effect")
  func unknown() throws {
    #expect(Resampling.isDistinguishable(0.4, reach: .nan, floor: 0) == nil)
    #expect(Resampling.isDistinguishable(.nan, reach: 0.1, floor: 0) == nil)
    #expect(Resampling.isDistinguishable(0.4, reach: 0.1, floor: .nan) == nil)
    #expect(Resampling.isDistinguishable(0.4, reach: 0.1, floor: 0.2) == true)
    #expect(Resampling.isDistinguishable(0.4, reach: 0.5, floor: 0.2) == false)
    // Too few finite draws for any width.
    let problem = try Problems.text(
      "inputs: {a: \"uniform(0, 1)\", b: \"normal(0, 1)\"}\nequations: {y: \"sqrt(a - 0.9999) + b\"}\noutputs: {y: {}}\n",
      "y")
    let result = try DisclosureAnalysis.run(problem, questions: 1).results[0]
    #expect(result.singles.count == 2)
    for gain in result.singles { #expect(gain.gain.isNaN && gain.distinguishable == nil && !gain.isIndistinguishable) }
  }

  @Test("Values that are huge or tiny have the same shares")
  func scales() throws {
    for scale in ["1e-200", "1e200"] {
      let problem = try Problems.text(
        """
        inputs: {a: "uniform(0, 1)", b: "uniform(0, 2)"}
        equations: {y: \(scale) * (a + b)}
        outputs: {y: {}}
        """, "y")
      let result = try GivenData.results(for: problem)[0]
      for (name, share) in [("a", 0.2), ("b", 0.8)] {
        let own = try #require(result.estimate("S1", name))
        #expect(abs(own.value - share) <= Self.reach * own.error + 1e-3, "\(own)")
      }
    }
  }

  @Test("A known count narrows the interval by what it does")
  func disclosedCount() throws {
    let problem = try Problems.text(
      """
      inputs: {d: "normal(0, 1)", e: bernoulli(0.3)}
      equations: {y: d + 3 * e}
      outputs: {y: {}}
      """, "y")
    let result = try DisclosureAnalysis.run(problem, questions: 2).results[0]
    // Quantiles of 0.7 N(0, 1) + 0.3 N(3, 1) by SciPy's brentq; once e is known the width is 2 · 1.644854, once d is, 3.
    let prior = 5.43301
    #expect(abs(result.prior - prior) < 0.1)
    let gains = Dictionary(uniqueKeysWithValues: result.singles.map { (problem.factors[$0.factors[0]].name, $0) })
    for (name, left) in [("e", 3.28971), ("d", 3.0)] {
      let own = try #require(gains[name])
      #expect(abs(own.gain - (prior - left)) <= 17.7 * own.error + 2e-3, "\(name): \(own)")
      #expect(own.isDistinguishable && own.error < 0.1)
    }
  }

  @Test("Gains of a linear model have no bias that their errors do not cover")
  func disclosedLinear() throws {
    let text = """
      inputs:
        x1: normal(0, 1)
        x2: normal(0, 1)
        x3: normal(0, 2)
        x4: {value: "normal(0, 1.5)", disclosable_by: h}
        x5: {value: "normal(0, 0.7)", disclosable_by: h}
      correlations:
        - [x2, x3, normal 0.6]
        - [x4, x5, normal -0.4]
      equations: {y: x1 + x2 + x3 + x4 + x5}
      outputs: {y: {}}
      """
    // V = 1 + (1 + 4 + 2.4) + (2.25 + 0.49 - 0.84); what each leaves by the conditional variance of normal variables.
    let variance = 10.3
    let known = ["x1": 1.0, "x2": 2.2 * 2.2, "x3": 2.6 * 2.6, "x4": 1.22 * 1.22, "x5": 0.1 * 0.1]
    let width = 3.2897072539029444
    // The mean of eight seeds has an error a third as large: a bias of 0.01 would be seen.
    var sums: [String: (off: Double, square: Double)] = [:]
    for seed in 1...8 as ClosedRange<UInt64> {
      let problem = try Problems.text(text, "y", seed: seed)
      let result = try DisclosureAnalysis.run(problem, questions: 0).results[0]
      for own in result.singles {
        let name = problem.factors[own.factors[0]].name
        let part = try #require(known[name])
        let exact = width * (variance.squareRoot() - (variance - part).squareRoot())
        let sum = sums[name] ?? (0, 0)
        sums[name] = (sum.off + own.gain - exact, sum.square + own.error * own.error)
      }
    }
    // Beyond six standard errors of a mean of eight once in a million.
    for (name, sum) in sums {
      #expect(abs(sum.off / 8) <= 6 * sum.square.squareRoot() / 8 + 1e-3, "\(name): \(sum.off / 8)")
      #expect(sum.square.squareRoot() / 8 < 0.02)
    }
  }
}
