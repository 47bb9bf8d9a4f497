import Foundation
import Testing

@testable import Evidence

@Suite("The baseline forecast of a case, fitted to all others")
struct BaselineForecastTests {
  /// Scores of each value by a forecast fitted to the others, one after the other.
  private func direct(_ values: [Double]) -> [Double] {
    values.indices.map { k in
      BaselineForecast(values.indices.filter { $0 != k }.map { values[$0] })?.logCrps(of: values[k]) ?? .nan
    }
  }

  private func scores(_ values: [Double]) -> [Double] {
    zip(values, BaselineForecast.leavingOneOut(of: values)).map { $1?.logCrps(of: $0) ?? .nan }
  }

  @Test(
    "From the sums of all cases, it is that of the other cases",
    arguments: [
      [1, 2, 4, 8, 16, 3], [1, 2, 4], [5, 7], [1e-300, 1e300, 1, 2, 3], [1, 1.0000001, 1.0000002, 1.0000003, 1e9],
      [3, 3, 3, 3, 8], [2, 3, -1, 4, 5], [2, 3, -1, 4, 0], [2, 3, .nan, 4, 5], [],
    ] as [[Double]])
  func equal(_ values: [Double]) {
    for (found, expected) in zip(scores(values), direct(values)) {
      // Differences of sums keep fourteen digits, a score's parts cancel to a tenth at most.
      #expect(found == expected || (found.isNaN && expected.isNaN) || abs(found - expected) < 1e-11 * abs(expected))
    }
  }

  @Test("Its time is linear in the number of cases: four times as many take less than eight times as long, not 16")
  func time() {
    func seconds(_ count: Int) -> Double {
      let values = (0..<count).map { 1 + Double($0 % 97) }
      return (0..<3).map { _ in
        let start = ContinuousClock.now
        _ = scores(values)
        return (ContinuousClock.now - start) / .seconds(1)
      }.min() ?? 0
    }
    let (few, many) = (seconds(1_000), seconds(4_000))
    #expect(many < 8 * few, "\(many) s for 4000 cases, \(few) s for 1000")
  }
}
