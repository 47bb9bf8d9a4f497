/// A non-negative number with its exact decimal value: digits * 10^exponent.
///
/// A `Double` is the binary fraction nearest to the written number, so that 1.1 times 3.6e6 rounds twice and misses
/// 3960000. A `DecimalNumber` keeps the written value until the unit is known, and `Unit.baseValue(of:)` rounds once.
package struct DecimalNumber: Hashable, Sendable {
  /// The digits without leading and trailing zeros; empty for 0.
  let digits: [UInt8]
  /// The power of ten of the last digit.
  let exponent: Int

  /// Parses an unsigned decimal number, `1.25`, `.5` or `3e-2`; nil for any other text.
  ///
  /// Exponents are clamped to a million in magnitude, where every result has long been 0 or infinite.
  package init?(_ text: some StringProtocol) {
    var digits: [UInt8] = []
    var exponent = 0
    var isAfterPoint = false
    var hasDigits = false
    var rest = text.utf8[...]
    reading: while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        hasDigits = true
        if isAfterPoint { exponent -= 1 }
        if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte - UInt8(ascii: "0")) }
      case UInt8(ascii: ".") where !isAfterPoint: isAfterPoint = true
      default: break reading
      }
      rest = rest.dropFirst()
    }
    guard hasDigits else { return nil }
    if let byte = rest.first {
      guard byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") else { return nil }
      rest = rest.dropFirst()
      let isNegative = rest.first == UInt8(ascii: "-")
      if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      guard !rest.isEmpty, rest.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
      let size = rest.reduce(0) { min($0 * 10 + Int($1 - UInt8(ascii: "0")), 1_000_000) }
      exponent += isNegative ? -size : size
    }
    self.init(digits: digits, exponent: exponent)
  }

  /// The shortest decimal number that parses as this floating-point number; 0 for a negative or non-finite one.
  ///
  /// It equals the written number if that has at most 15 significant digits.
  package init(_ value: Double) {
    self = value.isFinite && value > 0 ? DecimalNumber(value.description) ?? Self.zero : Self.zero
  }

  private init(digits: [UInt8], exponent: Int) {
    let kept = Array(digits.reversed().drop { $0 == 0 }.reversed())
    self.digits = kept
    self.exponent = kept.isEmpty ? 0 : exponent + digits.count - kept.count
  }

  private static let zero = DecimalNumber(digits: [], exponent: 0)

  /// The number times a power of ten: 1.1 million is `1.1` times 10^6.
  package func timesPowerOfTen(_ power: Int) -> DecimalNumber {
    DecimalNumber(digits: digits, exponent: digits.isEmpty ? 0 : exponent + power)
  }

  /// The nearest floating-point number; infinite beyond the largest one.
  package var value: Double { times(ExactScale.one) ?? .nan }

  /// The floating-point number nearest to the product with a scale; nil if the scale contains a root and so is not a
  /// ratio.
  func times(_ magnitude: ExactScale) -> Double? {
    guard let factors = magnitude.wholeFactors else { return nil }
    guard !digits.isEmpty else { return 0 }
    // A leading digit this far out gives 0 or infinity in every unit, because scales are within `Unit.scaleRange`.
    let leading = exponent + digits.count
    if leading > 1000 { return .infinity }
    if leading < -1000 { return 0 }
    // Powers of two and five are combined with those of ten, so that most fractions are small: 1.1 kWh is 11 * 2^6 *
    // 3^2 * 5^4 base units.
    var (binary, above, below) = (
      exponent, [(prime: 5, count: max(0, exponent))], [(prime: 5, count: max(0, -exponent))]
    )
    for (prime, count) in factors {
      switch prime {
      case 2: binary += count
      case 5:
        let fives = exponent + count
        (above[0].count, below[0].count) = (max(0, fives), max(0, -fives))
      default: if count > 0 { above.append((prime, count)) } else { below.append((prime, -count)) }
      }
    }
    if let result = smallQuotient(above, below, binary) { return result }
    var (numerator, denominator) = (BigNatural(digits: digits), BigNatural(1))
    for (prime, count) in above { numerator.multiply(byPower: count, of: UInt32(prime)) }
    for (prime, count) in below { denominator.multiply(byPower: count, of: UInt32(prime)) }
    return BigNatural.quotient(numerator, denominator, timesPowerOfTwo: binary)
  }

  /// The quotient if numerator and denominator are exact as floating-point numbers, so that only the division rounds;
  /// otherwise nil.
  private func smallQuotient(
    _ above: [(prime: Int, count: Int)], _ below: [(prime: Int, count: Int)], _ binary: Int
  ) -> Double? {
    guard digits.count <= 15, binary.magnitude < 900,
      let numerator = Self.product(digits.reduce(0) { $0 * 10 + Int($1) }, above),
      let denominator = Self.product(1, below)
    else { return nil }
    return Double(sign: .plus, exponent: binary, significand: Double(numerator) / Double(denominator))
  }

  /// The product of an integer and powers; nil beyond 2^53.
  private static func product(_ start: Int, _ powers: [(prime: Int, count: Int)]) -> Int? {
    var result = start
    for (prime, count) in powers {
      guard count < 53 else { return nil }
      for _ in 0..<count {
        guard result <= (1 << 53) / prime else { return nil }
        result *= prime
      }
    }
    return result
  }
}

extension DecimalNumber {
  /// The exact product.
  package static func * (a: DecimalNumber, b: DecimalNumber) -> DecimalNumber {
    var columns = [Int](repeating: 0, count: a.digits.count + b.digits.count)
    for (i, left) in a.digits.enumerated() {
      for (j, right) in b.digits.enumerated() { columns[i + j + 1] += Int(left) * Int(right) }
    }
    for column in columns.indices.reversed().dropLast() {
      columns[column - 1] += columns[column] / 10
      columns[column] %= 10
    }
    return DecimalNumber(digits: Array(columns.map(UInt8.init).drop { $0 == 0 }), exponent: a.exponent + b.exponent)
  }
}

extension DecimalNumber: CustomStringConvertible {
  /// All digits: in positional notation from 0.00001 to numbers of 15 digits, otherwise with a power of ten: `0.25`,
  /// `1200`, `1.5e-9`.
  package var description: String {
    guard !digits.isEmpty else { return "0" }
    let text = digits.map(String.init).joined()
    let leading = exponent + digits.count
    if exponent >= 0, leading <= 15 { return text + String(repeating: "0", count: exponent) }
    if leading > 0, leading < digits.count { return text.prefix(leading) + "." + text.dropFirst(leading) }
    if leading <= 0, leading > -5 { return "0." + String(repeating: "0", count: -leading) + text }
    return text.prefix(1) + (digits.count > 1 ? "." + text.dropFirst() : "") + "e\(leading - 1)"
  }
}
