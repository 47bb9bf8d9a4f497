import CSobolNumbers

/// The generating matrices of the first 4,096 coordinates of Sobol' points, from the table in `CSobolNumbers`.
enum SobolDirectionNumbers {
  /// Coordinates in the table.
  static let count = Int(SOBOL_COORDINATES)

  /// The columns of a coordinate's generating matrix as 52-bit fractions: column k is m_(k+1) 2^-(k+1), for k up to
  /// 51, by the recurrence m_i = 2 a_1 m_(i-1) ^ 4 a_2 m_(i-2) ^ ... ^ 2^s m_(i-s) ^ m_(i-s) of a polynomial
  /// x^s + a_1 x^(s-1) + ... + 1. The first coordinate, of degree 0, has m_i = 1.
  static func columns(ofCoordinate coordinate: Int) -> [UInt64] {
    precondition((0..<count).contains(coordinate), "The table has 4,096 coordinates.")
    let numbers = sobol_numbers(Int32(coordinate))
    let polynomial = UInt64(numbers.polynomial) << 1 | 1
    let degree = 63 - polynomial.leadingZeroBitCount
    return [UInt64](unsafeUninitializedCapacity: 52) { m, made in
      // 120 bits in all: the numbers are cut from the low end.
      var (high, low) = (numbers.high, numbers.low)
      m[0] = 1
      for bits in 1..<max(1, degree) {
        m[bits] = (low & ((1 << UInt64(bits)) - 1)) << 1 | 1
        low = low >> UInt64(bits) | high << UInt64(64 - bits)
        high >>= UInt64(bits)
      }
      for i in max(1, degree)..<52 {
        var next = degree == 0 ? 1 : m[i - degree]
        for j in 1..<(degree + 1) where polynomial >> UInt64(degree - j) & 1 == 1 { next ^= m[i - j] << UInt64(j) }
        m[i] = next
      }
      for place in 0..<52 { m[place] <<= UInt64(51 - place) }
      made = 52
    }
  }
}
