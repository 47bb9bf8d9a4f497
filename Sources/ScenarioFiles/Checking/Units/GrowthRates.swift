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
    return context.namesAddedToOne.contains(name)
  }

  /// The names that equations add to 1, collected once for all inputs.
  static func namesAddedToOne(in context: CheckContext) -> Set<String> {
    var names: Set<String> = []
    for quantity in context.quantities {
      guard case .equation(let equation) = quantity.kind, let syntax = equation.syntax else { continue }
      collect(syntax, into: &names)
    }
    return names
  }

  private static func collect(_ syntax: Syntax, into names: inout Set<String>) {
    var rest = [syntax]
    while let next = rest.popLast() {
      rest += next.parts
      guard case .binary(.add, let left, let right) = next.kind else { continue }
      for (one, other) in [(left, right), (right, left)] where isOne(one) {
        if let name = name(of: other) { names.insert(name) }
      }
    }
  }

  private static func isOne(_ syntax: Syntax) -> Bool {
    if case .number(1, nil, isPercent: false) = syntax.kind { true } else { false }
  }

  /// The name of a quantity or of its cell.
  private static func name(of syntax: Syntax) -> String? {
    switch syntax.kind {
    case .name(let name): name
    case .select(let base, _): name(of: base)
    default: nil
    }
  }
}
