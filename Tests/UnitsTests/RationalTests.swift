import Testing
import Units

@Suite("Exponents are exact fractions")
struct RationalTests {
  @Test("Fractions are reduced, with a positive denominator")
  func reduction() throws {
    #expect(Rational(6, -4) == Rational(-3, 2))
    #expect(Rational(0, -7) == .zero)
    #expect(Rational(-4, -2) == 2)
    let half = try #require(Rational(2, 4))
    #expect((half.numerator, half.denominator) == (1, 2))
    #expect("\(half) \(-half) \(Rational(-14, 7) ?? 0)" == "1/2 -1/2 -2")
  }

  @Test("Arithmetic agrees with fractions over a common denominator")
  func arithmetic() throws {
    for a in -6...6 {
      for b in 1...6 {
        for c in -6...6 {
          for d in 1...6 {
            let (x, y) = (try #require(Rational(a, b)), try #require(Rational(c, d)))
            #expect(try x + y == Rational(a * d + c * b, b * d))
            #expect(try x - y == Rational(a * d - c * b, b * d))
            #expect(try x * y == Rational(a * c, b * d))
          }
        }
      }
    }
  }

  @Test("What cannot be held is nil or an error, never a trap")
  func overflow() throws {
    #expect(Rational(1, 0) == nil)
    #expect(Rational(.min, 1) == nil)
    #expect(Rational(1, .min) == nil)
    #expect(Rational(.max, 2) == nil)
    #expect(Rational(1 << 31) == nil)
    #expect(Rational(.max, .max) == 1)
    let largest = try #require(Rational(Int(Int32.max)))
    let finest = try #require(Rational(1, Int(Int32.max)))
    #expect(throws: ExponentOverflow.self) { try largest + 1 }
    #expect(throws: ExponentOverflow.self) { try -largest - 1 }
    #expect(throws: ExponentOverflow.self) { try largest * 2 }
    #expect(throws: ExponentOverflow.self) { try largest + finest }
    #expect(throws: ExponentOverflow.self) { try finest * finest }
    #expect(throws: ExponentOverflow.self) { try finest * #require(Rational(1, 2)) }
    #expect(try largest * finest == 1)
    #expect((-(-largest)) == largest)
  }

  @Test("A number that arithmetic made finds its fraction again")
  func fromNumbers() {
    #expect(Rational(1.0 / 3.0) == Rational(1, 3))
    #expect(Rational(-7.0 / 5.0) == Rational(-7, 5))
    #expect(Rational(0.35) == Rational(7, 20))
    #expect(Rational(1.0 / 997.0) == Rational(1, 997))
    #expect(Rational(-0.0) == .zero)
    #expect(Rational(0.1 + 0.2) == nil)
    #expect(Rational(3.141592653589793) == nil)
    #expect(Rational(1e300) == nil)
    #expect(Rational(0x1p31) == nil)
    #expect(Rational(Double.leastNonzeroMagnitude) == nil)
    #expect(Rational(Double.infinity) == nil)
    #expect(Rational(Double.nan) == nil)
  }
}
