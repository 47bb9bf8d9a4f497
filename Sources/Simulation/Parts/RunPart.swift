/// The summaries of some consecutive blocks of a run: what one of several machines has made, or what a run has made so far.
///
/// Counts, sums over whole subtrees of blocks, and sets of values are functions of the draws alone. The summaries of all
/// blocks are therefore the same, bit for bit, however the blocks were divided into parts.
package struct RunPart: Sendable {
  /// The blocks of 1,024 draws.
  package var blocks: Range<Int>
  /// The digest of the values of block 0, which every part computes: parts with different ones do not belong together.
  package var fingerprint: UInt64
  /// The summaries, as `PartWriter` has written them.
  package var summaries: [UInt8]

  /// The summaries of some blocks.
  package init(blocks: Range<Int>, fingerprint: UInt64, summaries: [UInt8]) {
    self.blocks = blocks
    self.fingerprint = fingerprint
    self.summaries = summaries
  }
}

/// A part that cannot be used, by its position in the list that was given.
package struct UnusablePart: Error, Sendable {
  /// The reason.
  package enum Reason: Sendable, Equatable {
    /// Its values of block 0 are not those that this machine computes.
    case differs
    /// Its bytes are not those of the run's summaries.
    case damaged(String)
    /// A value is a multiple of another one and overflows where the other does not; such a run cannot be divided.
    case overflow
  }

  /// The position.
  package var position: Int
  /// The reason.
  package var reason: Reason

  /// A part that cannot be used.
  package init(position: Int, reason: Reason) { (self.position, self.reason) = (position, reason) }
}
