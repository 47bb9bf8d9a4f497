import Testing
import Units

@Suite("Units convert exactly")
struct ConversionTests {
  let units = UnitTable.standard

  @Test("1 TWh / 1 GWh is exactly 1000")
  func prefixesConvertExactly() throws {
    #expect(try units.parse("TWh").scale / units.parse("GWh").scale == 1000)
    #expect(try units.parse("TWh").factor(to: units.parse("GWh")) == 1000)
  }
}
