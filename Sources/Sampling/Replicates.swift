/// How a structured design's blocks are dealt to replicates, from whose spread its error is estimated.
///
/// Block b is block b / 16 of replicate b mod 16. Every replicate is randomised by itself and reads its own points in
/// order, so that a longer run begins with a shorter one, and any 16 blocks in a row hold one of each.
public enum Replicates {
  /// Replicates of a structured design.
  public static let count = 16

  /// The replicate of a block, and the block's number within it.
  public static func place(ofBlock block: Int) -> (replicate: Int, block: Int) {
    (block % count, block / count)
  }
}
