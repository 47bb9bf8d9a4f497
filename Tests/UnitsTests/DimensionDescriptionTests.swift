import Testing
import Units

@Suite("Dimensions are described in units that people know")
struct DimensionDescriptionTests {
  let units: UnitTable

  init() throws {
    var units = UnitTable.standard
    for name in ["gpu", "token", "model", "parameter", "car"] { try units.declare(name) }
    self.units = units
  }

  @Test(
    "The description is the short coherent unit",
    arguments: [
      ("TWh/year", "W"), ("kWh", "J"), ("W/gpu", "W/gpu"), ("gCO2e/kWh", "kgCO2e/J"), ("gpu/year", "gpu/s"),
      ("percent", "1"), ("1/year", "1/s"), ("FLOP/parameter/token", "FLOP/parameter/token"),
      ("FLOP/s/gpu", "FLOP/gpu/s"),
      ("kg", "kg"), ("g/kWh", "kg/J"), ("m3", "m^3"), ("km/h", "m/s"), ("m2/s^2", "J/kg"), ("m^(1/2)*kg", "kg*m^(1/2)"),
      ("USD/kWh", "USD/J"), ("GW/USD", "W/USD"),
      ("kW/m2", "W/m^2"), ("W/h", "W/s"), ("J*s", "J*s"), ("1/kWh", "1/J"), ("FLOP/J", "FLOP/J"),
      ("tCO2e/year/car", "kgCO2e/car/s"), ("W^(1/2)", "W^(1/2)"), ("1/m^(1/2)", "1/m^(1/2)"), ("kWh^2", "J^2"),
      ("W/kg", "W/kg"), ("t/m3", "kg/m^3"), ("W*FLOP*gpu", "W*FLOP*gpu"), ("tCO2e*W", "kgCO2e*W"),
    ])
  func examples(unit: String, description: String) throws {
    #expect(try units.describe(units.parse(unit).dimension) == description)
  }

  @Test("Every description parses back to the same dimension with scale 1")
  func roundTrip() throws {
    var random = SplitMix(seed: 5)
    for _ in 0..<3000 {
      let dimension = random.dimension()
      let text = units.describe(dimension)
      let unit = try units.parse(text)
      #expect(unit.dimension == dimension, "\(text)")
      #expect(unit.scale == 1, "\(text)")
      #expect(unit == Unit(coherent: dimension))
      #expect(text == dimension.description)
    }
  }

  @Test("Exponents near the largest parse back too")
  func largeExponents() throws {
    let largest = Int(Int32.max)
    let exponents = [largest, -largest, largest - 1, largest / 2, -largest / 3].compactMap { Rational($0) }
    for mass in exponents {
      for length in exponents + [0] {
        for time in exponents + [0] {
          let dimension =
            try Dimension(.mass).raised(to: mass) * Dimension(.length).raised(to: length)
            * Dimension(.time).raised(to: time)
          #expect(try units.parse(dimension.description).dimension == dimension)
        }
      }
    }
  }
}
