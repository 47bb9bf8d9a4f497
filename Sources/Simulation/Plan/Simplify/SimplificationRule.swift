/// A rule that simplifies a plan while it is built.
///
/// The rules are listed in the order of their use. The first ones see a whole formula and its cells, the next ones one
/// value that is added to the graph, the last ones the outputs and the program. None of them is an optimiser pass over
/// a finished plan: each decides from the operands that it is given, so that the plan of a formula does not depend on
/// other formulas.
///
/// A rule can be switched off, see ``Engine/init(model:without:)``: results then agree within rounding, because no rule
/// changes the meaning of a formula. To find the rule behind a wrong result, switch off one after another. Operations on
/// constants alone are always computed when the plan is built, since branches, labels and the parameters of
/// distributions depend on them.
package enum SimplificationRule: UInt32, CaseIterable, Sendable {
  case chains, hoisting, exponentials, loops
  case conditions, powers, logarithms, constants, terms, identities, denominators, scales, sharing
  case multiples, fusion, registers

  /// The rules that decide which nodes a value has; the last three concern outputs and the program.
  static let ofValues = allCases.filter { $0.rawValue <= Self.sharing.rawValue }

  /// The rule's name in `describe --plan --without NAME`.
  package var name: String { "\(self)" }

  /// The effect of the rule, in one line.
  package var summary: String {
    switch self {
    case .chains: "a chain a + b - c, or a * b / c, is one instruction"
    case .hoisting: "factors that do not vary along an index are multiplied once for all of its labels"
    case .exponentials: "exp(a) * exp(b) is exp(a + b)"
    case .loops: "a sum, mean or extreme of a formula over 4,096 cells or more is one instruction"
    case .conditions: "a condition or choice that one operand decides, or that repeats one, is not computed"
    case .powers: "x^n is multiplications for whole n up to 16, x^-n shares 1 / x, x^0.5 is the square root"
    case .logarithms: "log(exp(a) * exp(b)) is a + b, and exp(a)^b is exp(a * b)"
    case .constants: "constant factors are one scale, constant terms one shift: 2 * (3 * x) is 6 * x"
    case .terms: "multiples of one value are one term: x + 2 * x is 3 * x"
    case .identities: "1 * x, 0 + x, x^1 and a term 0 * x are not computed"
    case .denominators: "a / t + b / t is (a + b) / t"
    case .scales: "2 * (x * y) and 3 * (x * y) share x * y"
    case .sharing: "equal values are computed once"
    case .multiples: "outputs and comparisons that are multiples of one value are summarised once"
    case .fusion: "a sum of products of two values is one instruction"
    case .registers: "the column of a value is reused after its last reader"
    }
  }
}

/// The rules that apply to a plan, as bits, so that each test of a rule costs one instruction.
struct SimplificationRules {
  private var bits: UInt32 = .max

  /// All rules but some.
  init(without rules: Set<SimplificationRule> = []) {
    for rule in rules { bits &= ~Self.bit(of: rule) }
  }

  /// Whether a rule applies.
  func contains(_ rule: SimplificationRule) -> Bool { bits & Self.bit(of: rule) != 0 }

  private static func bit(of rule: SimplificationRule) -> UInt32 { 1 << rule.rawValue }
}
