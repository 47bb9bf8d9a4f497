import Simulation

/// A distribution towards which particles are moved: the prior times a likelihood, inside a region.
///
/// A target consists of readings, each a function of columns of the model. All functions are called concurrently.
protocol ParticleTarget: Sendable {
  /// The columns from which readings are computed.
  var requests: [ColumnRequest] { get }
  /// The number of readings.
  var readings: Int { get }

  /// The logarithm of the likelihood at a draw, up to a constant; minus infinity where it is 0.
  func logLikelihood(_ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double

  /// The distance of a reading from where its likelihood can be positive, in the units of the reading; 0 where it can,
  /// infinite for a value that is not finite.
  func violation(_ reading: Int, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double

  /// The observed value of a reading, by whose ranks the motion of particles is judged.
  func value(_ reading: Int, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double

  /// The signed square root of a reading's deviance, -2 log(likelihood / greatest likelihood): (y - m) / s for a normal
  /// one. Not a number for a reading without a density.
  func residual(_ reading: Int, _ columns: [UnsafeBufferPointer<Double>], draw: Int) -> Double

  /// Whether a reading matches separate values only.
  func isDiscrete(_ reading: Int) -> Bool
}
