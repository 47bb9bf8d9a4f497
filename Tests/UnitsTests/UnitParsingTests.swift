import Testing
import Units

@Suite("Units are read as people write them")
struct UnitParsingTests {
  let units: UnitTable

  init() throws {
    var units = UnitTable.standard
    for name in ["gpu", "token", "model", "parameter", "query"] { try units.declare(name) }
    self.units = units
  }

  @Test(
    "Spellings of one unit mean the same",
    arguments: [
      ("m^2", "m2"), ("m^-2", "1/m2"), ("m^(2)", "m2"), ("m^(-2/1)", "1/m2"), ("km2", "km^2"), ("W*h", "Wh"),
      ("gpu/(year*model)", "gpu/year/model"), ("W/gpu*h", "Wh/gpu"), ("(W/gpu)", "W/gpu"), ("((W))", "W"),
      ("m^(1/2)*m^(1/2)", "m"), ("(J*s)^2/s^2", "J^2"), ("%", "percent"), ("1/1", "1"), ("W*1", "W"),
      ("1/year*h", "h/year"), ("hour", "h"), ("minute", "min"), ("second", "s"), ("W/W", "1"), ("m^0", "1"),
      ("kgCO2e/kWh", "gCO2e/Wh"), ("MtCO2e", "TgCO2e"), ("BUSD", "kUSD*kUSD*kUSD/USD/USD"), ("Gg", "kt"),
      ("FLOP/parameter/token", "FLOP/(parameter*token)"), ("L", "m3/1/m*mm"), ("m^0002", "m2"),
    ])
  func equalities(one: String, other: String) throws {
    let (a, b) = (try units.parse(one), try units.parse(other))
    #expect(a.dimension == b.dimension)
    #expect(a.factor(to: b) == 1)
    #expect(a.scale == b.scale)
  }

  @Test("A part of a longer text is read where it stands")
  func substrings() throws {
    let formula = "450 W/gpu * x"
    let unit = try units.parse(UnitTable.scan(formula.dropFirst(4)))
    #expect(unit.text == "W/gpu")
    #expect(unit.dimension == (try Dimension.power / Dimension(.counted("gpu"))))
  }

  @Test("Declared units are dimensions of their own, and a copy of a table stays as it was")
  func declaredUnits() throws {
    var more = units
    try more.declare("home")
    #expect(try more.parse("home").dimension == Dimension(.counted("home")))
    #expect(try more.parse("home").scale == 1)
    #expect(throws: UnitError.self) { try units.parse("home") }
  }
}
