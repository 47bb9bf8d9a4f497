/// All distributions that a scenario can name.
///
/// A distribution given by a fixed list of numbers is one file in `Families/` and one line here; a test reads the folder
/// and proves that the line was not forgotten.
public enum DistributionCatalogue {
  /// The families, sorted by name.
  public static let families: [any DistributionFamily.Type] = [
    Bernoulli.self,
    Beta.self,
    Binomial.self,
    Cauchy.self,
    ChiSquared.self,
    Exponential.self,
    Gamma.self,
    Geometric.self,
    Gumbel.self,
    InverseGaussian.self,
    Kumaraswamy.self,
    Laplace.self,
    Logistic.self,
    LogLogistic.self,
    LogNormal.self,
    LogUniform.self,
    NegativeBinomial.self,
    Normal.self,
    Pareto.self,
    Pert.self,
    Poisson.self,
    Rayleigh.self,
    SkewNormal.self,
    Student.self,
    Triangular.self,
    Uniform.self,
    Weibull.self,
  ]

  /// The distributions whose arguments are not a fixed list of numbers, sorted by name.
  public static let structural: [StructuralDistribution] = [
    StructuralDistribution(
      name: "dirichlet", signature: "dirichlet(LABEL=alpha, ...)",
      summary: "shares of the labels of an index, summing to 1: proportional to independent gamma(alpha) values"),
    StructuralDistribution(
      name: "discrete", signature: "discrete(OUTCOME=probability, ...)",
      summary: "one of the listed outcomes, each with its probability"),
    StructuralDistribution(
      name: "empirical", signature: "empirical(\"file.csv\", column=\"x\", shape=step)",
      summary:
        "the values of a column: drawn as they are (step), joined by lines (linear) or smoothed (kernel, within low= and high=)"
    ),
    StructuralDistribution(
      name: "mixture", signature: "mixture(DISTRIBUTION, DISTRIBUTION, ..., weights=(w1, w2, ...))",
      summary: "a draw of one of several distributions, chosen with the weights"),
    StructuralDistribution(
      name: "quantiles", signature: "quantiles(PROBABILITY=value, ..., low=a, high=b)",
      summary: "the metalog distribution through two or more quantiles (Keelin 2016), with optional bounds"
    ),
    StructuralDistribution(
      name: "shares", signature: "shares(LABEL=share, ..., concentration=c)",
      summary: "dirichlet with alpha = share x concentration: mean shares, narrower for a larger concentration"),
    StructuralDistribution(
      name: "truncate", signature: "truncate(DISTRIBUTION, low=a, high=b)",
      summary: "a distribution restricted to values between two bounds, one of which may be omitted"),
  ]

  /// The family with a name; nil for structural and unknown names.
  public static func family(named name: String) -> (any DistributionFamily.Type)? {
    families.first { $0.name == name }
  }

  /// All distribution names, sorted.
  public static let names: [String] = (families.map { $0.name } + structural.map(\.name)).sorted()

  /// The distribution with a name and arguments in one of its family's parameterisations.
  public static func distribution(
    named name: String, parameterisation: Int = 0, arguments: [Double]
  ) throws(DistributionError) -> any Distribution {
    guard let family = family(named: name) else { throw .impossible("no distribution is called \(name)") }
    return try family.distribution(arguments, parameterisation: parameterisation)
  }

  /// The catalogued name closest to a misspelt one; nil if more than a third of the letters would have to change.
  public static func nearestName(to name: String) -> String? {
    let distances = names.map { ($0, editDistance(Array(name.lowercased().utf8.prefix(40)), Array($0.utf8))) }
    guard let best = distances.min(by: { $0.1 < $1.1 }), best.1 <= max(1, best.0.utf8.count / 3) else { return nil }
    return best.0
  }

  /// The number of insertions, deletions, substitutions and transpositions between two texts (optimal string alignment;
  /// Damerau 1964, doi:10.1145/363958.363994).
  private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}

/// A distribution with other arguments than a fixed list of numbers: labels, weights, other distributions.
public struct StructuralDistribution: Sendable {
  /// The name as written in a scenario.
  public var name: String
  /// Its syntax.
  public var signature: String
  /// A one-line description.
  public var summary: String
}
