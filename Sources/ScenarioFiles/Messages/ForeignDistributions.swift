/// Distributions of other programs, in the words of the language.
///
/// The examples are rows of `scenarios/cookbook/at-risk-distributions.md` (@RISK) and `squiggle-guesstimate.md`, where code
/// compares both sides with SciPy.
enum ForeignDistributions {
  /// A call of each distribution, and the same distribution here.
  static let examples: [(there: String, here: String)] = [
    ("RiskNormal(100, 10)", "normal(100, 10)"),
    ("RiskUniform(2, 5)", "uniform(2, 5)"),
    ("RiskTriang(1, 2, 5)", "triangular(1, 2, 5)"),
    ("RiskTrigen(1, 2, 5, 10, 90)", "triangular(mode=2, 10%=1, 90%=5)"),
    ("RiskPert(1, 2, 5)", "pert(1, 2, 5)"),
    ("RiskLognorm(100, 20)", "lognormal(mean=100, sd=20)"),
    ("RiskLognorm2(4, 0.5)", "lognormal(4, 0.5)"),
    ("RiskGamma(2, 3)", "gamma(2, 3)"),
    ("RiskExpon(5)", "exponential(5)"),
    ("RiskWeibull(2, 3)", "weibull(2, 3)"),
    ("RiskBeta(2, 3)", "beta(2, 3)"),
    ("RiskBetaGeneral(2, 3, 10, 20)", "beta(2, 3, low=10, high=20)"),
    ("RiskLogistic(10, 2)", "logistic(10, 2)"),
    ("RiskExtvalue(10, 2)", "gumbel(10, 2)"),
    ("RiskPareto(3, 2)", "pareto(3, 2)"),
    ("RiskStudent(5)", "student(5)"),
    ("RiskInvgauss(2, 5)", "inverse_gaussian(2, 5)"),
    ("RiskRayleigh(3)", "rayleigh(3)"),
    ("RiskBinomial(10, 0.3)", "binomial(10, 0.3)"),
    ("RiskPoisson(4)", "poisson(4)"),
    ("RiskNegbin(3, 0.4)", "negative_binomial(3, 0.4)"),
    ("RiskDiscrete({1,2,4},{3,5,2})", "discrete(1=30%, 2=50%, 4=20%)"),
    ("RiskDuniform({3,6,9,12})", "discrete(3=25%, 6=25%, 9=25%, 12=25%)"),
    (
      "RiskHistogrm(0, 30, {2,5,3})",
      "mixture(uniform(0, 10), uniform(10, 20), uniform(20, 30), weights=(0.2, 0.5, 0.3))"
    ),
    (
      "RiskCumul(0, 50, {10,20}, {0.2,0.6})",
      "mixture(uniform(0, 10), uniform(10, 20), uniform(20, 50), weights=(0.2, 0.4, 0.4))"
    ),
    ("mx(1, 3, 5, [0.2, 0.3, 0.5])", "discrete(1=20%, 3=30%, 5=50%)"),
    ("truncateLeft(normal(1, 1), 0)", "truncate(normal(1, 1), low=0)"),
  ]

  /// What to write instead of a distribution of another program, whose name spreadsheets read in either case.
  static func advice(for name: String) -> String? {
    let call = name.lowercased() + "("
    return examples.first { $0.there.lowercased().hasPrefix(call) }.map { "`\($0.there)` is `\($0.here)` here" }
  }
}
