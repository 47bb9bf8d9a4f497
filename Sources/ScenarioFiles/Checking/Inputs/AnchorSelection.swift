import Diagnostics
import Modeling
import VectorMath

/// The numbers of the anchor points of one branch of a value.
struct AnchorPoints {
  /// The numbers, ascending.
  let numbers: [Double]

  /// The position of a number relative to the anchor points.
  enum Place: Equatable {
    /// At an anchor point.
    case at(Int)
    /// Between this anchor point and the next one.
    case after(Int)
    /// Below the first anchor point, or above the last one.
    case below, above
  }

  /// The place of a number; nil if there are no anchor points.
  func place(of number: Double) -> Place? {
    guard !numbers.isEmpty else { return nil }
    let next = numbers.partitioningIndex { $0 >= number }
    if next < numbers.count, numbers[next] == number { return .at(next) }
    if next == 0 { return .below }
    return next == numbers.count ? .above : .after(next - 1)
  }

  /// The anchor points that a number's value is computed from; none outside their range unless the outer ones hold.
  func used(at number: Double, _ interpolation: InputDeclaration.Interpolation?, holdsOuterAnchors: Bool) -> [Int] {
    switch place(of: number) {
    case .at(let point)?: [point]
    case .after(let point)?: interpolation == .step ? [point] : [point, point + 1]
    case .below?: holdsOuterAnchors ? [0] : []
    case .above?: holdsOuterAnchors || interpolation == .step ? [numbers.count - 1] : []
    case nil: []
    }
  }
}

/// Finds the anchor points outside an index that take part in interpolation.
///
/// One takes part if the value of some label is computed from it. The others are left out, so that they do not become
/// coordinates and need not be readable: a table may go back to years whose cells are blank or say `N/A`.
struct AnchorSelection {
  let context: CheckContext
  let declaration: InputDeclaration
  /// The index along which the anchor points are given.
  let along: IndexID?

  /// For each value, given by its labels, whether it takes part; every value inside the index does.
  func takingPart(_ labels: [[IndexID: Int]]) -> [Bool] {
    let outside = labels.map { own in Set(own.filter { context.isOutside($0.value, on: $0.key) }.keys) }
    guard outside.contains(where: { !$0.isEmpty }) else { return labels.map { _ in true } }
    guard let along, let numbers = context[along].numbers else { return outside.map(\.isEmpty) }
    var result = outside.map(\.isEmpty)
    let candidates = labels.indices.filter { outside[$0].isSubset(of: [along]) && labels[$0][along] != nil }
    guard let branches = branches(candidates, labels, along) else {
      // There are too many branches to separate; the limit on support points is exceeded and is reported later.
      return outside.map { $0.isSubset(of: [along]) }
    }
    for members in branches.values {
      let sorted = members.map { (number: context.number(at: labels[$0][along] ?? 0, on: along) ?? 0, member: $0) }
        .sorted { $0.number < $1.number }
      let points = AnchorPoints(numbers: sorted.map(\.number))
      for number in numbers {
        for used in points.used(at: number, declaration.interpolation, holdsOuterAnchors: declaration.holdsOuterAnchors)
        {
          result[sorted[used].member] = true
        }
      }
    }
    return result
  }

  /// The values of each branch, that is, of each combination of labels on the other indexes that any value mentions.
  private func branches(_ candidates: [Int], _ labels: [[IndexID: Int]], _ along: IndexID) -> [[Int]: [Int]]? {
    let axes = context.sorted(candidates.reduce(into: Set<IndexID>()) { $0.formUnion(labels[$1].keys) })
      .filter { $0 != along }
    var branches: [[Int]: [Int]] = [:]
    var count = 0
    for candidate in candidates {
      var keys: [[Int]] = [[]]
      for axis in axes {
        if let position = labels[candidate][axis] {
          keys = keys.map { $0 + [position] }
        } else {
          keys = keys.flatMap { key in context[axis].labels.indices.map { key + [$0] } }
        }
        guard count + keys.count <= SizeLimit.cells else { return nil }
      }
      count += keys.count
      for key in keys { branches[key, default: []].append(candidate) }
    }
    return branches
  }

  /// Whether the number of an anchor point looks like a typing error: the labels are whole numbers that all have the
  /// same count of digits, as years do, and this one has another count and is more than ten times their range away.
  func isStray(_ number: Double) -> Bool {
    guard let along, let numbers = context[along].numbers, let first = numbers.first, let last = numbers.last else {
      return false
    }
    let digits = Set(numbers.map(Self.digits))
    guard digits.count == 1, let common = digits.first, let common, common >= 3, Self.digits(number) != common else {
      return false
    }
    return max(first - number, number - last) > 10 * max(1, last - first)
  }

  /// The count of digits of a whole number.
  private static func digits(_ number: Double) -> Int? {
    guard number == number.rounded(), number.magnitude < 1e15 else { return nil }
    return String(Int(number.magnitude)).count
  }

  /// Warns about an anchor point whose number looks like a typing error.
  func warnIfStray(_ labels: [IndexID: Int], at place: SourcePlace?) {
    guard let along, let position = labels[along], context.isOutside(position, on: along),
      let number = context.number(at: position, on: along), isStray(number)
    else { return }
    let text = context.label(at: position, on: along)
    let labels = context[along].labels
    context.report(
      .strayAnchor(
        text, index: context[along].name, first: labels.first ?? "", last: labels.last ?? "",
        nearest: context.nearest(to: text, among: labels)),
      at: place)
  }
}

extension AnchorSelection {
  /// The values of a mapping that take part. The others cause a warning, since each was written by hand.
  func selected(_ labelledValues: [LabelledValue]) -> [LabelledValue] {
    let isTakingPart = takingPart(labelledValues.map(\.labels))
    var result: [LabelledValue] = []
    for (labelledValue, takesPart) in zip(labelledValues, isTakingPart) {
      if takesPart {
        warnIfStray(labelledValue.labels, at: labelledValue.syntax.place)
        result.append(labelledValue)
        continue
      }
      let stranger = context.sorted(labelledValue.labels.keys).first { index in
        index != along && context.isOutside(labelledValue.labels[index] ?? 0, on: index)
      }
      if let stranger {
        FormulaChecker(context: context, use: .constant).reportUnknownLabel(
          context.label(at: labelledValue.labels[stranger] ?? 0, on: stranger), on: stranger,
          at: labelledValue.syntax.place)
      } else if let along, let position = labelledValue.labels[along] {
        let text = context.label(at: position, on: along)
        context.report(.unusedAnchor(text, index: context[along].name), at: labelledValue.syntax.place)
      }
    }
    return result
  }
}
