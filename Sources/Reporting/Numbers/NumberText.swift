import Simulation

/// How numbers are written: the one place that decides digits, for files in full and for people as far as they mean
/// something.
///
/// Figures for people have three significant digits, or as many as their Monte Carlo standard error leaves: a digit is
/// shown while one unit of its place is at least the error. They have no thousands separators. A number by itself has an
/// exponent only from ten million on and below a ten-thousandth; the numbers of a column share one `NumberStyle`.
public enum NumberText {
  /// Significant digits of a figure in a table.
  public static let digits = 3

  /// The shortest decimal that reads back as the same number: `0.1`, `1e-05`, `12`; `nan`, `inf` and `-inf` as such.
  public static func exact(_ value: Double) -> String {
    // Whole numbers would end with `.0`; negative zero keeps its sign.
    if value.magnitude < 1e15, value == value.rounded(.towardZero) {
      return value == 0 && value.sign == .minus ? "-0" : String(Int(value))
    }
    let text = value.description
    return value.magnitude >= 1e15 && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A figure that no draw made uncertain, without trailing zeros: `0.25`, `1230`.
  public static func significant(_ value: Double, digits: Int = digits) -> String {
    significant(value, digits: digits, style: nil)
  }

  /// The same in the style of a column; nil for a number by itself.
  static func significant(_ value: Double, digits: Int = digits, style: NumberStyle?) -> String {
    guard let decimal = DecimalDigits(value) else { return exact(value) }
    return text(decimal.rounded(toPlace: decimal.leadingPlace - digits + 1), downTo: .max, style)
  }

  /// Figures that no draw made uncertain, all in one style.
  static func column(_ values: [Double], digits: Int = digits) -> [String] {
    let style = NumberStyle(of: values)
    return values.map { significant($0, digits: digits, style: style) }
  }

  /// A figure in the digits that its standard error leaves.
  ///
  /// Without an estimate of the error all `digits` are shown; with an error of zero, trailing zeros are left out. A
  /// figure that its error leaves no digit of has one, marked: `~40`. Not a number is `none`: there was no finite draw.
  public static func estimate(_ estimate: Estimate, digits: Int = digits) -> String {
    self.estimate(estimate, digits: digits, style: nil)
  }

  /// Figures in the digits that their standard errors leave, all in one style.
  static func column(_ estimates: [Estimate], digits: Int = digits) -> [String] {
    let style = NumberStyle(of: estimates)
    return estimates.map { estimate($0, digits: digits, style: style) }
  }

  /// A figure in the style of a column; nil for a number by itself.
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

  /// Whether the text of an estimate says that its error leaves no digit of it.
  static func isMarked(_ text: String) -> Bool { text.hasPrefix("~") }

  /// The place of the last digit that an error leaves: the least power of ten that is not below it; nil if unknown.
  static func place(ofError error: Double) -> Int? {
    guard error > 0, let decimal = DecimalDigits(error) else { return error == .infinity ? .max : nil }
    return decimal.digits == [1] ? decimal.leadingPlace : decimal.leadingPlace + 1
  }

  private static func text(_ decimal: DecimalDigits, downTo place: Int, _ style: NumberStyle?) -> String {
    (style ?? NumberStyle(ofOne: decimal)).text(decimal, downTo: place)
  }

  /// A count, with a suffix where that loses nothing: `1M`, `10k`, `48213`, `2500k`.
  public static func count(_ count: Int) -> String {
    for (suffix, size) in [("B", 1_000_000_000), ("M", 1_000_000), ("k", 1000)] where count >= size {
      if count % size == 0 { return "\(count / size)\(suffix)" }
    }
    return "\(count)"
  }

  /// A stretch of time for people: `0.21 s`, `83 s`, `5 min 20 s`, `2 h 5 min`.
  public static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "unknown" }
    if seconds < 100 { return significant(max(seconds, 0), digits: 2) + " s" }
    let whole = Int(seconds.rounded())
    return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
  }
}
