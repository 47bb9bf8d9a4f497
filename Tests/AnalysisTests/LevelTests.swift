import Testing

@testable import Analysis

/// Levels of columns, and the regressions that are computed from them.
@Suite struct LevelTests {
  /// Pseudorandom numbers between 0 and 1 (a linear congruential generator: Knuth 1997, section 3.3.4, line 26).
  private struct Numbers {
    var state: UInt64
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
  }

  /// The level of a value is the number of edges that are not greater, with and without a table to begin from.
  @Test(arguments: ["uniform", "wide", "shared", "tiny", "huge", "counts", "denormal", "two"])
  func levelsCountEdges(_ kind: String) {
    var numbers = Numbers(state: 7)
    func value(_ u: Double) -> Double {
      switch kind {
      case "wide": return 1e-9 / (1.000001 - u) / (1.000001 - u)
      case "shared": return u < 0.4 ? 1 : u
      case "tiny": return 5 + u * 1e-13
      case "huge": return (u - 0.5) * 1.7e308
      case "counts": return (u * 300).rounded(.down)
      case "denormal": return u * 0x1p-1060
      case "two": return u < 0.5 ? -0.0 : 3
      default: return u
      }
    }
    let edges = LevelEdges(sample: (0..<16_384).map { _ in value(numbers.next()) })
    var values = (0..<4_096).map { _ in value(numbers.next()) }
    values += edges.edges + edges.edges.map(\.nextUp) + edges.edges.map(\.nextDown)
    values += [-.greatestFiniteMagnitude, .greatestFiniteMagnitude, -0.0, 0, .nan, .infinity, -.infinity]
    let expected = values.map { value in
      value.isFinite ? UInt8(edges.edges.count { $0 <= value }) : LevelEdges.unknown
    }
    #expect(edges.levels(values) == expected)
  }

  /// A regression from shared sums has the same bits as one from the draws, on one thread or three.
  @Test(arguments: [7, 24, 25, 40])
  func regressionsFromSharedSums(columns: Int) throws {
    var numbers = Numbers(state: UInt64(columns))
    let draws = 2_500
    let scores = (0..<columns + 5).map { _ in (0..<256).map { _ in 4 * numbers.next() - 2 } }
    let levels = scores.map { _ in (0..<draws).map { _ in UInt8(numbers.next() * 256) } }
    let wanted = (0..<draws).map { _ in numbers.next() }
    let chosen = Array(5..<columns + 5)
    let alone = ScorePrediction(scores: chosen.map { scores[$0] }, levels: chosen.map { levels[$0] }, wanted: wanted)
    let tested = Array(levels.map { Array($0[..<100]) })
    for workers in [1, 3] {
      let moments = ScoreMoments(scores: scores, levels: levels, wanted: wanted)
      #expect(moments.regression(chosen, squares: false) == nil)
      // Sums of other sets are there already.
      moments.prepare([(Array(0..<9), true)], workers: workers)
      moments.prepare([(chosen, ScorePrediction.hasSquares(columns))], workers: workers)
      let shared = try #require(ScorePrediction(scores: chosen.map { scores[$0] }, chosen, moments))
      #expect(shared.predictions { tested[chosen[$0]] } == alone.predictions { tested[chosen[$0]] })
    }
  }
}
