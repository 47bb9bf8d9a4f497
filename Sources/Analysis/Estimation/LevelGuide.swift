/// A table from which the search for a value's level begins, so that one or two comparisons find it instead of eight.
///
/// The range between the first and the last edge is divided into equal parts; a part has the number of edges below
/// it. Where some part contains more than four edges, as with widths that differ by orders of magnitude, no table helps.
struct LevelGuide: Sendable {
  private static let parts = 2048
  private static let mostEdges = 4

  private let least: Double
  private let scale: Double
  /// By part, the number of edges that are not greater than its lower end.
  private let starts: [UInt8]
  /// The edges, followed by infinities, so that comparisons need no check of the end.
  private let edges: [Double]
  /// The maximum number of edges in a part.
  private let steps: Int

  /// A table for ascending edges; nil if it would not help.
  init?(_ edges: [Double]) {
    guard edges.count > 8, let first = edges.first, let last = edges.last, (last - first).isFinite, last > first
    else { return nil }
    least = first
    scale = Double(Self.parts) / (last - first)
    guard scale.isFinite else { return nil }
    // The part of each edge by the same arithmetic as that of a value, so that rounding cannot separate them.
    let places = edges.map { [least, scale] in Self.part($0, least, scale) }
    var starts = [UInt8](repeating: 0, count: Self.parts + 1)
    var (below, steps) = (0, 0)
    for part in 0...Self.parts {
      let start = below
      starts[part] = UInt8(start)
      while below < places.count, places[below] == part { below += 1 }
      steps = max(steps, below - start)
    }
    guard steps <= Self.mostEdges else { return nil }
    (self.starts, self.steps) = (starts, steps)
    self.edges = edges + [Double](repeating: .infinity, count: Self.mostEdges)
  }

  /// The part of a finite value: a monotonic function of it.
  private static func part(_ value: Double, _ least: Double, _ scale: Double) -> Int {
    let place = (value - least) * scale
    return Int(min(max(place, 0), Double(parts)))
  }

  /// Writes the number of edges that are not greater than each value; `unknown` for values that are not finite.
  func classify(_ values: UnsafeBufferPointer<Double>, unknown: UInt8, into levels: UnsafeMutablePointer<UInt8>) {
    edges.withUnsafeBufferPointer { edges in
      starts.withUnsafeBufferPointer { starts in
        for (draw, value) in values.enumerated() {
          guard value.isFinite else {
            levels[draw] = unknown
            continue
          }
          let start = Int(starts[Self.part(value, least, scale)])
          var level = UInt8(truncatingIfNeeded: start)
          // Edges ascend, so the number of those that are not greater is the number of edges passed.
          for step in 0..<steps { level &+= unsafeBitCast(edges[start &+ step] <= value, to: UInt8.self) }
          levels[draw] = level
        }
      }
    }
  }
}
