import Reporting
import Simulation
import Testing

@Suite("Numbers for people have the digits that mean something")
struct NumberTextTests {
  @Test(
    "a figure has three significant digits, fewer where its error is larger",
    arguments: [
      (83.2468, 0.001, "83.2"), (83.2468, 0.04, "83.2"), (83.2468, 0.2, "83"), (83.2468, 1.0, "83"),
      (83.2468, 1.1, "80"), (83.2468, 10.0, "80"), (83.2468, 11.0, "~80"), (83.2468, .infinity, "~80"),
      (0.285, 1e-9, "0.285"), (0.2855, 1e-9, "0.286"), (99.96, 1e-9, "100"), (9.996, 1e-9, "10.0"),
      (99.96, 0.5, "100"), (1234.5, 0.1, "1230"), (-1234.5, 90.0, "-1200"), (1_234_567, 1.0, "1230000"),
      (12_345_678, 1.0, "1.23e7"), (0.000123, 1e-9, "0.000123"), (0.0000123, 1e-9, "1.23e-5"), (9.999e6, 1, "1.00e7"),
      (2.5, 0.0, "2.5"), (2, 0.0, "2"), (1230.4, 0.0, "1230"), (0, 0.0, "0"), (0, 0.1, "~0"), (5, .nan, "5.00"),
      (0, .nan, "0"), (.nan, 0.1, "none"), (-.infinity, .nan, "-inf"), (.leastNonzeroMagnitude, 0.0, "5e-324"),
      (0.5, 0.6, "~0.5"),
    ] as [(Double, Double, String)])
  func estimate(_ value: Double, _ error: Double, _ text: String) {
    #expect(NumberText.estimate(Estimate(value, error: error)) == text)
  }

  @Test(
    "a probability is never a bare 0 % or 100 % where draws may merely have missed it",
    arguments: [
      (0.1234, 0.0003, 1_000_000, "12 %"), (0.1234, 0.02, 250, "10 %"), (0.00312, 0.00005, 1_000_000, "0.31 %"),
      (0, 0, 1_000_000, "below 0.001 %"), (0, 0, 1000, "below 1 %"), (1, 0, 1_000_000, "above 99.999 %"),
      (1, .nan, 100, "above 90 %"), (0, 0, 2, "unknown"), (1e-6, 1e-6, 1_000_000, "0.0001 %"),
      (0.99963, 2e-5, 1_000_000, "99.96 %"), (0.99963, 1e-5, 1_000_000, "99.963 %"),
      (0.99963, 2e-4, 10_000, "above 99.9 %"),
      (0.999999, 2e-6, 1_000_000, "above 99.999 %"),
      (0.5, 0.0005, 1_000_000, "50 %"), (0.3, 0.2, 5, "~30 %"), (.nan, .nan, 10, "unknown"),
      (0.995, 0.001, 5000, "99.5 %"),
    ] as [(Double, Double, Int, String)])
  func probability(_ value: Double, _ error: Double, _ draws: Int, _ text: String) {
    #expect(NumberText.probability(Estimate(value, error: error), draws: draws) == text)
  }

  @Test("counts take a suffix where it loses nothing")
  func counts() {
    #expect(
      [1, 999, 1000, 48213, 65_536, 2_500_000, 3_000_000, 10_000_000_000].map(NumberText.count) == [
        "1", "999", "1k", "48213", "65536", "2500k", "3M", "10B",
      ])
  }

  @Test("times read as people say them")
  func durations() {
    #expect(
      [0.0312, 0.83, 12.3, 99.6, 320, 7503, .infinity].map(NumberText.duration) == [
        "0.031 s", "0.83 s", "12 s", "100 s", "5 min 20 s", "2 h 5 min", "unknown",
      ])
  }
}
