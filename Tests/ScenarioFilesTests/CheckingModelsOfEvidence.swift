import ScenarioFiles
import Testing

@Suite("The model of evidence")
struct CheckingModelsOfEvidence {
  @Test("What is right becomes part of the model, and draws stay as they were")
  func model() throws {
    let base = """
      indexes: {year: 2023..2025, route: [fleet, models]}
      inputs:
        a: {over: [year, route], value: 1 TWh/year to 3 TWh/year, dependence: {year: shared, route: independent}}
        trust: {over: route, value: {fleet: 0.7, models: 0.3}}
      outputs: {a: {unit: TWh/year}}

      """
    let evidence = """
      evidence:
        - {observe: "a[year=2023, route=fleet]", measured: 2 to 4, unit: TWh/year, source: a survey}
        - {estimate: all, routes: a, over: route, weights: trust, unit: GW}
        - {estimate: part, routes: {x: "a[route=fleet]", y: 2 TWh/year}, weights: {x: 80%, y: 20%}, pool: linear, unit: GW}

      """
    let model = try Checking.model(base + evidence)
    let plain = try Checking.model(base + "")
    #expect(model.coordinates.map(\.address) == plain.coordinates.map(\.address))
    #expect(model.observations.map(\.text) == ["a[year=2023, route=fleet]"])
    #expect(model.observations[0].unit.text == "TWh/year")
    #expect(model.triangulations.map(\.name) == ["all", "part"])
    #expect(model.triangulations[0].routes.map(\.label) == ["fleet", "models"])
    #expect(model.triangulations[0].cells.count == 3)
    #expect(model.triangulations[1].pools == [.linear])
    guard case .number(let weight) = model.triangulations[1].routes[0].weight else {
      Issue.record("a constant weight is a number")
      return
    }
    #expect(weight == 0.8)
  }
}
