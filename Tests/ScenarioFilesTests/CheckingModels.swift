import Distributions
import Modeling
import ScenarioFiles
import Testing
import Units

extension Model {
  /// The input of a name.
  func input(_ name: String) throws -> Input { try #require(self[try id(name)].input) }

  /// The quantity of a name.
  func id(_ name: String) throws -> QuantityID { try #require(quantity(named: name)) }

  /// The index of a name.
  func index(_ name: String) throws -> IndexID {
    IndexID(try #require(indexes.firstIndex { $0.name == name }))
  }

  /// The formula of an equation.
  func formula(_ name: String) throws -> Modeling.Expression {
    guard case .equation(let expression) = self[try id(name)].kind else { throw Missing.formula }
    return expression
  }

  /// The distribution at a site of an input.
  func distribution(_ name: String, supportPoint: Int = 0) throws -> any Distribution {
    guard case .distribution(.fixed(let distribution)) = try input(name).supportPoints[supportPoint].value else {
      throw Missing.distribution
    }
    return distribution
  }

  /// The constant at a site of an input.
  func constant(_ name: String, supportPoint: Int = 0) throws -> Double {
    guard case .constant(let number) = try input(name).supportPoints[supportPoint].value else { throw Missing.constant }
    return number
  }

  /// The descriptions of a quantity's coordinates.
  func addresses(_ name: String) throws -> [String] {
    let id = try id(name)
    return coordinates.filter { $0.quantity == id }.map(\.address.description)
  }

  enum Missing: Error { case formula, distribution, constant }
}

@Suite("The model of values and distributions")
struct CheckingModelsOfValues {
  @Test("Bare numbers are in `unit:`, inline units convert, and reports are in `unit:` or the first unit written")
  func units() throws {
    let model = try Checking.model(
      """
      inputs:
        a: {value: "normal(100, 10)", unit: W}
        b: {value: 0.25 kW to 300 W, unit: W}
        c: 0.3 kW to 0.7 kW
        d: 550 to 700 W
        e: {value: "triangular(10%, 15%, 30%)", unit: 1/year}
        f: {value: "beta(2, 5, low=100, high=700)", unit: W}
        g: 10% to 20%
        h: "exponential(rate=0.25 / 1 year)"
        i: {value: 15, unit: kW}
        j: 1.5B
      equations: {x: a + b + c + d + f + i, y: e * h * g * j}
      outputs: {x: {unit: W}, y: {}}
      """)
    #expect(try abs(model.distribution("a").mean - 100) < 1e-9)
    #expect(try abs(model.distribution("b").quantile(0.05) - 250) < 1e-9)
    #expect(try abs(model.distribution("b").quantile(0.95) - 300) < 1e-9)
    #expect(try model[model.id("b")].unit.text == "W")
    #expect(try model[model.id("c")].unit.text == "kW")
    #expect(try abs(model.distribution("d").quantile(0.05) - 550) < 1e-9)
    #expect(try abs(model.distribution("e").quantile(1) - 0.3 / 31_536_000) < 1e-15)
    #expect(try model.distribution("f").support == 100...700)
    #expect(try model[model.id("g")].unit.text == "%")
    #expect(try abs(model.distribution("h").mean - 4 * 31_536_000) < 1e-3)
    #expect(try model[model.id("h")].unit.text == "year")
    #expect(try model.constant("i") == 15_000)
    #expect(try model.constant("j") == 1.5e9)
    #expect(try model.input("e").supportPoints[0].text == "triangular(10%, 15%, 30%) 1/year")
  }

  @Test("What is written in percent is not in percent again when it is reported in percent")
  func percent() throws {
    let model = try Checking.model(
      """
      inputs:
        a: {value: 15%, unit: percent}
        b: {value: 15, unit: percent}
        c: {value: beta(25% to 62%), unit: percent}
        d: {value: "beta(2, 5, low=10, high=90)", unit: "%"}
        e: {value: 20 to 30, unit: percent}
        f: {value: "truncate(normal(50, 10), low=20%, high=80)", unit: percent}
      equations: {x: a + b + c + d + e + f}
      outputs: {x: {unit: percent}}
      """)
    #expect(try model.constant("a") == 0.15)
    #expect(try model.constant("b") == 0.15)
    #expect(try abs(model.distribution("c").quantile(0.95) - 0.62) < 1e-7)
    #expect(try model.distribution("d").support == 0.1...0.9)
    #expect(try abs(model.distribution("e").quantile(0.05) - 0.2) < 1e-12)
    #expect(try model.distribution("f").support == 0.2...0.8)
    #expect(model.outputs[0].unit.dimension.isDimensionless)
  }

  @Test("The mu and sigma of a lognormal distribution are of the value counted in `unit:`")
  func lognormal() throws {
    let model = try Checking.model(
      """
      inputs: {a: {value: "lognormal(3, 0.5)", unit: kW}, b: {value: "lognormal(median=3, gsd=2)", unit: kW}}
      equations: {x: a + b}
      outputs: {x: {unit: kW}}
      """)
    #expect(try abs(model.distribution("a").quantile(0.5) / 20_085.536923187668 - 1) < 1e-12)
    #expect(try abs(model.distribution("b").quantile(0.5) / 3_000 - 1) < 1e-12)
  }

  @Test("A value may be one distribution plus or times constants, in units that multiply")
  func affine() throws {
    let model = try Checking.model(
      """
      inputs: {a: "400 W * beta(4, 6)", b: "1 - uniform(0, 0.25)", c: "uniform(1 kW, 2 kW) * 2", d: "uniform(1 W, 2 W) / 4 + 1 W"}
      equations: {x: a + d}
      outputs: {x: {unit: W}, b: {}}
      """)
    #expect(try model.distribution("a").support == 0...400)
    #expect(try model.distribution("b").support == 0.75...1)
    #expect(try abs(model.distribution("c").support.upperBound - 4_000) < 1e-9)
    #expect(try model.distribution("d").support == 1.25...1.5)
  }

  @Test("The confidence level of an interval can be stated, and a distribution with two free arguments is fitted to it")
  func fits() throws {
    let model = try Checking.model(
      """
      inputs: {a: 1 to 3 within 50%, b: "beta(25% to 62%)", c: "normal(-1 to 1)", d: -5 to -2}
      equations: {x: a + b + c + d}
      outputs: {x: {}}
      """)
    #expect(try abs(model.distribution("a").quantile(0.25) - 1) < 1e-9)
    #expect(try abs(model.distribution("a").quantile(0.75) - 3) < 1e-9)
    #expect(try abs(model.distribution("b").quantile(0.05) - 0.25) < 1e-7)
    #expect(try model.distribution("b").support == 0...1)
    #expect(try model.distribution("d").support.upperBound == .infinity)
  }

  @Test("A distribution's arguments may be formulas of other inputs, over indexes that the input has")
  func hierarchy() throws {
    let model = try Checking.model(
      """
      indexes: {region: [us, eu]}
      inputs:
        mu: {over: region, value: {us: 1 W to 2 W, eu: 2 W to 3 W}, dependence: shared}
        x: {over: region, value: "normal(mu * 2, 10)", unit: W, dependence: shared}
      outputs: {x: {unit: W}}
      """)
    let input = try model.input("x")
    #expect(input.supportPoints.count == 2)
    #expect(Set(input.supportPoints.compactMap(\.coordinate)).count == 1)
    guard case .distribution(.family(let family, let way, let arguments)) = input.supportPoints[0].value else {
      Issue.record("no family")
      return
    }
    #expect(family.name == "normal" && way == 0 && arguments.count == 2)
    #expect(try arguments[0].indexes == [model.index("region")])
    if case .constant(let sd) = arguments[1].kind { #expect(sd == 10) } else { Issue.record("sd is constant") }
    // An input comes after what its arguments need.
    let order = model.order.flatMap(\.quantities).map { model[$0].name }
    #expect(order.firstIndex(of: "mu")! < order.firstIndex(of: "x")!)
  }

  @Test("Truncations, mixtures and outcomes are distributions of one coordinate")
  func structural() throws {
    let model = try Checking.model(
      """
      inputs:
        a: {value: "truncate(normal(30, 7), low=0)", unit: W}
        b: "mixture(normal(0, 1), normal(5, 1), weights=(0.3, 0.7))"
        c: "discrete(1=30%, 2=50%, 4=20%)"
        d: "truncate(normal(m, 1), 0, inf)"
        m: 1 to 2
      equations: {x: b + c + d}
      outputs: {x: {}, a: {unit: W}}
      """)
    #expect(try model.distribution("a").support.lowerBound == 0)
    #expect(try abs(model.distribution("b").mean - 3.5) < 1e-12)
    #expect(try model.distribution("c").atoms == [1, 2, 4])
    guard case .distribution(.truncated(.family, let low, let high)) = try model.input("d").supportPoints[0].value
    else {
      Issue.record("not truncated")
      return
    }
    #expect(low != nil && high == nil)
    #expect(model.coordinates.count == 5)
  }

  @Test("Outcomes that are labels select and compare")
  func labels() throws {
    let model = try Checking.model(
      """
      indexes: {source: [coal, gas]}
      inputs:
        choice: "discrete(gas=70%, coal=30%)"
        factor: {over: source, value: {coal: 0.9, gas: 0.4}}
      equations: {x: "factor[source=choice]", y: if choice != coal then 1 else 0}
      outputs: {x: {}, y: {}}
      """)
    #expect(try model.input("choice").categories == model.index("source"))
    guard case .distribution(.fixed(let distribution)) = try model.input("choice").supportPoints[0].value else {
      Issue.record("no distribution")
      return
    }
    #expect(distribution.atoms == [0, 1] && distribution.density(0) == 0.3)
    guard case .select(_, let selectors) = try model.formula("x").kind,
      case .outcome(let input)? = selectors[try model.index("source")]
    else {
      Issue.record("no outcome")
      return
    }
    #expect(try input == (model.id("choice")))
    #expect(try model.formula("x").indexes.isEmpty)
  }
}
