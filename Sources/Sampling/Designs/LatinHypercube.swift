import VectorMath

/// Latin hypercubes of 2^14 draws, in sequence: each has exactly one draw in each of 2^14 equal strata of every
/// coordinate (McKay, Beckman & Conover 1979, doi:10.2307/1268522).
///
/// A value is a pure function of (seed, the coordinate's address, draw): a point's stratum comes from a permutation
/// keyed by the coordinate and the hypercube, its position within the stratum from the coordinate's stream. The
/// additive part of a model is integrated almost without error, the rest with the error of Monte Carlo (Stein 1987,
/// doi:10.2307/1269769).
package struct LatinHypercube: SamplingDesign {
  /// `lhs`
  package static let name = "lhs"
  /// A one-line description.
  package static let summary = "Latin hypercubes of 16,384 draws; the draws of an input do not depend on other inputs"
  /// Each replicate is randomised independently.
  package static let replicateCount = Replicates.count

  private let streams: [UniformStream]

  /// The hypercubes of a seed's coordinates; the order of the coordinates has no effect.
  package init(seed: UInt64, coordinates: [CoordinateAddress]) {
    streams = coordinates.map { StreamKey(seed: seed, address: $0).stream }
  }

  /// Fills an address block of a coordinate.
  package func fill(coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    let stream = streams[coordinate]
    let place = Replicates.place(ofBlock: block)
    let blocksPerHypercube = UniformStream.hypercubePoints / AddressBlock.draws
    let hypercube = place.block / blocksPerHypercube
    // Counters whose last word is 2 are reserved for this design.
    let random = stream.words(at: (UInt64(place.replicate), UInt64(hypercube), 0, 2))
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 8) { order in
      guard let start = order.baseAddress else { return }
      for (i, word) in [random.0, random.1, random.2, random.3].enumerated() {
        start[2 * i] = UInt32(truncatingIfNeeded: word)
        start[2 * i + 1] = UInt32(truncatingIfNeeded: word >> 32)
      }
      stream.fillStrata(
        block: block, order: start, first: place.block % blocksPerHypercube * AddressBlock.draws, into: probabilities)
    }
  }
}
