import Testing
import Units

@Suite("Units are worth what the SI says, and convert with one rounding")
struct ConversionTests {
  let units = UnitTable.standard

  @Test("Every known unit has the value and dimension of the reference table")
  func knownUnits() throws {
    for (name, scale, exponents) in knownUnitValues {
      let unit = try units.parse(name)
      #expect(unit.scale == scale, "\(name)")
      let found = unit.dimension.exponents.map { ($0.base.symbol, $0.exponent.numerator) }
      #expect(Dictionary(uniqueKeysWithValues: found) == exponents, "\(name)")
      #expect(unit.text == name)
    }
  }

  @Test("The reference table and the known units have the same spellings, each once")
  func tablesAgree() {
    #expect(units.names.sorted() == knownUnitValues.map(\.name).sorted())
    #expect(Set(units.names).count == units.names.count)
    let listed = UnitTable.knownUnits.flatMap { unit in
      [unit.name] + unit.synonyms + unit.prefixes.map { $0 + unit.name }
    }
    #expect(listed == units.names)
  }

  @Test("Help and schemas read the value of a known unit from the table")
  func knownUnitEntries() throws {
    for unit in UnitTable.knownUnits {
      let parsed = try units.parse(unit.name)
      #expect(unit.scale == parsed.scale)
      #expect(unit.dimension == parsed.dimension)
      #expect(!unit.summary.isEmpty)
    }
  }

  @Test("A compound unit is the nearest number to the exact fraction", arguments: compoundUnitValues)
  func compoundUnits(text: String, scale: Double) throws {
    #expect(try units.parse(text).scale == scale)
  }

  @Test("A root is within four units in the last place", arguments: rootUnitValues)
  func roots(text: String, scale: Double) throws {
    #expect(abs(try units.parse(text).scale - scale) <= 4 * scale.ulp)
  }

  @Test("A conversion factor is the nearest number to the exact ratio", arguments: conversionFactors)
  func factors(from: String, to: String, factor: Double) throws {
    let (a, b) = (try units.parse(from), try units.parse(to))
    #expect(a.convertible(to: b))
    #expect(a.factor(to: b) == factor)
  }

  @Test("1 TWh / 1 GWh is exactly 1000 in base units too")
  func quotientOfScales() throws {
    #expect(try units.parse("TWh").scale / units.parse("GWh").scale == 1000)
  }

  @Test(
    "Units of different dimensions do not convert",
    arguments: [
      ("W", "kWh"), ("TWh", "TWh/year"), ("kg", "kgCO2e"), ("1", "W"), ("FLOP", "1"), ("s", "1/s"), ("m2", "L"),
    ])
  func inconvertible(from: String, to: String) throws {
    let (a, b) = (try units.parse(from), try units.parse(to))
    #expect(!a.convertible(to: b))
    #expect(a.factor(to: b) == nil)
  }

  @Test("Conversions stay finite at the ends of what a unit may be")
  func extremes() throws {
    let (large, small) = (try units.parse("km^50"), try units.parse("m^50/km^50*m^50"))
    #expect(large.scale == 1e150)
    #expect(small.scale == 1e-150)
    #expect(large.factor(to: small) == 1e300)
    #expect(small.factor(to: large) == 1e-300)
  }

  @Test("The inverse of a unit reads as one over it, and parses back")
  func inverses() throws {
    for (text, inverse) in [
      ("W", "1/W"), ("TWh/year", "1/(TWh/year)"), ("1", "1"), ("percent", "1/percent"), ("m^2", "1/(m^2)"),
      ("1/year", "1/(1/year)"), ("%", "1/(%)"),
    ] {
      let unit = try units.parse(text)
      #expect(unit.inverse.text == inverse)
      #expect(try units.parse(unit.inverse.text) == unit.inverse)
      #expect(unit.inverse.factor(to: unit.inverse) == 1)
    }
    #expect(Unit.one.scale == 1)
    #expect(Unit.one.dimension.isDimensionless)
    #expect(try units.parse("1") == Unit.one)
  }
}
