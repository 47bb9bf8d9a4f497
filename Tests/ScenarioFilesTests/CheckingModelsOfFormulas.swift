import Modeling
import ScenarioFiles
import Testing
import Units

@Suite("The model of equations, outputs and settings")
struct CheckingModelsOfFormulas {
  @Test("Indexes and units of formulas follow from what they name")
  func inference() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2021, region: [us, eu]}
      units: [gpu]
      inputs:
        a: {over: year, value: 1 W/gpu to 2 W/gpu, dependence: shared}
        b: {over: region, value: 1 gpu to 2 gpu, dependence: shared}
      equations:
        each: a * b
        total: "sum(each, over=[year, region])"
        partly: "sum(each[year=2020..2021], over=year)"
        some: "max(each[region=us, eu], over=region)"
        root: sqrt(total) * total ^ 0.5
        mixed: if year > 2019 and region == us then total else 0
        cap: min(total, 5 W) + max(total, 0)
        portion: "share(each, over=region)"
        late: "each[year=2021, region=eu]"
      outputs: {root: {unit: W}, mixed: {unit: W}, cap: {unit: W}, portion: {}, late: {unit: W}, partly: {unit: W}, some: {unit: W}}
      """)
    func names(_ name: String) throws -> [String] { try model.formula(name).indexes.map { model[$0].name } }
    #expect(try names("each") == ["region", "year"])
    #expect(try names("total") == [])
    #expect(try names("partly") == ["region"])
    #expect(try names("some") == ["year"])
    #expect(try names("mixed") == ["region", "year"])
    #expect(try names("portion") == ["region", "year"])
    #expect(try names("late") == [])
    #expect(try model.formula("each").dimension == .power)
    #expect(try model.formula("root").dimension == .power)
    #expect(try model.formula("portion").dimension.isDimensionless)
    guard case .reduce(.sum, _, over: _, let labels) = try model.formula("partly").kind else {
      Issue.record("no sum")
      return
    }
    #expect(try labels == [model.index("year"): [1, 2]])
    #expect(try model[model.id("cap")].formula == "min(total, 5 W) + max(total, 0)")
  }

  @Test("A fleet that depends on its own past is one group along its index")
  func fleet() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2027, kind: [a100, h100]}
      units: [gpu]
      inputs:
        shipments: {over: [year, kind], value: 1 gpu/year to 2 gpu/year, dependence: independent}
        retirement: {value: "triangular(10%, 15%, 30%)", unit: 1/year}
      equations:
        year_end: previous(year_end * (1 - retirement * 1 year), initial=0 gpu) + shipments * 1 year
        fleet: (previous(year_end, initial=0 gpu) + year_end) / 2
      outputs: {fleet: {unit: gpu}}
      """)
    let end = try model.id("year_end")
    #expect(model[end].cells.count == 18)
    let group = try #require(model.order.first { $0.quantities.contains(end) })
    #expect(group.quantities == [end])
    #expect(try group.along == (model.index("year")))
    let fleet = try model.id("fleet")
    #expect(model.order.first { $0.quantities == [fleet] }?.along == nil)
  }

  @Test("Equations that need each other's past are computed together")
  func mutual() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2030, vintage: 2015..2030}
      inputs: {growth: 1.1 to 1.2}
      equations:
        price: previous(price, initial=1 USD, over=year) * (1 - 5% * demand / 1 GW)
        demand: previous(demand, initial=1 GW, over=year) * growth - previous(price, initial=1 USD, over=year) * 1 GW/USD
      outputs: {price: {unit: USD}, demand: {unit: GW}}
      """)
    let group = try #require(model.order.first { $0.quantities.count == 2 })
    #expect(try group.along == (model.index("year")))
    #expect(try model.formula("demand").dimension == .power)
    #expect(try model.formula("price").indexes == [model.index("year")])
  }

  @Test("Cohorts select by a difference of indexes where it exists, and `stock` does the same")
  func cohorts() throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2022, vintage: 2017..2022, age: 0..15}
      units: [gpu]
      inputs:
        shipments: {over: vintage, value: 1 gpu to 2 gpu, dependence: independent}
        yearly: {over: year, value: 1 gpu to 2 gpu, dependence: independent}
        survival: {over: age, value: {0: 1, 5: 0.9 to 0.98, 10: 0.2 to 0.5, 15: 0}, interpolate: linear, dependence: shared}
      equations:
        alive: if vintage <= year then survival[age=year - vintage] else 0
        fleet: "sum(shipments * alive, over=vintage)"
        other: "stock(yearly, survival=survival, at=middle)"
      outputs: {fleet: {unit: gpu}, other: {unit: gpu}}
      """)
    guard case .conditional(_, then: let then, otherwise: _) = try model.formula("alive").kind,
      case .select(_, let selectors) = then.kind,
      case .number(let terms, let constant)? = selectors[try model.index("age")]
    else {
      Issue.record("no selection")
      return
    }
    #expect(try terms == [model.index("year"): 1, model.index("vintage"): -1])
    #expect(constant == 0)
    #expect(try model.formula("fleet").indexes == [model.index("year")])
    guard case .stock(_, _, let along, let age, .middle) = try model.formula("other").kind else {
      Issue.record("no stock")
      return
    }
    #expect(try along == (model.index("year")))
    #expect(try age == (model.index("age")))
  }

  @Test("A stack makes an index of equations")
  func stack() throws {
    let model = try Checking.model(
      """
      indexes: {route: [fleet, models], year: 2019..2020}
      inputs: {a: {over: year, value: 1 W to 2 W, dependence: shared}, b: 2 W to 3 W}
      equations: {both: "stack(route, models=b, fleet=a)"}
      outputs: {both: {unit: W}}
      """)
    guard case .stack(_, let parts) = try model.formula("both").kind, case .quantity(let first) = parts[0].kind else {
      Issue.record("no stack")
      return
    }
    #expect(model[first].name == "a")
    #expect(try model[model.id("both")].cells.count == 4)
  }

  @Test("Comparisons know their reference's labels, their factor and the tags that one side leaves out")
  func comparisons() throws {
    let model = try Checking.model(
      """
      indexes: {edition: [old, new], year: 2019..2020}
      inputs: {load: {over: year, value: 1 W to 2 W, dependence: shared}, pue: 1.1 to 1.5}
      references:
        bitcoin: {over: [edition, year], value: 1 W to 2 W, dependence: shared, scope: {boundary: facility, basis: location}}
        hall: 3 W
      outputs:
        load: {unit: W, scope: {boundary: it, sector: ai}, compare: [hall, {reference: "bitcoin[edition=new]", convert: pue}]}
      """)
    let output = try #require(model.outputs.first)
    #expect(output.scope == ["boundary": "it", "sector": "ai"])
    #expect(output.comparisons.map(\.text) == ["hall", "bitcoin[edition=new]"])
    #expect(try output.comparisons[1].labels == [model.index("edition"): 1])
    #expect(try output.comparisons[1].convert == (model.id("pue")))
    #expect(output.comparisons[1].unstatedTags == ["basis", "sector"])
    // References come last and have no dimension of the design.
    #expect(model.quantities.map(\.name) == ["load", "pue", "bitcoin", "hall"])
    #expect(model.coordinates.map(\.usesDesign) == [true, true, false])
  }

  @Test("Settings come from the file, then from flags, and say where they come from")
  func settings() throws {
    let model = try Checking.model(
      "inputs: {x: 1 to 2}\noutputs: {x: {}}\nrun: {draws: 64k, seed: 7, design: mc}\n",
      options: .init(draws: 100, design: "mc"))
    #expect(model.settings.draws == 100 && model.settings.seed == 7 && model.settings.design == "mc")
    if case .flag("--draws 100")? = model.settings.origins["draws"] {} else { Issue.record("draws by flag") }
    if case .file? = model.settings.origins["seed"] {} else { Issue.record("seed by file") }
  }
}

