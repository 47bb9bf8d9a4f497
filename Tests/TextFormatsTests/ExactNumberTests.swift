import Testing
import TextFormats

@Suite("Numbers in full precision")
struct ExactNumberTests {
  @Test(
    "the shortest decimal, without a needless point",
    arguments: [
      (0, "0"), (-0.0, "-0"), (12, "12"), (-3, "-3"), (0.1, "0.1"), (1e-05, "1e-05"),
      (999_999_999_999_999, "999999999999999"),
      (1e15, "1000000000000000"), (1_234_567_890_123_456, "1234567890123456"), (1e300, "1e+300"), (.nan, "nan"),
      (.infinity, "inf"),
      (-.infinity, "-inf"), (5e-324, "5e-324"),
    ] as [(Double, String)])
  func text(_ value: Double, _ expected: String) {
    #expect(value.exactText == expected)
    #expect(value.isNaN || Double(expected) == value)
  }
}
