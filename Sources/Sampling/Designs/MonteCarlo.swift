import VectorMath

/// Independent draws: every coordinate reads its own stream, block by block.
///
/// A value is a pure function of (seed, the coordinate's address, draw), independent of other coordinates and their
/// order. Errors are inversely proportional to the square root of the number of draws.
package struct MonteCarlo: SamplingDesign {
  /// `mc`
  package static let name = "mc"
  /// A one-line description.
  package static let summary = "independent draws; the draws of an input do not depend on other inputs"

  private let streams: [UniformStream]

  /// The streams of a seed's coordinates; the order of the coordinates has no effect.
  package init(seed: UInt64, coordinates: [CoordinateAddress]) {
    streams = coordinates.map { StreamKey(seed: seed, address: $0).stream }
  }

  /// Fills an address block of a coordinate.
  package func fill(coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    streams[coordinate].fill(block: block, into: probabilities)
  }
}