@Suite("Values set by flags")
struct CheckingFlags {
  private let scenario = """
    indexes: {year: 2019..2022, region: [us, eu]}
    inputs:
      pue: triangular(1.07, 1.2, 1.6)
      load: {over: year, value: {2019: 1 W to 2 W, 2022: 2 W to 4 W}, interpolate: linear, dependence: independent}
      share_us: {over: region, value: 0.2}
      last: 1 to 2
    correlations: [[pue, last, 0.3]]
    equations: {x: "load * pue * last * sum(share_us, over=region)"}
    outputs: {x: {unit: W}}
    """

  private func model(_ assignments: String...) throws -> Model {
    try Checking.model(scenario, options: .init(assignments: assignments))
  }

  @Test("A fixed input keeps its coordinate and its correlations")
  func fixed() throws {
    let (before, after) = (try model(), try model("pue=1.2"))
    #expect(before.coordinates.map(\.address) == after.coordinates.map(\.address))
    #expect(after.components.count == 1 && after.components[0].factor == before.components[0].factor)
    #expect(try after.constant("pue") == 1.2)
    #expect(try after.input("pue").supportPoints[0].coordinate == before.input("pue").supportPoints[0].coordinate)
    if case .flag = after[try after.id("pue")].origin {} else { Issue.record("the origin is the flag") }
  }

