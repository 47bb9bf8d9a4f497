import VectorMath

/// Scrambled Sobol' points: for smooth models much more uniform than independent draws, and unbiased.
///
/// Coordinate d uses dimension d of the sequence (Sobol' 1967, doi:10.1016/0041-5553(67)90144-9; direction numbers of
/// Joe & Kuo 2008, doi:10.1137/070709359). Each of the 16 replicates multiplies the generating matrix by an independent
/// random lower triangular matrix and adds an independent random shift, bit by bit (Matoušek 1998,
/// doi:10.1006/jcom.1998.0489), both functions of (seed, the coordinate's address, replicate). Every single value is
/// uniform, and the first 2^m points of a replicate are a digital net.
///
/// Because dimensions are assigned in order, inserting a coordinate changes the draws of those after it. Coordinates
/// beyond the 4,096th are Monte Carlo by address: the contribution of the first ones keeps its small error, and that of
/// the others falls with the square root of the number of draws (the hybrid of Spanier 1995, "Quasi-Monte Carlo methods
/// for particle transport problems", doi:10.1007/978-1-4612-2552-2_6). The replicates' spread covers the sum.
package struct Sobol: SamplingDesign {
  /// `sobol`
  package static let name = "sobol"
  /// A one-line description.
  package static let summary = "scrambled Sobol' points in 16 replicates; the smallest errors for smooth models"
  /// Each replicate is randomised independently.
  package static let replicateCount = Replicates.count

  private static let bits = SobolBlock.bits

  /// The columns of the scrambled matrix and then the shift, 53 words for each coordinate and replicate. Each list is made
  /// for the first block that needs it: a run of few draws has few replicates, and many commands make no draws at all.
  private let matrices: WordsOnDemand
  /// The coordinates beyond the table of direction numbers.
  private let rest: MonteCarlo
  private let netCount: Int

  /// The points of a seed's coordinates, which use the dimensions of the sequence in order.
  package init(seed: UInt64, coordinates: [CoordinateAddress]) {
    netCount = min(coordinates.count, SobolDirectionNumbers.count)
    rest = MonteCarlo(seed: seed, coordinates: Array(coordinates.dropFirst(netCount)))
    let streams = coordinates.prefix(netCount).map { StreamKey(seed: seed, address: $0).stream }
    // The generating matrices, which the replicates share.
    let nets = WordsOnDemand(count: netCount, length: Self.bits) { dimension, words in
      let columns = SobolDirectionNumbers.columns(ofCoordinate: dimension)
      words.initialize(from: columns, count: columns.count)
    }
    matrices = WordsOnDemand(count: netCount * Replicates.count, length: Self.bits + 1) { list, words in
      let (dimension, replicate) = list.quotientAndRemainder(dividingBy: Replicates.count)
      let columns = UnsafeBufferPointer(start: nets[dimension], count: Self.bits)
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 56) { random in
        Self.fillRandomWords(of: streams[dimension], replicate: replicate, into: random)
        Self.writeScrambled(columns, by: random, to: words)
      }
    }
  }

  /// 56 random words for a replicate; counters whose last word is 3 are reserved for this design.
  private static func fillRandomWords(
    of stream: UniformStream, replicate: Int, into random: UnsafeMutableBufferPointer<UInt64>
  ) {
    for group in 0..<14 {
      let words = stream.words(at: (UInt64(replicate), UInt64(group), 0, 3))
      (random[4 * group], random[4 * group + 1]) = (words.0, words.1)
      (random[4 * group + 2], random[4 * group + 3]) = (words.2, words.3)
    }
  }

  /// Writes the product of a random lower triangular matrix with a generating matrix, column by column, and a shift.
  ///
  /// Bit 51 of a word is the first binary digit. Column c of the triangular matrix has a one at digit c and random
  /// digits after it; it is multiplied by digit c of a number.
  ///
  /// - Parameter random: random words, the first of which are replaced by the triangular matrix.
  private static func writeScrambled(
    _ columns: UnsafeBufferPointer<UInt64>, by random: UnsafeMutableBufferPointer<UInt64>,
    to words: UnsafeMutablePointer<UInt64>
  ) {
    for digit in 0..<bits {
      let one = UInt64(1) << UInt64(bits - 1 - digit)
      random[digit] = one | random[digit] & (one - 1)
    }
    for (place, column) in columns.enumerated() {
      var product: UInt64 = 0
      var digits = column
      while digits != 0 {
        let lowest = digits.trailingZeroBitCount
        product ^= random[bits - 1 - lowest]
        digits &= digits - 1
      }
      words[place] = product
    }
    words[bits] = random[bits] >> UInt64(64 - bits)
  }

  /// Fills an address block of a coordinate.
  package func fill(coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    guard coordinate < netCount else {
      rest.fill(coordinate: coordinate - netCount, block: block, into: probabilities)
      return
    }
    let place = Replicates.place(ofBlock: block)
    let columns = matrices[coordinate * Replicates.count + place.replicate]
    SobolBlock.fill(columns: columns, shift: columns[Self.bits], block: place.block, into: probabilities)
  }
}
