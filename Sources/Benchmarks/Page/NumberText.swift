import Foundation

/// Numbers in the notation of the page, with three digits.
enum NumberText {
  /// `0.0451`, `4.51`, `451`, `12300`.
  static func text(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "none" }
    let digits = max(0, 2 - Int(log10(abs(value)).rounded(.down)))
    return String(format: "%.\(digits)f", value)
  }

  /// `1M`, `65536`: a number of draws.
  static func count(_ number: Int) -> String {
    for (unit, size) in [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)] where number % size == 0 && number > 0 {
      return "\(number / size)\(unit)"
    }
    return "\(number)"
  }

  /// `45 ms` or `1.2 s`.
  static func seconds(_ value: Double) -> String {
    value < 1 ? "\(text(value * 1e3)) ms" : "\(text(value)) s"
  }

  /// `43.1 MiB`
  static func mebibytes(_ bytes: Int) -> String { "\(text(Double(bytes) / 1_048_576)) MiB" }
}
