import Distributions
import Modeling

/// Small scenarios that between them use every distribution, every function and every form of formulas, so that runs
/// reach all computations: each of them alone, whose mutations are mostly valid and take little time.
enum KernelScenarios {
  /// The texts of the scenarios.
  static let all: [String] = distributions.map(scenario(ofValue:)) + structural + formulas.map(scenario(ofFormula:))

  private static func scenario(ofValue value: String) -> String {
    "inputs:\n  a: 1 to 1.01\n  x: \"\(value)\"\nequations: {y: x * a}\noutputs: {y: {}}\n"
  }

  private static func scenario(ofFormula formula: String) -> String {
    """
    indexes: {k: [a, b], year: [2024, 2025, 2026]}
    inputs:
      x: uniform(0.1, 0.9)
      y: 1 to 2
      v: {over: k, value: 1 to 2, dependence: independent}
      t: {over: year, value: 1 to 2}
    equations: {z: "\(formula)"}
    outputs: {z: {}}

    """
  }

  /// Each family in each of its ways to state arguments, with constants, and with a first argument that varies.
  private static var distributions: [String] {
    DistributionCatalogue.families.flatMap { family in
      family.parameterisations.indices.flatMap { number -> [String] in
        guard let arguments = arguments(of: family, number) else { return [] }
        let names = family.parameterisations[number].parameters.map(\.name)
        func text(_ factor: String) -> String {
          let parts = zip(names, arguments).enumerated().map { place, pair in
            "\(pair.0)=\(pair.1)\(place == 0 ? factor : "")"
          }
          return "\(family.name)(\(parts.joined(separator: ", ")))"
        }
        return [text(""), text(" * a")]
      }
    }
  }

  /// The first valid arguments of a parameterisation from a few numbers.
  private static func arguments(of family: any DistributionFamily.Type, _ number: Int) -> [Double]? {
    let choices = [2, 5, 0.4, 0.1, 3.0]
    let count = family.parameterisations[number].parameters.count
    var combinations: [[Double]] = [[]]
    for _ in 0..<count { combinations = combinations.flatMap { start in choices.map { start + [$0] } } }
    return combinations.first {
      (try? DistributionCatalogue.distribution(named: family.name, parameterisation: number, arguments: $0)) != nil
    }
  }

  /// The distributions whose arguments are other things than numbers.
  private static let structural =
    [
      "discrete(1=0.2, 2=0.5, 4=0.3)", "empirical(1, 2, 2.5, 7)", "empirical(1, 2, 2.5, 7, shape=linear)",
      "empirical(1, 2, 2.5, 7, shape=kernel)", "mixture(normal(1, 0.1), uniform(2, 3), weights=(0.3, 0.7))",
      "quantiles(0.1=1, 0.5=2, 0.9=5)", "quantiles(0.05=1, 0.25=2, 0.75=4, 0.95=9, low=0)",
      "quantiles(0.1=0.2, 0.5=0.4, 0.9=0.7, low=0, high=1)", "truncate(normal(2, 1), low=0, high=3)",
      "truncate(lognormal(0, 1), high=5)", "1 to 3", "-1 to 3", "2 to 3 within 50%", "poisson(300)",
      "binomial(40, 0.3)", "student(df=4)",
    ].map(scenario(ofValue:))
    + ["dirichlet(a=2, b=3, c=1)", "shares(a=0.2, b=0.3, c=0.5, concentration=20)"].map { shares in
      "indexes: {k: [a, b, c]}\ninputs: {x: {over: k, value: \"\(shares)\"}}\noutputs: {x: {}}\n"
    } + copulas

  /// Inputs that depend on each other, with ordinary ranks and with tails.
  private static let copulas = ["[x, y, 0.4]", "[x, y, -0.9]", "[x, y, z, 0.3]"].map { item in
    """
    inputs: {x: 1 to 2, y: "normal(3, 1)", z: "uniform(0, 1)"}
    correlations: [\(item)]
    equations: {s: x * y + z}
    outputs: {s: {}}

    """
  }

  /// Each function, and the operators and forms.
  private static var formulas: [String] {
    BuiltInFunctionCatalogue.functions.map { function in
      let further = ["x", "y", "y + x", "3"]
      let count = function.parameters.count + (function.isVariadic ? 1 : 0)
      return "\(function.name)(\(further.prefix(count).joined(separator: ", ")))"
    } + forms
  }

  private static let forms = [
    "x + y - 1", "x * y / 3", "x^2", "y^0.5", "y^x", "-x", "x > 0.5", "if x > 0.5 then y else 0", "x < 0.2 or y > 1.5",
    "not (x > 0.3 and y < 1.8)", "sum(v, over=k)", "mean(v, over=k)", "min(v, over=k)", "max(v, over=k)",
    "product(v, over=k)", "share(v, over=k)", "sum(v * t, over=[k, year])", "cumulative(t * 1 year)", "v[k=a] - v[k=b]",
    "t[year=2025]", "previous(z, initial=0) + t", "previous(z, initial=y) * 0.5", "exp(log(y)) - y",
    "(x * y) * (x * y)", "t * (year - 2024)", "sum(if v > 1.5 then v else 0, over=k)",
  ]
}
