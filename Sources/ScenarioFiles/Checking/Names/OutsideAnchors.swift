import Modeling

/// Numbers of anchor points outside an index: values are given for them although the index has no such label.
///
/// Their positions follow those of the labels and are the same for every input of the scenario, so that label positions
/// can be compared throughout. No cell has such a position; only anchor points do.
struct OutsideAnchors {
  private var numbers: [IndexID: [Double]] = [:]
  private var positions: [IndexID: [Double: Int]] = [:]

  /// The ordinal of a number among those outside an index, in the order of first use.
  mutating func ordinal(of number: Double, on index: IndexID) -> Int {
    if let known = positions[index]?[number] { return known }
    let ordinal = numbers[index]?.count ?? 0
    positions[index, default: [:]][number] = ordinal
    numbers[index, default: []].append(number)
    return ordinal
  }

  /// The number with an ordinal.
  func number(_ ordinal: Int, on index: IndexID) -> Double? {
    guard let known = numbers[index], known.indices.contains(ordinal) else { return nil }
    return known[ordinal]
  }
}

extension CheckContext {
  /// The position of an anchor point on a numeric index: that of a label, or one after all labels.
  func anchorPosition(ofNumber number: Double, on index: IndexID) -> Int {
    position(ofNumber: number, on: index) ?? self[index].labels.count + outsideAnchors.ordinal(of: number, on: index)
  }

  /// Whether a position belongs to an anchor point outside the index.
  func isOutside(_ position: Int, on index: IndexID) -> Bool { position >= self[index].labels.count }

  /// The number at a position of a numeric index, for a label or an anchor point outside.
  func number(at position: Int, on index: IndexID) -> Double? {
    guard let numbers = self[index].numbers else { return nil }
    return numbers.indices.contains(position)
      ? numbers[position] : outsideAnchors.number(position - self[index].labels.count, on: index)
  }

  /// The text of a position: the label, or the number of an anchor point outside, formatted like a label of a range, so
  /// that an anchor point keeps its draws if the index is extended to include it.
  func label(at position: Int, on index: IndexID) -> String {
    if !isOutside(position, on: index) { return self[index].labels[position] }
    return number(at: position, on: index).map(MessageText.number) ?? ""
  }
}
