/// The search for a box: ranges of a few inputs, within which a condition mostly holds and outside of which it mostly
/// does not.
///
/// PRIM, the patient rule induction method (Friedman & Fisher 1999, doi:10.1023/A:1008894516817), as scenario discovery
/// uses it (Bryant & Lempert 2010, doi:10.1016/j.techfore.2009.08.002): slices of about 5 % of the draws left are peeled
/// off, each time where cases are rarest. Cases in the middle of a range, or in two corners, hide from slices at the
/// ends; so a second way takes one input after the other, each time the range that makes the box best. Of the boxes on
/// both ways the best is taken; then each bound in turn is put where it is best given all the others, in place of
/// Friedman & Fisher's pasting; and inputs are let go, the least missed first, while that costs next to nothing or there
/// are more than wanted.
struct BoxSearch: Sendable {
  /// What a box is the best of.
  enum Objective: Sendable {
    /// The correlation of lying in the box with being a case (the phi coefficient; Matthews 1975,
    /// doi:10.1016/0005-2795(75)90109-9): one for a box that holds all cases and nothing else, 0 for one that tells
    /// nothing, such as all draws.
    case correlation
    /// Of boxes in which at least this share of draws are cases, the one with most cases.
    case density(Double)
  }

  /// A box: for each restricted column the bins within it.
  typealias Box = [Int: [Bool]]

  /// A step of the way: how many inputs are restricted, and what the box then holds.
  struct Step: Sendable {
    var box: Box
    var count: BoxCount
  }

  /// What a search found.
  struct Finding: Sendable {
    /// The boxes peeled, the first of all draws.
    var peeled: [Step]
    /// The boxes with inputs let go one after another, the most restricted first.
    var simplified: [Step]
    /// The box taken; nothing is restricted where nothing is worth it.
    var best: Step
  }

  /// The share of draws that a slice has, as in Friedman & Fisher.
  private static let slice = 0.05
  /// Peeling stops at this share of the draws.
  private static let least = 0.005
  /// What letting an input go may cost of the objective.
  private static let cheap = 0.02
  /// Rounds of putting bounds anew; mostly two are enough.
  private static let rounds = 8

  let columns: [BinnedColumn]
  let isCase: [Bool]
  /// The draws that are sought in.
  let draws: [Int32]
  let objective: Objective
  /// Inputs that a box restricts, at most.
  let mostInputs: Int
  private let total: BoxCount

  init(_ columns: [BinnedColumn], _ isCase: [Bool], draws: [Int32], objective: Objective, mostInputs: Int) {
    self.columns = columns
    self.isCase = isCase
    self.draws = draws
    self.objective = objective
    self.mostInputs = mostInputs
    total = BoxCount(draws: draws.count, cases: draws.reduce(0) { $0 + (isCase[Int($1)] ? 1 : 0) })
  }

  /// The best box.
  func find() -> Finding {
    let peeled = peel()
    let start = (peeled + grown()).max { score($0.count) < score($1.count) } ?? Step(box: [:], count: total)
    var simplified = [refined(start)]
    var best = simplified[0]
    var isSettled = false
    // One after the other down to a single input, for those who want fewer still than the best box has.
    while let last = simplified.last, last.box.count > 1 {
      let fewer = last.box.keys.sorted().map { column -> Step in
        var box = last.box
        box[column] = nil
        return Step(box: box, count: count(box))
      }
      guard let least = fewer.max(by: { score($0.count) < score($1.count) }) else { break }
      let next = refined(least)
      simplified.append(next)
      let isCheap = score(next.count) >= (1 - Self.cheap) * score(best.count)
      if !isSettled, isCheap || best.box.count > mostInputs { best = next } else { isSettled = true }
    }
    return Finding(peeled: peeled, simplified: simplified, best: best)
  }

  /// How good a box is by its count.
  func score(_ count: BoxCount) -> Double {
    switch objective {
    case .correlation:
      let (n, k) = (Double(count.draws), Double(count.cases))
      let (all, cases) = (Double(total.draws), Double(total.cases))
      let size = (n * (all - n) * cases * (all - cases)).squareRoot()
      return size > 0 ? (k * all - n * cases) / size : 0
    case .density(let least):
      guard count.draws > 0 else { return -1 }
      return count.density >= least ? Double(count.cases) / Double(max(1, total.cases)) : count.density - 1
    }
  }

  /// What lies in a box.
  func count(_ box: Box) -> BoxCount {
    let inside = BoxSearch.inside(box, columns, draws)
    return BoxCount(draws: inside.count, cases: inside.reduce(0) { $0 + (isCase[Int($1)] ? 1 : 0) })
  }

  /// The draws in a box.
  static func inside(_ box: Box, _ columns: [BinnedColumn], _ draws: [Int32]) -> [Int32] {
    let tests = box.map { (columns[$0.key].bins, $0.value) }
    return draws.filter { draw in tests.allSatisfy { bins, allowed in allowed[Int(bins[Int(draw)])] } }
  }

  // MARK: Peeling

  /// A slice that can be peeled off: what bins of a column, and what is left.
  private struct Slice {
    var column: Int
    var bins: Range<Int>
    var removed: BoxCount
  }

