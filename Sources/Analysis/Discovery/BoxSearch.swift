import Simulation

/// Searches for a box: ranges of a few inputs inside which a condition mostly holds and outside which it mostly fails.
///
/// The method is PRIM, the patient rule induction method (Friedman & Fisher 1999, doi:10.1023/A:1008894516817), as used
/// in scenario discovery (Bryant & Lempert 2010, doi:10.1016/j.techfore.2009.08.002): slices of about 5 % of the
/// remaining draws are peeled off, each time where cases are rarest. Peeling cannot find cases in the middle of a range
/// or in two corners, so a second search adds one input after another, each with the range that improves the box most.
/// The best box of both searches is taken. Then each bound is optimised given all the others, in place of Friedman &
/// Fisher's pasting. Finally inputs are dropped, least useful first, while the objective falls by less than 2 % or
/// there are more inputs than allowed.
struct BoxSearch: Sendable {
  /// The objective that the best box maximises.
  enum Objective: Sendable {
    /// The correlation of being inside the box with being a case (the phi coefficient; Matthews 1975,
    /// doi:10.1016/0005-2795(75)90109-9): one for a box that contains all cases and nothing else, 0 for an
    /// uninformative box such as all draws.
    case correlation
    /// The number of cases, among boxes in which at least this fraction of draws are cases.
    case density(Double)
  }

  /// A box: for each restricted column, whether each bin is allowed.
  typealias Box = [Int: [Bool]]

  /// A step of the search: a box with its restricted inputs and its counts.
  struct Step: Sendable {
    var box: Box
    var count: BoxCount
  }

  /// The result of a search.
  struct Finding: Sendable {
    /// The peeled boxes, beginning with all draws.
    var peeled: [Step]
    /// The boxes with inputs dropped one after another, the most restricted first.
    var simplified: [Step]
    /// The selected box; it restricts nothing if no box is an improvement.
    var best: Step
  }

  /// The fraction of the draws in a slice, as in Friedman & Fisher.
  private static let slice = 0.05
  /// Peeling stops at this fraction of the draws.
  private static let least = 0.005
  /// The relative loss of the objective that is accepted for dropping an input.
  private static let cheap = 0.02
  /// Maximum rounds of optimising bounds; two are usually enough.
  private static let rounds = 8

  let columns: [BinnedColumn]
  let isCase: [Bool]
  /// The draws that the box is fitted to.
  let draws: [Int32]
  let objective: Objective
  /// Maximum number of inputs that a box restricts.
  let mostInputs: Int
  /// The number of threads that search; the result is the same for any number.
  let workers: Int
  private let total: BoxCount

  init(
    _ columns: [BinnedColumn], _ isCase: [Bool], draws: [Int32], objective: Objective, mostInputs: Int, workers: Int
  ) {
    self.columns = columns
    self.isCase = isCase
    self.draws = draws
    self.objective = objective
    self.mostInputs = mostInputs
    self.workers = workers
    total = BoxCount(draws: draws.count, cases: draws.reduce(0) { $0 + (isCase[Int($1)] ? 1 : 0) })
  }

  /// The best box.
  func find() -> Finding {
    let peeled = peel()
    let start = (peeled + grown()).max { score($0.count) < score($1.count) } ?? Step(box: [:], count: total)
    var simplified = [refined(start)]
    var best = simplified[0]
    var isSettled = false
    // Continue down to a single input, for users who want fewer inputs than the best box has.
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

  /// The objective's value for a box with the given counts.
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

  /// The counts in a box.
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

  /// A slice that can be peeled off: bins of a column, and the remaining draws.
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
      let candidates = concurrentMap(columns.count, workers: workers) { column in
        best(of: slices(column, left, now), now)
      }
      guard let slice = best(of: candidates.compactMap { $0 }, now) else { break }
      var allowed = box[slice.column] ?? [Bool](repeating: true, count: columns[slice.column].count)
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

  /// The slice with the largest increase of density per removed draw (Friedman & Fisher's criterion for slices of
  /// different sizes).
  private func best(of slices: [Slice], _ count: BoxCount) -> Slice? {
    let smallest = Self.slice / 4 * Double(count.draws)
    func gain(_ slice: Slice) -> Double {
      ((count - slice.removed).density - count.density) / Double(slice.removed.draws)
    }
    return slices.filter { Double($0.removed.draws) >= smallest && $0.removed.draws < count.draws && gain($0) > 0 }
      .max { (gain($0), -Double($0.column)) < (gain($1), -Double($1.column)) }
  }

  // MARK: Adding inputs

  /// The boxes of one input after another, each with its best range given those before.
  private func grown() -> [Step] {
    var steps = [Step(box: [:], count: total)]
    while let last = steps.last, last.box.count < mostInputs {
      let inside = BoxSearch.inside(last.box, columns, draws)
      let next = concurrentMap(columns.count, workers: workers) { column -> Step? in
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

  /// The box after optimising each column's bins given the others, until nothing changes.
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

  /// The bins with the best objective: a range, or the labels with the largest densities.
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
    // Empty bins next to the range, and labels without draws, are allowed too.
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
