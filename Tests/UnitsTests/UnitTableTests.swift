import Testing
import Units

@Suite("Counted things are declared as units")
struct UnitTableTests {
  @Test(
    "Names are a letter, then letters, digits and `_`", arguments: ["gpu", "a100", "H100_sxm", "größe", "kgpu", "x"])
  func validNames(name: String) throws {
    var units = UnitTable.standard
    try units.declare(name)
    #expect(units.declared == [name])
    #expect(units.names.first == name)
    #expect(units.contains(name))
    #expect(!UnitTable.standard.contains(name))
    #expect(try units.parse("W/\(name)").dimension == Dimension.power / Dimension(.counted(name)))
  }

  @Test(
    "Other names are refused",
    arguments: ["", "1gpu", "_gpu", "gpu-h", "g pu", "gpu ", "W/gpu", "%", "1", "gpu²", "👩", "a\u{0}", "x٣"])
  func invalidNames(name: String) {
    var units = UnitTable.standard
    #expect(throws: UnitDeclarationError.invalidName(name)) { try units.declare(name) }
    #expect(units == .standard)
  }

  @Test("A name is bounded")
  func longNames() throws {
    var units = UnitTable.standard
    try units.declare(String(repeating: "x", count: 64))
    let cut = String(repeating: "x", count: 64)
    #expect(throws: UnitDeclarationError.tooLong(cut, limit: 64)) {
      try units.declare(String(repeating: "x", count: 65))
    }
    #expect(throws: UnitDeclarationError.self) { try units.declare("x" + String(repeating: "\u{301}", count: 1000)) }
  }

  @Test("No spelling of a known unit can be declared, with or without prefix")
  func knownNames() throws {
    var units = UnitTable.standard
    for name in UnitTable.standard.names where name != "%" {
      #expect(units.contains(name))
      let error = #expect(throws: UnitDeclarationError.self) { try units.declare(name) }
      guard case .known(name, _)? = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
    }
    #expect(throws: UnitDeclarationError.known("kWh", summary: "watt hour, energy: 3600 J")) {
      try units.declare("kWh")
    }
    #expect(units == .standard)
  }

  @Test("No word of the grammar can be declared", arguments: UnitTable.reservedWords.sorted())
  func reservedWords(word: String) {
    var units = UnitTable.standard
    #expect(throws: UnitDeclarationError.reservedWord(word)) { try units.declare(word) }
  }

  @Test("Declaring a name again changes nothing")
  func twice() throws {
    var units = UnitTable.standard
    for name in ["gpu", "token", "gpu"] { try units.declare(name) }
    #expect(units.declared == ["gpu", "token"])
  }

  @Test("The reasons are sentences")
  func sentences() {
    #expect(
      UnitDeclarationError.known("kWh", summary: "watt hour").description
        == "`kWh` is already a unit (watt hour) and needs no declaration")
    #expect(
      UnitDeclarationError.reservedWord("to").description
        == "`to` cannot be a unit: it is a reserved word of the formula language")
  }
}
