import Modeling

/// What readings say about a latent total.
package struct LatentResult: Sendable {
  /// The 5th, 50th and 95th percentile of a distribution.
  package struct Percentiles: Sendable, Equatable {
    /// The 5th percentile, the median and the 95th percentile.
    package var p05: Double, p50: Double, p95: Double

    /// Three percentiles.
    package init(_ p05: Double, _ p50: Double, _ p95: Double) { (self.p05, self.p50, self.p95) = (p05, p50, p95) }
  }

  /// A standard deviation of errors, of logarithms.
  package struct ErrorDeviation: Sendable {
    /// Its name, as under `priors:`.
    package var name: String
    /// Its half-normal prior.
    package var prior: Percentiles
    /// Its distribution given the readings.
    package var posterior: Percentiles
  }

  /// A route at a label, or a published figure.
  package struct Reading: Sendable {
    /// The name of the route or of the figure.
    package var name: String
    /// `route`, or the kind of figure.
    package var kind: String
    /// The publisher; nil for a route.
    package var publisher: String?
    /// The label that it speaks of.
    package var label: Double
    /// The formula that is read.
    package var formula: String
    /// The unit of all values.
    package var unit: String
    /// The published value; nil for a route.
    package var value: Double?
    /// The formula before the readings.
    package var prior: Percentiles
    /// The same after the readings.
    package var posterior: Percentiles
    /// The published value over the formula, or the route over the latent total, given the readings.
    package var ratio: Percentiles
    /// The distribution of the reading given all others, of the route or figure; nil for a limit.
    package var predicted: Percentiles?
    /// The probability under that distribution of a value below what was read.
    package var percentile: Double?
    /// The root mean square of what the linear update missed of the formula's logarithm, over its standard deviation.
    package var curvature: Double
  }

  /// The latent total.
  package var total: LatentTotal
  /// The standard deviations of errors.
  package var parameters: [ErrorDeviation]
  /// Routes by label, then figures.
  package var readings: [Reading]
  /// The effective number of points that the standard deviations' posterior rests on; of all latent totals together.
  package var effectivePoints: Double
  /// The logarithm of the readings' probability density, of all latent totals together.
  package var logEvidence: Double
  /// The share of the updated draws that limits keep; 1 without limits.
  package var kept: Double
}
