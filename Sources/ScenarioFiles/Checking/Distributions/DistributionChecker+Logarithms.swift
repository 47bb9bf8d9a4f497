import Diagnostics
import Distributions

/// A lognormal distribution whose arguments are those of the value, and are read as those of its logarithm.
extension DistributionChecker {
  /// A standard deviation of a natural logarithm with which the 90 % interval spans 14 powers of ten: 2 * 1.645 * 10 /
  /// ln 10.
  private static let leastImplausibleSigma = 10.0

  /// Warns of `lognormal(100, 20)`: mu and sigma are of the logarithm, other programs take the mean and the standard
  /// deviation of the value in this place.
  func reportLogarithmicSpread(
    _ family: any DistributionFamily.Type, _ parameters: [Parameter], _ constants: [Double], _ syntax: Syntax
  ) {
    guard let sigma = parameters.firstIndex(where: { $0.name == "sigma" }), family.name == "lognormal",
      let mu = parameters.firstIndex(where: { $0.name == "mu" }), constants[sigma] >= Self.leastImplausibleSigma
    else { return }
    let (centre, spread) = (MessageText.number(constants[mu]), MessageText.number(constants[sigma]))
    context.report(
      .spreadOfLogarithm(
        spread, suggestion: constants[mu] > 0 ? "lognormal(mean=\(centre), sd=\(spread))" : nil),
      at: syntax.place)
  }
}
