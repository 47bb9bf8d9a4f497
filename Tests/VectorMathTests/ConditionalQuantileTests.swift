import Foundation
import Testing
import VectorMath

@Suite("Conditional quantiles of copulas", .serialized)
struct ConditionalQuantileTests {
  @Test("are mpmath's, and their complements too", arguments: ConditionalQuantile.Copula.allCases)
  func reference(_ copula: ConditionalQuantile.Copula) throws {
    let lines = try referenceLines("copulas.txt", "\(copula)")
    #expect(lines.count >= 200)
    for line in lines {
      let numbers = line.compactMap(Double.init)
      let (theta, u, w, v, rest) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
      let held = min(max(v, 0x1p-53), 1 - 0x1p-53), heldRest = min(max(rest, 0x1p-53), 1 - 0x1p-53)
      let plain = ConditionalQuantile(copula, theta: theta).value(given: u, at: w)
      #expect(abs(plain - held) <= 1e-12 * held, "\(copula) \(theta) at \(u), \(w): \(plain), not \(held)")
      // 1 - V at 1 - w is the reflection of V at w. Frank's is that at 1 - u, which u as given may not have exactly.
      let turned = ConditionalQuantile(copula, theta: theta, reflectsOwn: true)
      guard 1 - (1 - w) == w, copula != .frank || 1 - (1 - u) == u else { continue }
      let reflected = turned.value(given: u, at: 1 - w)
      #expect(
        abs(reflected - heldRest) <= 1e-12 * heldRest + 0x1p-53,
        "\(copula) \(theta) at \(u), \(w): \(reflected), not \(heldRest)")
    }
  }

  @Test(
    "rise with their own probability, whichever way the copula is turned",
    arguments: ConditionalQuantile.Copula.allCases)
  func monotone(_ copula: ConditionalQuantile.Copula) {
    for theta in [1.5, 9, 40] {
      for (first, second) in [(false, false), (true, false), (false, true), (true, true)] {
        let quantile = ConditionalQuantile(copula, theta: theta, reflectsGiven: first, reflectsOwn: second)
        for u in [0x1p-53, 1e-6, 0.3, 0.97, 1 - 0x1p-53] {
          let values = (0...200).map { quantile.value(given: u, at: (Double($0) + 0.5) / 201) }
          #expect(
            zip(values, values.dropFirst()).allSatisfy { $0 <= $1 } && values[0] > 0 && values[200] < 1, "\(quantile)")
          // The other corner of the square goes with the given end.
          let isOpposite = first != second
          if u == 0.97 { #expect(isOpposite ? values[100] < 0.5 : values[100] > 0.5, "\(quantile)") }
        }
      }
    }
  }

  @Test("depend on their own draw alone", arguments: ConditionalQuantile.Copula.allCases)
  func paths(_ copula: ConditionalQuantile.Copula) {
    PathTests.check("\(copula)") { a, b, _, out, count in
      Columns.conditionalQuantile(
        ConditionalQuantile(copula, theta: 3.5, reflectsGiven: true), given: a, at: b, into: out, count: count)
    }
  }
}
