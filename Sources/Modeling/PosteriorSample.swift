import Sampling

/// Equal-weight draws of the inputs given a scenario's observations.
///
/// A draw is a standard normal score for each coordinate that the observations depend on; for coordinates of a copula it
/// is the independent score behind the correlated one. All other coordinates keep the points of the design, since the
/// observations say nothing about them. A model with a sample is evaluated on these draws instead of the prior's.
package final class PosteriorSample: Sendable {
  /// The draws of an address block, the unit in which draws are made.
  package static let blockSize = AddressBlock.draws

  /// The conditioned coordinates.
  package let addresses: [CoordinateAddress]
  /// The number of draws: a multiple of `replicates` address blocks.
  package let count: Int
  /// The number of independent populations of draws; block b belongs to population b mod this number.
  package let replicates: Int
  /// The largest rank correlation of an observed formula with its values before the last moves, if it is above the
  /// sampler's limit: draws are then not independent, and standard errors are too small. Otherwise nil.
  package let correlationLeft: Double?
  private let places: [CoordinateAddress: Int]
  /// For each coordinate, the scores of all draws.
  private let scores: [[Double]]

  /// A sample from the scores of each coordinate, all of one length.
  package init(
    addresses: [CoordinateAddress], scores: [[Double]], count: Int, replicates: Int, correlationLeft: Double? = nil
  ) {
    precondition(scores.count == addresses.count && scores.allSatisfy { $0.count == count })
    precondition(count > 0 && count % (replicates * Self.blockSize) == 0)
    self.addresses = addresses
    self.scores = scores
    self.count = count
    self.replicates = replicates
    self.correlationLeft = correlationLeft
    places = Dictionary(zip(addresses, addresses.indices)) { first, _ in first }
  }

  /// The scores of a coordinate in all draws; nil for a coordinate that the observations do not depend on.
  package subscript(address: CoordinateAddress) -> [Double]? { places[address].map { scores[$0] } }

  /// The position of a coordinate; nil for one that the observations do not depend on.
  package func place(of address: CoordinateAddress) -> Int? { places[address] }

  /// Copies a block of a coordinate's scores; after the last block, the first follows.
  package func copy(_ place: Int, block: Int, into column: UnsafeMutablePointer<Double>) {
    let first = block % (count / Self.blockSize) * Self.blockSize
    scores[place].withUnsafeBufferPointer { all in
      if let start = all.baseAddress { column.update(from: start + first, count: Self.blockSize) }
    }
  }
}
