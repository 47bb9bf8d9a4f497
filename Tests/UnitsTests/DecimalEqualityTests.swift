import Testing
import Units

@Suite("Quantities that are equal as decimals are equal in any prefix, and come back as written")
struct DecimalEqualityTests {
  let units = UnitTable.standard

  /// n * 10^power as it is written, without an exponent where that is short.
  private func decimal(_ digits: Int, _ power: Int) throws -> DecimalNumber {
    try #require(DecimalNumber("\(digits)e\(power)"))
  }

  @Test(
    "0.001 to 0.999 of each prefix, written in every other one",
    arguments: [
      "W", "J", "Wh", "g", "gCO2e", "t", "tCO2e", "FLOP", "USD", "m", "L", "s", "Wh/year", "W/m2", "gCO2e/Wh",
    ])
  func prefixes(name: String) throws {
    let (base, rest) = (name.prefix { $0 != "/" }, name.drop { $0 != "/" })
    let known = try #require(UnitTable.knownUnits.first { $0.name == base })
    let powers: [String: Int] = [
      "": 0, "n": -9, "u": -6, "m": -3, "c": -2, "k": 3, "M": 6, "G": 9, "B": 9, "T": 12, "P": 15, "E": 18, "Z": 21,
      "Y": 24,
    ]
    let spellings = try ([""] + known.prefixes).map { prefix in
      (unit: try units.parse(prefix + base + rest), power: try #require(powers[prefix]))
    }
    for one in spellings {
      for digits in 1...999 {
        let value = one.unit.baseValue(of: try decimal(digits, -3))
        #expect(value / one.unit == Double("\(digits)e-3"))
        for other in spellings {
          let power = one.power - other.power - 3
          #expect(
            other.unit.baseValue(of: try decimal(digits, power)) == value, "\(digits)e-3 \(one.unit) in \(other.unit)")
          // Numbers of less than 1e-8 are written with powers of ten, and come back within an ulp.
          guard power > -22 else { continue }
          #expect(value / other.unit == Double("\(digits)e\(power)"), "\(digits)e-3 \(one.unit) as \(other.unit)")
        }
      }
    }
  }

  @Test("Rates by the hour, day, week and year are equal where their fractions are")
  func rates() throws {
    let periods = [("h", 1), ("day", 24), ("week", 168), ("year", 8760)]
    for energy in ["Wh", "kWh", "GWh", "TWh", "J", "MJ", "g", "t", "kgCO2e", "FLOP", "USD"] {
      for digits in 1...999 {
        var values: Set<Double> = []
        for (name, hours) in periods {
          let unit = try units.parse("\(energy)/\(name)")
          let value = unit.baseValue(of: try decimal(digits * hours, -3))
          values.insert(value)
          #expect(value / unit == Double("\(digits * hours)e-3"), "\(digits * hours)e-3 \(unit)")
        }
        #expect(values.count == 1, "\(digits)e-3 \(energy)")
      }
    }
  }

  @Test("Numbers of up to 15 digits come back from every unit as they were written")
  func roundTrips() throws {
    var random = SplitMix(seed: 11)
    let names = units.names + ["TWh/year", "kgCO2e/kWh", "USD/MWh", "L/day", "1/year", "W/m2", "FLOP/W/h", "m^3/week"]
    for _ in 0..<20_000 {
      let unit = try units.parse(random.element(names))
      let digits = (0..<(1 + random.below(15))).reduce(0) { value, _ in value * 10 + random.below(10) }
      let power = random.below(20) - 16
      let written = try #require(Double("\(digits)e\(power)"))
      guard written == 0 || written > 1e-8, written < 1e30 else { continue }
      let value = unit.baseValue(of: try decimal(digits, power))
      #expect(value / unit == written, "\(digits)e\(power) \(unit)")
      #expect(-value / unit == -written)
    }
  }

  /// Exact products rounded once, from Python's fractions: `float(Fraction(text) * Fraction(scale))`.
  @Test(
    "A base value is the nearest number to the exact product",
    arguments: [
      ("1.1", "kWh", 3960000.0), ("10", "TWh/year", 1141552511.4155252), ("0.7", "GWh/day", 29166666.666666668),
      ("123456789.123456789", "kWh", 444444440844444.44), ("3", "nWh", 1.08e-05), ("1e-300", "EJ", 1e-282),
      ("0.1", "percent", 0.001), ("33.3", "percent", 0.333), ("4.35", "g", 0.00435), ("2.675", "h", 9630.0),
      ("9007199254740993", "L", 9007199254740.992), ("1e300", "EJ", Double.infinity), ("1e-320", "mJ", 1e-323),
    ])
  func nearest(text: String, unit: String, value: Double) throws {
    #expect(try units.parse(unit).baseValue(of: #require(DecimalNumber(text))) == value)
  }

  @Test("A decimal number reads back as the nearest floating-point number, like the standard library's")
  func values() throws {
    var random = SplitMix(seed: 12)
    for _ in 0..<5_000 {
      let digits = (0..<(1 + random.below(40))).map { _ in "\(random.below(10))" }.joined()
      let text = "\(digits.prefix(1)).\(digits.dropFirst())e\(random.below(660) - 340)"
        .replacing(".e", with: "e")
      #expect(DecimalNumber(text)?.value == Double(text), "\(text)")
    }
    for text in [
      "0", "0.000", "5e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623157e308",
      "1.797693134862315807e308", "1e309", "1e999999999", "0e999999999", "1e-999999999", "9007199254740993", ".5",
    ] {
      #expect(DecimalNumber(text)?.value == Double(text.hasPrefix(".") ? "0" + text : text), "\(text)")
    }
    for text in ["", ".", "e5", "1e", "1e+", "-1", "1.2.3", "0x1p3", "inf", "nan", "1 "] {
      #expect(DecimalNumber(text) == nil, "\(text)")
    }
  }

  @Test("Products and texts of decimal numbers are exact")
  func arithmetic() throws {
    func product(_ a: String, _ b: String) throws -> String {
      "\(try #require(DecimalNumber(a)) * #require(DecimalNumber(b)))"
    }
    #expect(try product("5", "1.05505585262") == "5.2752792631")
    #expect(try product("0.1", "0.1") == "0.01")
    #expect(try product("999", "999") == "998001")
    #expect(try product("0", "12") == "0")
    #expect(try product("25", "4e30") == "1e32")
    #expect(try product("1", "1.602176634e-19") == "1.602176634e-19")
    #expect(try product("12.5", "80") == "1000")
    #expect(DecimalNumber(0.1).description == "0.1")
    #expect(DecimalNumber(1e22).description == "1e22")
    #expect(DecimalNumber(123456.789).description == "123456.789")
  }
}
