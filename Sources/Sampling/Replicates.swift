/// The assignment of a structured design's blocks to replicates, whose spread gives the standard error.
///
/// Block b is block b / 16 of replicate b mod 16. Each replicate is randomised independently and reads its points in
/// order, so that a shorter run is the beginning of a longer one, and any 16 consecutive blocks contain one of each
/// replicate.
package enum Replicates {
  /// The number of replicates of a structured design.
  package static let count = 16

  /// The replicate of a block, and the block's index within it.
  package static func place(ofBlock block: Int) -> (replicate: Int, block: Int) {
    (block % count, block / count)
  }
}
