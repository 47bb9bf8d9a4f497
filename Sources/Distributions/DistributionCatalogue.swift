/// All distributions that a scenario can name.
///
/// A distribution given by a fixed list of numbers is one file in `Families/` and one line here; a test reads the folder
/// and proves that the line was not forgotten.
package enum DistributionCatalogue {
  /// The families, sorted by name.
  package static let families: [any DistributionFamily.Type] = [
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
  package static let structural: [StructuralDistribution] = [
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
  package static func family(named name: String) -> (any DistributionFamily.Type)? {
    families.first { $0.name == name }
  }

  /// All distribution names, sorted.
  package static let names: [String] = (families.map { $0.name } + structural.map(\.name)).sorted()

  /// The distribution with a name and arguments in one of its family's parameterisations.
  package static func distribution(
    named name: String, parameterisation: Int = 0, arguments: [Double]
  ) throws(DistributionError) -> any Distribution {
    guard let family = family(named: name) else { throw .impossible("no distribution is called \(name)") }
    return try family.distribution(arguments, parameterisation: parameterisation)
  }
}

/// A distribution with other arguments than a fixed list of numbers: labels, weights, other distributions.
package struct StructuralDistribution: Sendable {
  /// The name as written in a scenario.
  package var name: String
  /// Its syntax.
  package var signature: String
  /// A one-line description.
  package var summary: String
}
