/// A finite number as decimal digits, so that rounding acts on the decimal number that a reader would see in full.
///
/// The digits are those of the shortest decimal that reads back as the same `Double` (Steele & White 1990,
/// doi:10.1145/93542.93559; Swift prints it): 0.285 rounds to 0.29, although the binary number is slightly below 0.285.
struct DecimalDigits: Equatable {
  var isNegative: Bool
  /// Digits 0 to 9, the first and the last not 0; empty for zero.
  var digits: [UInt8]
  /// The place of the first digit: the value is `d.ddd × 10^leadingPlace`. 0 for zero.
  var leadingPlace: Int

  /// The digits of a number; nil unless it is finite.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    isNegative = value.sign == .minus && value != 0
    var digits: [UInt8] = []
    var pointAt: Int?
    var exponent = 0
    var text = Substring(value.magnitude.description)
    if let mark = text.firstIndex(of: "e") {
      exponent = Int(text[text.index(after: mark)...]) ?? 0
      text = text[..<mark]
    }
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") { pointAt = digits.count } else { digits.append(byte - UInt8(ascii: "0")) }
    }
    leadingPlace = (pointAt ?? digits.count) - 1 + exponent
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    leadingPlace -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { leadingPlace = 0 }
    self.digits = digits
  }

  var isZero: Bool { digits.isEmpty }

  /// The nearest multiple of `10^place`, halves away from zero.
  func rounded(toPlace place: Int) -> DecimalDigits {
    let kept = leadingPlace - place + 1
    guard !isZero, kept < digits.count else { return self }
    var result = self
    guard kept >= 0 else {
      result.digits = []
      result.leadingPlace = 0
      return result
    }
    let carries = digits[kept] >= 5
    result.digits = Array(digits[..<kept])
    if carries {
      var position = kept - 1
      while position >= 0, result.digits[position] == 9 {
        result.digits[position] = 0
        position -= 1
      }
      if position >= 0 {
        result.digits[position] += 1
      } else {
        result.digits.insert(1, at: 0)
        result.leadingPlace += 1
      }
    }
    while result.digits.last == 0 { result.digits.removeLast() }
    if result.digits.isEmpty { result.leadingPlace = 0 }
    return result
  }

  /// The number without an exponent, with zeros down to a place: `-1230`, `0.40`.
  ///
  /// - Parameter place: the place of the last digit to print, if it is after the decimal point.
  func plain(downTo place: Int) -> String {
    var text = isNegative && !isZero ? "-" : ""
    let lowest = min(place, 0, isZero ? 0 : leadingPlace - digits.count + 1)
    for at in stride(from: max(leadingPlace, 0), through: lowest, by: -1) {
      if at == -1 { text += "." }
      text += String(digit(at: at))
    }
    return text
  }

  /// The number with an exponent, with zeros down to a place: `1.23e-7`.
  func scientific(downTo place: Int) -> String {
    var text = (isNegative && !isZero ? "-" : "") + String(digit(at: leadingPlace))
    let lowest = min(place, leadingPlace - digits.count + 1)
    for at in stride(from: leadingPlace - 1, through: lowest, by: -1) {
      if at == leadingPlace - 1 { text += "." }
      text += String(digit(at: at))
    }
    return text + "e\(leadingPlace)"
  }

  private func digit(at place: Int) -> UInt8 {
    let position = leadingPlace - place
    return digits.indices.contains(position) ? digits[position] : 0
  }
}
