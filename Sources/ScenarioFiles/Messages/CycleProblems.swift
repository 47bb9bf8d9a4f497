import Diagnostics

/// Equations that depend on each other.
extension Problem {
  /// An input whose distribution depends on an equation that uses the input.
  static func cycleThroughInput(_ input: String, chain: [String], notes: [Diagnostic.Note]) -> Problem {
    Problem(
      FormulaCode.cycle, "the distribution of `\(input)` depends on values computed from it",
      expected: "arguments of an input may name inputs and equations, but not in a cycle", found: shown(chain),
      notes: notes)
  }

  /// An equation whose formula names itself.
  static func selfReference(_ name: String) -> Problem {
    Problem(
      FormulaCode.cycle, "`\(name)` is defined by itself",
      expected: "a value that depends on its own past: `previous(\(name), initial=…)`")
  }

  /// Equations in a cycle without `previous`.
  static func cycle(_ chain: [String], notes: [Diagnostic.Note]) -> Problem {
    Problem(
      FormulaCode.cycle, "equations depend on each other in a cycle",
      expected: "a cycle passes through `previous(…, initial=…)`", found: shown(chain), notes: notes)
  }

  /// One dependency of a cycle.
  static func dependency(of name: String, on target: String, at place: SourcePlace) -> Diagnostic.Note {
    .init("`\(name)` needs `\(target)` here", at: place)
  }

  /// A cycle that goes back along several indexes.
  static func cycleAlongSeveralIndexes(_ members: [String], found: String) -> Problem {
    Problem(
      FormulaCode.cycleIndex,
      "the cycle of \(MessageText.list(members.map { "`\($0)`" })) runs through `previous` along different indexes",
      expected: "one index along which every turn of the cycle goes back", found: found)
  }

  /// A member of a cycle that is not over the index along which the cycle runs.
  static func cycleMemberWithoutIndex(_ name: String, index: String) -> Problem {
    Problem(
      FormulaCode.cycleIndex, "`\(name)` is part of a cycle along `\(index)`, but is not over that index")
  }

  /// The use of a cycle's values at several labels at once.
  enum CycleUse {
    case reduced(by: String)
    case accumulated, selected, stocked

    fileprivate var words: String {
      switch self {
      case .reduced(let reduction): "reduced by `\(reduction)`"
      case .accumulated: "accumulated"
      case .selected: "selected"
      case .stocked: "summed by `stock`"
      }
    }
  }

  /// A member of a cycle whose values are needed at labels that are not known yet.
  static func cycleValuesUsed(_ use: CycleUse, over index: String) -> Problem {
    Problem(
      FormulaCode.cycleIndex, "part of a cycle along `\(index)` is \(use.words) over that index",
      expected: "values at earlier labels only, because a cycle is computed label by label")
  }

  /// `a -> b -> a`, without the middle if it is long.
  private static func shown(_ chain: [String]) -> String {
    guard chain.count > 12 else { return chain.joined(separator: " -> ") }
    return chain.prefix(6).joined(separator: " -> ") + " -> … -> " + chain.suffix(4).joined(separator: " -> ")
  }
}
