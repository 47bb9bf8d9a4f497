import Distributions
import Foundation
import VectorMath

/// A copula defined by a matrix of correlations of normal scores.
package enum EllipticalCopula: Sendable, Hashable {
  /// The copula of a multivariate normal distribution.
  case normal
  /// The copula of a multivariate Student t distribution.
  case student(StudentCopula)
}

/// A correlation of two coordinates by one of its measures.
package struct Correlation: Sendable, Hashable {
  /// The measures of a correlation.
  package enum Measure: String, Sendable, CaseIterable {
    /// Spearman's: the correlation of the probabilities.
    case rank
    /// Kendall's: the probability of concordance of two draws less that of discordance.
    case kendall
    /// The correlation of the normal scores; of Student scores under a Student copula.
    case normal
  }

  /// The measure.
  package var measure: Measure
  /// Its value, in -1 ... 1.
  package var value: Double

  /// Creates a correlation.
  package init(_ measure: Measure, _ value: Double) {
    self.measure = measure
    self.value = value
  }

  /// The correlation of normal scores under a copula.
  ///
  /// Kendall's is 2 arcsin(s) / pi under both (Greiner 1909, "Über das Fehlersystem der Kollektivmasslehre"; Lindskog,
  /// McNeil & Schmock 2003, doi:10.1007/978-3-642-57321-1_8). Spearman's is 6 arcsin(s / 2) / pi under a normal copula
  /// (Pearson 1907, "On further methods of determining correlation"), a little less under a Student copula.
  package func score(under copula: EllipticalCopula) -> Double {
    switch (measure, copula) {
    case (.normal, _): value
    case (.kendall, _): PortableMath.sin(.pi * value / 2)
    case (.rank, .normal): 2 * PortableMath.sin(.pi * value / 6)
    case (.rank, .student(let copula)): copula.score(spearman: value)
    }
  }
}

/// Scores of correlations, each computed once, because Spearman's under a Student copula takes a millisecond.
struct ScoreCache {
  private var known: [Correlation: Double] = [:]
  private var copula = EllipticalCopula.normal

  /// The correlation of normal scores under a copula.
  mutating func score(_ correlation: Correlation, _ copula: EllipticalCopula) -> Double {
    if copula != self.copula { (self.copula, known) = (copula, [:]) }
    if let score = known[correlation] { return score }
    let score = correlation.score(under: copula)
    known[correlation] = score
    return score
  }
}
