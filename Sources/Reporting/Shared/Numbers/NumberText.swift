import Simulation
import TextFormats

/// Number formatting. All decisions on digits are made here: files have full precision, readers see only significant
/// digits.
///
/// Numbers for readers have three significant digits, or fewer if the Monte Carlo standard error requires it: a digit
/// is shown while one unit of its place is at least the error. They have no thousands separators. A single number has
/// an exponent only from ten million upwards and below a ten-thousandth; the numbers of a column share one
/// `NumberStyle`.
package enum NumberText {
  /// Significant digits of a number in a table.
  package static let digits = 3

  /// The shortest decimal that reads back as the same number: `0.1`, `1e-05`, `12`; `nan`, `inf` and `-inf` as such.
  package static func exact(_ value: Double) -> String { value.exactText }

  /// A number without Monte Carlo error, without trailing zeros: `0.25`, `1230`.
  package static func significant(_ value: Double, digits: Int = digits) -> String {
    significant(value, digits: digits, style: nil)
  }

  /// The same in the style of a column; nil for a single number.
  static func significant(_ value: Double, digits: Int = digits, style: NumberStyle?) -> String {
    guard let decimal = DecimalDigits(value) else { return exact(value) }
    return text(decimal.rounded(toPlace: decimal.leadingPlace - digits + 1), downTo: .max, style)
  }

  /// Numbers without Monte Carlo error, all in one style.
  static func column(_ values: [Double], digits: Int = digits) -> [String] {
    let style = NumberStyle(of: values)
    return values.map { significant($0, digits: digits, style: style) }
  }

  /// An estimate with the digits that are significant given its standard error.
  ///
  /// If the error is unknown, all `digits` are shown; if it is zero, trailing zeros are omitted. A value without a
  /// significant digit is shown with one digit and a mark: `~40`. NaN is `none`: there was no finite draw.
  package static func estimate(_ estimate: Estimate, digits: Int = digits) -> String {
    self.estimate(estimate, digits: digits, style: nil)
  }

  /// Estimates with the digits that are significant given their standard errors, all in one style.
  static func column(_ estimates: [Estimate], digits: Int = digits) -> [String] {
    let style = NumberStyle(of: estimates)
    return estimates.map { estimate($0, digits: digits, style: style) }
  }

  /// An estimate in the style of a column; nil for a single number.
  static func estimate(_ estimate: Estimate, digits: Int = digits, style: NumberStyle?) -> String {
    guard let decimal = DecimalDigits(estimate.value) else {
      return estimate.value.isNaN ? "none" : exact(estimate.value)
    }
    if estimate.error == 0 || decimal.isZero && !(estimate.error > 0) {
      return significant(estimate.value, digits: digits, style: style)
    }
    let wanted = decimal.leadingPlace - digits + 1
    guard let doubtful = place(ofError: estimate.error) else {
      let rounded = decimal.rounded(toPlace: wanted)
      return text(rounded, downTo: max(wanted, rounded.leadingPlace - digits + 1), style)
    }
    if decimal.isZero || doubtful > decimal.leadingPlace {
      return "~" + text(decimal.rounded(toPlace: decimal.leadingPlace), downTo: decimal.leadingPlace, style)
    }
    let rounded = decimal.rounded(toPlace: max(wanted, doubtful))
    // 99.96 to three digits is 100, not 100.0.
    return text(rounded, downTo: max(wanted, doubtful, rounded.leadingPlace - digits + 1), style)
  }

  /// True if the text of an estimate is marked as having no significant digit.
  static func isMarked(_ text: String) -> Bool { text.hasPrefix("~") }

  /// The place of the last significant digit for an error: that of the smallest power of ten not below it; nil if
  /// unknown.
  static func place(ofError error: Double) -> Int? {
    guard error > 0, let decimal = DecimalDigits(error) else { return error == .infinity ? .max : nil }
    return decimal.digits == [1] ? decimal.leadingPlace : decimal.leadingPlace + 1
  }

  private static func text(_ decimal: DecimalDigits, downTo place: Int, _ style: NumberStyle?) -> String {
    (style ?? NumberStyle(ofOne: decimal)).text(decimal, downTo: place)
  }

  /// A count, with a suffix if that is exact: `1M`, `10k`, `48213`, `2500k`.
  package static func count(_ count: Int) -> String {
    for (suffix, size) in [("B", 1_000_000_000), ("M", 1_000_000), ("k", 1000)] where count >= size {
      if count % size == 0 { return "\(count / size)\(suffix)" }
    }
    return "\(count)"
  }

  /// A count of draws: `1 draw`, `10k draws`.
  package static func draws(_ count: Int, _ kind: String = "") -> String {
    "\(self.count(count)) \(kind)\(count == 1 ? "draw" : "draws")"
  }

  /// A count with commas between thousands, for running text: `8,192`.
  static func grouped(_ count: Int) -> String {
    let (thousands, rest) = count.quotientAndRemainder(dividingBy: 1000)
    guard thousands > 0 else { return "\(count)" }
    return "\(grouped(thousands)),\(String(repeating: "0", count: 3 - "\(rest)".count))\(rest)"
  }

  /// A human-readable duration: `0.21 s`, `83 s`, `5 min 20 s`, `2 h 5 min`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "unknown" }
    if seconds < 100 { return significant(max(seconds, 0), digits: 2) + " s" }
    let whole = Int(seconds.rounded())
    return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
  }
}