  private func peel() -> [Step] {
    var inside = draws
    var box: Box = [:]
    var count = total
    var steps = [Step(box: box, count: count)]
    let least = max(20, Int(Self.least * Double(draws.count)))
    while count.draws > least, count.cases > 0, count.cases < count.draws {
      let (left, now) = (inside, count)
      let candidates = concurrent(columns.count) { column in best(of: slices(column, left, now), now) }
      guard let slice = best(of: candidates.compactMap { $0 }, now) else { break }
      var allowed = box[slice.column] ?? [Bool](repeating: true, count: columns[slice.column].ends.count)
      for bin in slice.bins { allowed[bin] = false }
      box[slice.column] = allowed
      count = count - slice.removed
      let bins = columns[slice.column].bins
      inside.removeAll { slice.bins.contains(Int(bins[Int($0)])) }
      steps.append(Step(box: box, count: count))
    }
    return steps
  }

  /// The slices of a column: from each end, or a label.
  private func slices(_ column: Int, _ inside: [Int32], _ count: BoxCount) -> [Slice] {
    let histogram = columns[column].histogram(inside, isCase)
    if columns[column].isLabel {
      return histogram.indices.map { Slice(column: column, bins: $0..<($0 + 1), removed: histogram[$0]) }
    }
    let wanted = Int((Self.slice * Double(count.draws)).rounded(.up))
    func end(_ bins: [Int]) -> (last: Int, removed: BoxCount) {
      var removed = BoxCount()
      for bin in bins {
        removed = removed + histogram[bin]
        if removed.draws >= wanted { return (bin, removed) }
      }
      return (bins.last ?? 0, removed)
    }
    let low = end(Array(histogram.indices))
    let high = end(histogram.indices.reversed())
    return [
      Slice(column: column, bins: 0..<(low.last + 1), removed: low.removed),
      Slice(column: column, bins: high.last..<histogram.count, removed: high.removed),
    ]
  }

  /// The slice after which the density has grown most for what is taken off (Friedman & Fisher's criterion for slices of
  /// different sizes).
  private func best(of slices: [Slice], _ count: BoxCount) -> Slice? {
    let smallest = Self.slice / 4 * Double(count.draws)
    func gain(_ slice: Slice) -> Double {
      ((count - slice.removed).density - count.density) / Double(slice.removed.draws)
    }
    return slices.filter { Double($0.removed.draws) >= smallest && $0.removed.draws < count.draws && gain($0) > 0 }
      .max { (gain($0), -Double($0.column)) < (gain($1), -Double($1.column)) }
  }

  // MARK: Growing

  /// The boxes of one input after another, each with the range that is best given those before.
  private func grown() -> [Step] {
    var steps = [Step(box: [:], count: total)]
    while let last = steps.last, last.box.count < mostInputs {
      let inside = BoxSearch.inside(last.box, columns, draws)
      let next = concurrent(columns.count) { column -> Step? in
        guard last.box[column] == nil,
          let (allowed, count) = bestBins(columns[column].histogram(inside, isCase), isLabel: columns[column].isLabel)
        else { return nil }
        var box = last.box
        box[column] = allowed
        return Step(box: box, count: count)
      }.compactMap { $0 }.max { score($0.count) < score($1.count) }
      guard let next, score(next.count) > score(last.count) else { break }
      steps.append(refined(next))
    }
    return steps
  }

  // MARK: Bounds

  /// The box with each column's bins put where they are best given the others', until nothing changes.
  private func refined(_ step: Step) -> Step {
    var (box, now) = (step.box, step.count)
    for _ in 0..<Self.rounds {
      let before = now
      for column in step.box.keys.sorted() where box[column] != nil {
        var others = box
        others[column] = nil
        let histogram = columns[column].histogram(BoxSearch.inside(others, columns, draws), isCase)
        guard let (allowed, count) = bestBins(histogram, isLabel: columns[column].isLabel),
          score(count) > score(now)
        else { continue }
        now = count
        box[column] = allowed.allSatisfy(\.self) ? nil : allowed
      }
      if now == before { break }
    }
    return Step(box: box, count: now)
  }

  /// The bins that are best by the objective: a range; of labels, those in which cases are most frequent.
  private func bestBins(_ histogram: [BoxCount], isLabel: Bool) -> (allowed: [Bool], count: BoxCount)? {
    let order =
      isLabel
      ? histogram.indices.filter { histogram[$0].draws > 0 }
        .sorted { (histogram[$0].density, -$0) > (histogram[$1].density, -$1) }
      : Array(histogram.indices)
    var best: (range: Range<Int>, count: BoxCount, score: Double)?
    for first in isLabel ? 0..<1 : 0..<order.count {
      var count = BoxCount()
      for last in first..<order.count {
        count = count + histogram[order[last]]
        let score = score(count)
        if score > best?.score ?? -.infinity { best = (first..<(last + 1), count, score) }
      }
    }
    guard let best else { return nil }
    var allowed = [Bool](repeating: false, count: histogram.count)
    for place in best.range { allowed[order[place]] = true }
    // Where no draw is, none is kept out.
    if isLabel {
      for bin in histogram.indices where histogram[bin].draws == 0 { allowed[bin] = true }
    } else {
      for bin in order[best.range.upperBound...].prefix(while: { histogram[$0].draws == 0 }) { allowed[bin] = true }
      for bin in order[..<best.range.lowerBound].reversed().prefix(while: { histogram[$0].draws == 0 }) {
        allowed[bin] = true
      }
    }
    return (allowed, best.count)
  }
}
