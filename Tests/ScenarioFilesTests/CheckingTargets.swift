import Modeling
import ScenarioFiles
import Testing

/// Formulas that a flag requests in addition to the equations.
@Suite("Targets")
struct CheckingTargets {
  private static let scenario = """
    indexes: {year: 2024..2026}
    inputs:
      load: {over: year, value: 1 GW to 3 GW, dependence: independent}
      pue: 1.1 to 1.5
    equations:
      electricity: load * pue
      unused: pue ^ 2
    outputs:
      electricity: {unit: TWh/year, compare: [bitcoin]}
    references:
      bitcoin: 80 TWh/year to 140 TWh/year

    """

  private func model(_ targets: String...) throws -> Model {
    try Checking.model(Self.scenario, options: Scenario.Options(targets: targets))
  }

  private func screen(_ targets: String...) throws -> String {
    try Checking.screen(Self.scenario, options: Scenario.Options(targets: targets))
  }

  @Test("are quantities behind all others, called like their text, in the unit of what they speak of")
  func quantities() throws {
    let texts = [
      "electricity[year=2025]", "electricity[year=2026] / bitcoin", "electricity[year=2025] > bitcoin", "electricity",
      "electricity[year=2026] - electricity[year=2025]", "load[year=2024] * 1 year",
    ]
    let model = try Checking.model(Self.scenario, options: Scenario.Options(targets: texts))
    #expect(model.targets.map(\.text) == texts)
    #expect(model.targets.map { model[$0.quantity].unit.text } == ["TWh/year", "1", "1", "TWh/year", "TWh/year", "J"])
    #expect(model.targets.map { model[$0.quantity].cells.count } == [1, 1, 1, 3, 1, 1])
    #expect(model.targets.map(\.quantity.position) == Array(5..<11))
    #expect(model.quantity(named: "electricity") == QuantityID(2))
  }

  @Test("change no draw and no other quantity")
  func changeNothing() throws {
    let (bare, with) = (try model(), try model("electricity[year=2025]"))
    #expect(with.coordinates.map(\.address) == bare.coordinates.map(\.address))
    #expect(with.quantities.prefix(bare.quantities.count).map(\.name) == bare.quantities.map(\.name))
    #expect(with.digest == bare.digest)
  }

  @Test("need what they name")
  func areUsed() throws {
    #expect(try model("load[year=2024]").warnings.map(\.message) == ["no output needs the equation `unused`"])
    #expect(try model("unused").warnings.isEmpty)
  }

  @Test("An empty text is not a formula")
  func noFormula() throws {
    #expect(try screen("").contains("a formula or value is missing"))
  }
}
