/// Sorts numbers, each with a tag, in ascending order by radix sort.
///
/// A number's bits are mapped to an integer with the same order: the sign bit is inverted, or all bits of a negative
/// number. The integers are distributed by 11 bits at a time, lowest first, in stable passes (least significant digit
/// first: Knuth 1998, The Art of Computer Programming 3, section 5.2.5). The leading 33 bits of the differences from
/// the smallest number distinguish nearly all numbers, so that after three passes an insertion sort of neighbours
/// completes the order. If it needs too many moves, all digits are distributed.
package struct RadixSort {
  private static let digitBits = 11
  private static let digits = 1 << digitBits
  /// The number of passes that distinguishes nearly all numbers, and the number that distinguishes all.
  private static let (fewPasses, allPasses) = (3, (UInt64.bitWidth + digitBits - 1) / digitBits)

  private var keys: [UInt64] = []
  /// The tags: in insertion order before sorting, afterwards in the order of the numbers.
  package private(set) var tags: [UInt32] = []

  /// Numbers without tags in ascending order, as `sorted` orders them; a third faster.
  package static func sorted(_ values: [Double]) -> [Double] {
    var sort = RadixSort(capacity: 0)
    sort.keys = values.map(Self.key(of:))
    return sort.sorted()
  }

  /// The integer with the same order.
  private static func key(of value: Double) -> UInt64 {
    let bits = value.bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  /// An empty sorter.
  ///
  /// - Parameter count: the number of values that will be appended.
  package init(capacity count: Int) {
    keys.reserveCapacity(count)
    tags.reserveCapacity(count)
  }

  /// Appends a number. -0 comes before 0; a NaN comes before or after all others, depending on its sign.
  package mutating func append(_ value: Double, tag: UInt32) {
    keys.append(Self.key(of: value))
    tags.append(tag)
  }

  /// The numbers in ascending order, equal ones in insertion order; `tags` is reordered accordingly.
  package mutating func sorted() -> [Double] {
    if let least = keys.min(), let most = keys.max() {
      let bits = UInt64.bitWidth - (most - least).leadingZeroBitCount
      distribute(above: least, shift: UInt64(max(0, bits - Self.fewPasses * Self.digitBits)), passes: Self.fewPasses)
      if !settle() { distribute(above: 0, shift: 0, passes: Self.allPasses) }
    }
    return keys.map { Double(bitPattern: $0 >> 63 == 1 ? $0 & ~(1 << 63) : ~$0) }
  }

  /// Sorts by some digits of the differences between the keys and the smallest key.
  private mutating func distribute(above least: UInt64, shift: UInt64, passes: Int) {
    let count = keys.count
    func digit(of key: UInt64, _ pass: Int) -> Int {
      let place = shift &+ UInt64(truncatingIfNeeded: pass &* Self.digitBits)
      return Int(truncatingIfNeeded: (key &- least) &>> place) & (Self.digits - 1)
    }
    let isTagged = !tags.isEmpty
    var counts = [Int](repeating: 0, count: passes * Self.digits)
    counts.withUnsafeMutableBufferPointer { counts in
      for key in keys {
        for pass in 0..<passes { counts[pass << Self.digitBits | digit(of: key, pass)] &+= 1 }
      }
    }
    var otherKeys = [UInt64](repeating: 0, count: count)
    var otherTags = [UInt32](repeating: 0, count: isTagged ? count : 0)
    for pass in 0..<passes {
      var places = [Int](counts[pass << Self.digitBits..<(pass + 1) << Self.digitBits])
      // A digit that is the same in all keys needs no pass.
      if places.contains(count) { continue }
      Self.accumulate(&places)
      keys.withUnsafeBufferPointer { keys in
        tags.withUnsafeBufferPointer { tags in
          otherKeys.withUnsafeMutableBufferPointer { otherKeys in
            otherTags.withUnsafeMutableBufferPointer { otherTags in
              places.withUnsafeMutableBufferPointer { places in
                for i in 0..<count {
                  let digit = digit(of: keys[i], pass)
                  let place = places[digit]
                  places[digit] = place &+ 1
                  otherKeys[place] = keys[i]
                  if isTagged { otherTags[place] = tags[i] }
                }
              }
            }
          }
        }
      }
      swap(&keys, &otherKeys)
      swap(&tags, &otherTags)
    }
  }

  /// Insertion sort; gives up after one move per key.
  private mutating func settle() -> Bool {
    let count = keys.count
    var moves = 0
    keys.withUnsafeMutableBufferPointer { keys in
      tags.withUnsafeMutableBufferPointer { tags in
        let isTagged = !tags.isEmpty
        for i in 1..<count where keys[i - 1] > keys[i] {
          let (key, tag) = (keys[i], isTagged ? tags[i] : 0)
          var place = i
          while place > 0, keys[place - 1] > key {
            keys[place] = keys[place - 1]
            if isTagged { tags[place] = tags[place - 1] }
            place -= 1
            moves += 1
          }
          keys[place] = key
          if isTagged { tags[place] = tag }
          if moves > count { return }
        }
      }
    }
    return moves <= count
  }

  /// Replaces counts by the sums of those before them.
  private static func accumulate(_ counts: inout [Int]) {
    var sum = 0
    for k in counts.indices {
      (counts[k], sum) = (sum, sum + counts[k])
    }
  }
}
