import VectorMath

extension Plan {
  /// The possible ranges of summarised values, if they follow from the formula: a condition, a choice between
  /// constants, the outcomes of a discrete input, and sums of these.
  ///
  /// They give a standard error to the mean of a value that was the same in every draw: a rare event that has not been
  /// drawn is not impossible.
  struct Ranges {
    /// By slot; nil if the range is unknown.
    var summaries: [ClosedRange<Double>?], moments: [ClosedRange<Double>?]

    /// The ranges of the values of sinks.
    init(
      of sinks: [(value: ValueID, sink: Sink)], _ graph: Graph, steps: [(outcomes: [Double], cumulative: [Double])],
      _ slots: SlotCounts
    ) {
      summaries = .init(repeating: nil, count: slots.summaries)
      moments = .init(repeating: nil, count: slots.moments)
      for (value, sink) in sinks {
        switch sink {
        case .summary(let slot): summaries[slot] = Self.range(of: value, graph, steps, depth: Self.depth)
        case .moments(let slot): moments[slot] = Self.range(of: value, graph, steps, depth: Self.depth)
        case .ratio, .positive, .keep: continue
        }
      }
    }

    /// Maximum depth of the search in a formula and maximum number of terms of a sum: enough for a choice among labels
    /// of an index, and little work if the range is unknown.
    private static let depth = 6, terms = 4

    private static func range(
      of id: ValueID, _ graph: Graph, _ steps: [(outcomes: [Double], cumulative: [Double])], depth: Int
    ) -> ClosedRange<Double>? {
      guard depth > 0 else { return nil }
      func inner(_ id: ValueID) -> ClosedRange<Double>? { range(of: id, graph, steps, depth: depth - 1) }
      switch graph[id] {
      case .constant(let bits, _):
        let number = Double(bitPattern: bits)
        return number.isFinite ? number...number : nil
      case .binary(let operation, _, _) where GraphNode.conditions.contains(operation): return 0...1
      case .unary(.not, _): return 0...1
      case .unary(.negate, let a): return inner(a).map { -$0.upperBound...(-$0.lowerBound) }
      case .select(_, let then, let otherwise):
        guard let a = inner(then), let b = inner(otherwise) else { return nil }
        return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
      case .steps(let number, _):
        guard let least = steps[number].outcomes.min(), let greatest = steps[number].outcomes.max() else { return nil }
        return least...greatest
      case .linear(let shift, let weights, let terms) where terms.count <= Self.terms:
        var (low, high) = (Double(bitPattern: shift), Double(bitPattern: shift))
        for (bits, term) in zip(weights, terms) {
          let weight = Double(bitPattern: bits)
          // A term of weight 0 is present only to propagate NaN.
          if weight == 0 { continue }
          guard let own = inner(term) else { return nil }
          low += min(weight * own.lowerBound, weight * own.upperBound)
          high += max(weight * own.lowerBound, weight * own.upperBound)
        }
        return low <= high && low > -.infinity && high < .infinity ? low...high : nil
      default: return nil
      }
    }
  }
}
