import Testing
import Units

@Suite("Dimensions multiply like the quantities they measure")
struct DimensionTests {
  let gpu = Dimension(.counted("gpu"))

  @Test("Energy is power times time, and no base dimension is another")
  func products() throws {
    #expect(try Dimension.power * .time == .energy)
    #expect(try Dimension.energy / .time == .power)
    #expect(Dimension.energy.exponent(of: .length) == 2)
    #expect(try (gpu / gpu).isDimensionless)
    #expect(gpu != Dimension(.counted("model")))
    #expect(Dimension(.mass) != Dimension(.co2e))
    #expect(gpu.exponent(of: .time) == 0)
  }

  @Test("A square root halves every exponent, and a square brings it back")
  func powers() throws {
    let half = try #require(Rational(1, 2))
    let root = try Dimension.energy.raised(to: half)
    #expect(root.exponent(of: .mass) == half)
    #expect(root.exponent(of: .time) == -1)
    #expect(try root.raised(to: 2) == .energy)
    #expect(try gpu.raised(to: 0) == .dimensionless)
    #expect(try gpu.raised(to: -1) == gpu.inverse)
  }

  @Test("Products commute and associate, and quotients undo them")
  func groupDistributions() throws {
    var random = SplitMix(seed: 11)
    for _ in 0..<500 {
      let (a, b, c) = (random.dimension(), random.dimension(), random.dimension())
      #expect(try a * b == b * a)
      #expect(try (a * b) * c == a * (b * c))
      #expect(try (a * b) / b == a)
      #expect(try a / b == (b / a).inverse)
      #expect(try a * .dimensionless == a)
    }
  }

  @Test("An exponent that cannot be held is an error")
  func overflow() throws {
    let large = try gpu.raised(to: #require(Rational(Int(Int32.max))))
    #expect(throws: ExponentOverflow.self) { try large * gpu }
    #expect(throws: ExponentOverflow.self) { try large.raised(to: 2) }
    #expect(throws: ExponentOverflow.self) { try large.inverse / gpu }
    #expect(try large / large == .dimensionless)
  }
}