  @Test("One argument of a distribution is replaced, by its name")
  func argument() throws {
    let model = try model("pue.mode=1.3", "load.high=5 W", "last.low=0.5")
    #expect(try model.input("pue").supportPoints[0].text == "triangular(1.07, 1.3, 1.6)")
    #expect(try abs(model.distribution("load").quantile(0.95) - 5) < 1e-9)
    #expect(try model.input("load").supportPoints.map(\.text) == ["1 W to 5 W", "2 W to 5 W"])
    #expect(try abs(model.distribution("last").quantile(0.05) - 0.5) < 1e-12)
  }

  @Test("A factor multiplies every cell, and a bare value is for all cells")
  func factor() throws {
    let model = try model("load*=0.5", "share_us=0.4")
    for rule in try model.input("load").cells {
      guard case .scaled(_, by: 0.5) = rule else {
        Issue.record("\(rule)")
        return
      }
    }
    #expect(try model.constant("share_us") == 0.4)
  }

  @Test("One cell is replaced after interpolation; a constant that gets a distribution has the last coordinate")
  func cell() throws {
    let model = try model("load[2020]=3 W", "share_us[eu]=0.3", "share_us[us]=0.5")
    guard case .supportPoint(let supportPoint) = try model.input("load").cells[1],
      case .constant(3) = try model.input("load").supportPoints[supportPoint].value
    else {
      Issue.record("not replaced")
      return
    }
    let before = try self.model()
    #expect(model.coordinates.count == before.coordinates.count)
    let uncertain = try Checking.model(
      "inputs: {a: 3, b: 1 to 2}\nequations: {x: a + b}\noutputs: {x: {}}\n", options: .init(assignments: ["a=1 to 2"]))
    #expect(uncertain.coordinates.map(\.address.description) == ["b", "a"])
  }

  @Test("Equations may be called like the moments of `stock`", arguments: ["end", "middle"])
  func equationsCalledLikeMoments(name: String) throws {
    let model = try Checking.model(
      """
      indexes: {year: 2019..2021, age: 0..2}
      inputs:
        sold: {over: year, value: 1 to 2, dependence: shared}
        survival: {over: age, value: {0: 1, 1: 0.5, 2: 0.2}}
      equations:
        \(name): stock(sold, survival=survival, at=\(name))
      outputs: {\(name): {}}

      """)
    #expect(model.outputs.count == 1)
  }
}
