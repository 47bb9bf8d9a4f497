import VectorMath

/// Sobol' points with nested uniform scrambling (Owen 1995, doi:10.1007/978-1-4612-2552-2_19).
///
/// Each binary digit of a value is flipped by a random bit that is independent for every combination of the digits
/// before it, whereas `Sobol` flips it by a random linear function of them. For smooth models the error of a mean falls
/// as n^-1.5, up to a power of log n (Owen 1997, doi:10.1214/aos/1031594731). The variance is that of `Sobol` (Matoušek
/// 1998, doi:10.1006/jcom.1998.0489, section 2), but errors are closer to a normal distribution (Loh 2003,
/// doi:10.1214/aos/1059655914), and the scrambling removes all structure of the sequence. It costs about ten
/// nanoseconds per value.
///
/// The random bits are those of a hash of (key of the coordinate and replicate, preceding digits), down to the 36th
/// digit. The 16 digits after it are shifted by a hash of those 36, which makes them independent of any other point's
/// unless a replicate has more than 2^36 points.
package struct Owen: SamplingDesign {
  /// `owen`
  package static let name = "owen"
  /// A one-line description.
  package static let summary =
    "Sobol' points with nested scrambling in 16 replicates; like sobol, slower, errors closer to normal"
  /// Each replicate is randomised independently.
  package static let replicateCount = Replicates.count

  /// The columns of the generating matrix of each coordinate.
  private let columns: [UInt64]
  /// The scramble of each coordinate and replicate.
  private let scrambles: [NestedScramble]
  /// The coordinates beyond the table of direction numbers, as in `Sobol`.
  private let rest: MonteCarlo
  private let netCount: Int

  /// The points of a seed's coordinates, which use the dimensions of the sequence in order.
  package init(seed: UInt64, coordinates: [CoordinateAddress]) {
    netCount = min(coordinates.count, SobolDirectionNumbers.count)
    rest = MonteCarlo(seed: seed, coordinates: Array(coordinates.dropFirst(netCount)))
    columns = (0..<netCount).flatMap { SobolDirectionNumbers.columns(ofCoordinate: $0) }
    scrambles = coordinates.prefix(netCount).flatMap { address in
      let stream = StreamKey(seed: seed, address: address).stream
      // Counters whose last word is 4 are reserved for this design.
      return (0..<Replicates.count).map { replicate in
        let words = stream.words(at: (UInt64(replicate), 0, 0, 4))
        return NestedScramble(multiplier: words.0 | 1, shift: words.1)
      }
    }
  }

  /// Fills an address block of a coordinate.
  package func fill(coordinate: Int, block: Int, into probabilities: UnsafeMutablePointer<Double>) {
    guard coordinate < netCount else {
      rest.fill(coordinate: coordinate - netCount, block: block, into: probabilities)
      return
    }
    let place = Replicates.place(ofBlock: block)
    columns.withUnsafeBufferPointer { words in
      guard let start = words.baseAddress else { return }
      SobolBlock.fill(columns: start + coordinate * SobolBlock.bits, shift: 0, block: place.block, into: probabilities)
    }
    scrambles[coordinate * Replicates.count + place.replicate].apply(to: probabilities, count: AddressBlock.draws)
  }
}

/// A nested uniform scramble of 52 binary digits.
///
/// Six digits are processed at a time: the digits before them are hashed to a word, whose 63 lower bits are the random
/// bits of a tree of six levels. Its first three levels are bits 0 ... 6 (the root, then the nodes of a level in
/// ascending order of the digits before them); the three levels below the prefix d are bits 7 + 7 d ... 13 + 7 d in the
/// same order.
struct NestedScramble {
  /// An odd number.
  var multiplier: UInt64
  var shift: UInt64

  /// The number of groups of six digits with independent random bits.
  private static let groups = 6
  /// The number of digits after them.
  private static let tail = SobolBlock.bits - 6 * groups

  /// The word of a prefix, which has a leading one so that its length counts: a random linear function, so that the
  /// words of two keys differ, followed by the finaliser of SplitMix64 (Steele, Lea & Flood 2014,
  /// doi:10.1145/2660193.2660195, with Stafford's variant 13).
  @inline(__always)
  private func word(_ beginning: UInt64) -> UInt64 {
    var z = beginning &* multiplier &+ shift
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }

  /// Three digits scrambled by seven random bits, for all combinations: entry 8 bits + digits.
  private static let threeLevels: [UInt8] = (0..<1024).map { entry in
    let (coins, digits) = (entry >> 3, entry & 7)
    let (first, second, third) = (digits >> 2, digits >> 1 & 1, digits & 1)
    func coin(_ node: Int) -> Int { coins >> node & 1 }
    return UInt8(
      (first ^ coin(0)) << 2 | (second ^ coin(1 + first)) << 1 | third ^ coin(3 + (first << 1 | second)))
  }

  /// Scrambles probabilities (k + 1/2) 2^-52.
  func apply(to probabilities: UnsafeMutablePointer<Double>, count: Int) {
    Self.threeLevels.withUnsafeBufferPointer { levels in
      // The words of the empty prefix and of the prefixes of six digits are used by many values.
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 64) { second in
        let first = word(1)
        for beginning in 0..<64 { second[beginning] = word(64 | UInt64(beginning)) }
        for i in 0..<count {
          let digits = UInt64(probabilities[i] * 0x1p52)
          var scrambled: UInt64 = 0
          for group in 0..<Self.groups {
            let after = UInt64(SobolBlock.bits - 6 * group)
            let beginning = digits >> after
            let coins =
              group == 0 ? first : group == 1 ? second[Int(beginning)] : word(1 << (6 * UInt64(group)) | beginning)
            let six = digits >> (after - 6) & 63
            let high = six >> 3
            scrambled = scrambled << 3 | UInt64(levels[Int((coins & 127) << 3 | high)])
            scrambled = scrambled << 3 | UInt64(levels[Int((coins >> (7 + 7 * high) & 127) << 3 | six & 7)])
          }
          let tail = digits & (1 << UInt64(Self.tail) - 1)
          let last = word(1 << (6 * UInt64(Self.groups)) | digits >> UInt64(Self.tail)) >> UInt64(64 - Self.tail)
          scrambled = scrambled << UInt64(Self.tail) | (tail ^ last)
          probabilities[i] = (Double(scrambled) + 0.5) * 0x1p-52
        }
      }
    }
  }
}
