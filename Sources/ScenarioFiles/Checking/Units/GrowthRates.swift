import Modeling

/// Finds inputs that are changes instead of shares, which may well be below 0 or above 100 %.
struct GrowthRates {
  let context: CheckContext

  /// Words in names that denote a change or a difference.
  private static let words: Set<String> = [
    "growth", "change", "increase", "decrease", "decline", "reduction", "trend", "drift", "inflation", "escalation",
    "return", "gain", "improvement", "cagr", "yoy", "delta", "difference", "deviation", "error", "bias", "markup",
    "premium", "surcharge", "overhead", "margin",
  ]

  /// Whether an input is a change: a word of its name says so, as in `demand_growth`, or a formula adds it to 1, as in
  /// `(1 + rate) ^ years`.
  func contain(_ name: String) -> Bool {
    if name.lowercased().split(separator: "_").contains(where: { Self.words.contains(String($0)) }) { return true }
    return context.quantities.contains { quantity in
      guard case .equation(let equation) = quantity.kind, let syntax = equation.syntax else { return false }
      return Self.adds(name, in: syntax)
    }
  }

  private static func adds(_ name: String, in syntax: Syntax) -> Bool {
    if case .binary(.add, let left, let right) = syntax.kind,
      isOne(left) && isNamed(right, name) || isOne(right) && isNamed(left, name)
    {
      return true
    }
    return syntax.parts.contains { adds(name, in: $0) }
  }

  private static func isOne(_ syntax: Syntax) -> Bool {
    if case .number(1, nil, isPercent: false) = syntax.kind { true } else { false }
  }

  private static func isNamed(_ syntax: Syntax, _ name: String) -> Bool {
    switch syntax.kind {
    case .name(name): true
    case .select(let base, _): isNamed(base, name)
    default: false
    }
  }
}
