/// An arbitrary-precision non-negative integer with the few operations that exact conversion needs.
struct BigNatural {
  /// Digits in base 2^32, lowest first, without leading zeros.
  private var limbs: [UInt32] = []

  init(_ value: UInt32) { if value > 0 { limbs = [value] } }

  /// The number with these decimal digits, highest first.
  init(digits: [UInt8]) {
    var position = 0
    while position < digits.count {
      let group = digits[position..<min(position + 9, digits.count)]
      multiply(by: group.reduce(1) { power, _ in power * 10 }, adding: group.reduce(0) { $0 * 10 + UInt32($1) })
      position += 9
    }
  }

  /// The number of binary digits; 0 for 0.
  private var bitWidth: Int { limbs.count * 32 - (limbs.last?.leadingZeroBitCount ?? 0) }

  mutating func multiply(by factor: UInt32, adding addend: UInt32 = 0) {
    var carry = UInt64(addend)
    for index in limbs.indices {
      let product = UInt64(limbs[index]) * UInt64(factor) + carry
      limbs[index] = UInt32(truncatingIfNeeded: product)
      carry = product >> 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  mutating func multiply(byPower power: Int, of base: UInt32) {
    var (pending, left) = (UInt32(1), power)
    while left > 0 {
      let (product, overflow) = pending.multipliedReportingOverflow(by: base)
      if overflow {
        multiply(by: pending)
        pending = base
      } else {
        pending = product
      }
      left -= 1
    }
    multiply(by: pending)
  }

  private mutating func shiftLeft(by count: Int) {
    let (words, bits) = (count / 32, count % 32)
    if bits > 0 { multiply(by: 1 << UInt32(bits)) }
    if words > 0, !limbs.isEmpty { limbs.insert(contentsOf: repeatElement(0, count: words), at: 0) }
  }

  private func isAtLeast(_ other: BigNatural) -> Bool {
    guard limbs.count == other.limbs.count else { return limbs.count > other.limbs.count }
    for (left, right) in zip(limbs.reversed(), other.limbs.reversed()) where left != right { return left > right }
    return true
  }

  /// Subtracts a number that is not larger.
  private mutating func subtract(_ other: BigNatural) {
    var borrow: Int64 = 0
    for index in limbs.indices {
      let difference = Int64(limbs[index]) - (index < other.limbs.count ? Int64(other.limbs[index]) : 0) + borrow
      limbs[index] = UInt32(truncatingIfNeeded: difference)
      borrow = difference < 0 ? -1 : 0
    }
    while limbs.last == 0 { limbs.removeLast() }
  }

  /// numerator / denominator * 2^power, both above 0, rounded once to the nearest floating-point number, ties to even;
  /// infinite beyond the largest one.
  ///
  /// Long division gives 63 binary digits and whether the remainder is non-zero, which determines the rounding.
  static func quotient(_ numerator: BigNatural, _ denominator: BigNatural, timesPowerOfTwo power: Int) -> Double {
    var (rest, divisor) = (numerator, denominator)
    var exponent = rest.bitWidth - divisor.bitWidth
    if exponent > 0 { divisor.shiftLeft(by: exponent) } else { rest.shiftLeft(by: -exponent) }
    if !rest.isAtLeast(divisor) {
      rest.shiftLeft(by: 1)
      exponent -= 1
    }
    var bits: UInt64 = 0
    for _ in 0..<63 {
      bits <<= 1
      if rest.isAtLeast(divisor) {
        bits |= 1
        rest.subtract(divisor)
      }
      rest.shiftLeft(by: 1)
    }
    // The leading digit has the weight 2^exponent; numbers below 2^-1022 have fewer digits.
    exponent += power
    guard exponent < 1024 else { return .infinity }
    let dropped = 10 + max(0, -1022 - exponent)
    guard dropped < 64 else { return 0 }
    var kept = bits >> UInt64(dropped)
    let tail = bits - (kept << UInt64(dropped))
    let half = UInt64(1) << UInt64(dropped - 1)
    if tail > half || (tail == half && (!rest.limbs.isEmpty || kept & 1 == 1)) { kept += 1 }
    return Double(sign: .plus, exponent: exponent - 62 + dropped, significand: Double(kept))
  }
}
