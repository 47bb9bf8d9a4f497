/// Numbers in ascending order, each with a tag that it carries along, by counting digits instead of comparing.
///
/// A number's bits become a whole number in the same order: the sign bit turned over, or all bits of a negative number.
/// These are dealt by 11 bits at a time, the lowest first, each pass keeping the order of the one before it (least
/// significant digit first: Knuth 1998, The Art of Computer Programming 3, section 5.2.5). A digit that all numbers share
/// takes no pass.
public struct RadixSort {
  private static let digitBits = 11
  private static let digits = 1 << digitBits
  private static let passes = (UInt64.bitWidth + digitBits - 1) / digitBits

  private var keys: [UInt64] = []
  /// The tags, in the order of the numbers that were given until the numbers are sorted, then in theirs.
  public private(set) var tags: [UInt32] = []

  /// Without numbers.
  ///
  /// - Parameter count: how many will be given.
  public init(capacity count: Int) {
    keys.reserveCapacity(count)
    tags.reserveCapacity(count)
  }

  /// Gives a number. -0 comes before 0; what is not a number comes before or after all others, by its sign.
  public mutating func append(_ value: Double, tag: UInt32) {
    let bits = value.bitPattern
    keys.append(bits >> 63 == 0 ? bits | 1 << 63 : ~bits)
    tags.append(tag)
  }

  /// The numbers in ascending order, equal ones in the order in which they were given; `tags` follows.
  public mutating func sorted() -> [Double] {
    let count = keys.count
    var counts = [Int](repeating: 0, count: Self.passes * Self.digits)
    counts.withUnsafeMutableBufferPointer { counts in
      for key in keys {
        for pass in 0..<Self.passes { counts[pass << Self.digitBits | Self.digit(of: key, pass)] += 1 }
      }
    }
    var otherKeys = [UInt64](repeating: 0, count: count)
    var otherTags = [UInt32](repeating: 0, count: count)
    for pass in 0..<Self.passes {
      var places = [Int](counts[pass << Self.digitBits..<(pass + 1) << Self.digitBits])
      if places.contains(count) { continue }
      Self.accumulate(&places)
      keys.withUnsafeBufferPointer { keys in
        tags.withUnsafeBufferPointer { tags in
          otherKeys.withUnsafeMutableBufferPointer { otherKeys in
            otherTags.withUnsafeMutableBufferPointer { otherTags in
              places.withUnsafeMutableBufferPointer { places in
                for i in 0..<count {
                  let digit = Self.digit(of: keys[i], pass)
                  let place = places[digit]
                  places[digit] = place + 1
                  otherKeys[place] = keys[i]
                  otherTags[place] = tags[i]
                }
              }
            }
          }
        }
      }
      swap(&keys, &otherKeys)
      swap(&tags, &otherTags)
    }
    return keys.map { Double(bitPattern: $0 >> 63 == 1 ? $0 & ~(1 << 63) : ~$0) }
  }

  private static func digit(of key: UInt64, _ pass: Int) -> Int {
    Int(truncatingIfNeeded: key &>> UInt64(truncatingIfNeeded: pass &* digitBits)) & (digits - 1)
  }

  /// Counts become the sums of those before them.
  private static func accumulate(_ counts: inout [Int]) {
    var sum = 0
    for k in counts.indices {
      (counts[k], sum) = (sum, sum + counts[k])
    }
  }
}
