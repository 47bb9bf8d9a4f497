import Analysis
import Diagnostics
import Distributions
import Modeling
import Simulation
import Testing

/// Boxes against conditions whose boxes are known.
@Suite("In which circumstances a condition holds")
struct DiscoveryTests {
  /// Standard errors between a figure and its true value: Student's t(7) is beyond 17.4 once in a million.
  private static let reach = 17.4

  /// Two inputs decide, ten others are in the formula and do not matter.
  private static let rectangle = """
    indexes: {i: 1..10}
    inputs:
      a: uniform(0, 1)
      b: uniform(10 MW, 20 MW)
      c: {over: [i], value: "normal(0, 1)", dependence: independent}
    equations: {x: "a + 0 * sum(c, over=i)"}
    outputs: {x: {}}
    """

  @Test("A condition that is a box is found, with its bounds, its density and its coverage")
  func rectangle() throws {
    let problem = try Problems.text(Self.rectangle, "x >= 0.6 and b <= 13 MW and b > 11 MW")
    let result = try DiscoveryAnalysis.run(problem).results[0]
    #expect(abs(result.share.value - 0.08) <= Self.reach * result.share.error)
    #expect(result.boxes.count == 1)
    let box = try #require(result.boxes.first)
    #expect(Set(box.restrictions.map(\.name)) == ["a", "b"])
    for restriction in box.restrictions {
      // A bin is 1/512 of the draws; a bound is rounded to a hundredth of the inputs' ranges.
      let (least, largest): (Double, Double?) = restriction.name == "a" ? (0.6, nil) : (11, 13)
      let width = restriction.name == "a" ? 0.01 : 0.1
      #expect(abs(try #require(restriction.least) - least) <= width)
      #expect((restriction.largest == nil) == (largest == nil))
      if let found = restriction.largest, let largest { #expect(abs(found - largest) <= width) }
    }
    // A bound that is off by w leaves out, or takes in, w of a side: 0.01 / 0.4 and 2 * 0.1 / 2.
    #expect(box.density.value >= 1 - 0.125)
    #expect(box.coverage.value >= 1 - 0.125)
    // The estimates are those of the reported box: 0.4 * (1 - a), (b2 - b1) / 10.
    let a = try #require(box.restrictions.first { $0.name == "a" }?.least)
    let b = try #require(box.restrictions.first { $0.name == "b" })
    let (low, high) = (try #require(b.least), try #require(b.largest))
    let mass = (1 - a) * (high - low) / 10
    let cases = (1 - max(a, 0.6)) * (min(high, 13) - max(low, 11)) / 10
    #expect(abs(box.density.value - cases / mass) <= Self.reach * box.density.error + 1e-12)
    #expect(abs(box.coverage.value - cases / 0.08) <= Self.reach * box.coverage.error + 1e-12)
    let withoutB = try #require(box.restrictions.first { $0.name == "b" }).without
    #expect(abs(withoutB.density - 0.2) < 0.02)
  }

  @Test("More draws than those that boxes are found from evaluate the same box")
  func manyDraws() throws {
    var options = SensitivityProblem.Options()
    options.draws = 1 << 18
    let condition = "x >= 0.6 and b <= 13 MW and b > 11 MW"
    let few = try DiscoveryAnalysis.run(try Problems.text(Self.rectangle, condition)).results[0]
    let many = try DiscoveryAnalysis.run(try Problems.text(Self.rectangle, condition, options: options)).results[0]
    #expect(few.holdout.draws == 1 << 16 && many.holdout.draws == 1 << 17)
    #expect(few.boxes.count == 1 && many.boxes.count == 1)
    let (first, second) = (try #require(few.boxes.first), try #require(many.boxes.first))
    #expect(first.restrictions.map(\.least) == second.restrictions.map(\.least))
    #expect(first.restrictions.map(\.largest) == second.restrictions.map(\.largest))
    let (a, b) = (first.coverage, second.coverage)
    #expect(abs(a.value - b.value) <= Self.reach * (a.error + b.error) + 1e-12)
    #expect(second.draws > first.draws)
  }

  @Test("Two boxes are found one after the other, and are counted together")
  func twoBoxes() throws {
    let problem = try Problems.text(Self.rectangle, "(x > 0.8 and b > 15 MW) or (x < 0.2 and b < 13 MW)")
    let result = try DiscoveryAnalysis.run(problem).results[0]
    #expect(result.boxes.count == 2)
    #expect(result.boxes.allSatisfy { Set($0.restrictions.map(\.name)) == ["a", "b"] })
    let together = try #require(result.together)
    #expect(together.coverage.value > 0.9 && together.density.value > 0.9)
    let sum = result.boxes.reduce(0) { $0 + $1.coverage.value }
    #expect(abs(sum - together.coverage.value) < 1e-12)
  }

  @Test("Labels are kept and let go as they are")
  func labels() throws {
    let text = """
      indexes: {site: [desert, coast, fjord, city]}
      inputs:
        place: "discrete(desert=20%, coast=30%, fjord=25%, city=25%)"
        load: uniform(0, 1)
        level: {over: [site], value: {desert: 1, coast: 3, fjord: 0, city: 3}}
      equations: {y: "load + level[site=place]"}
      outputs: {y: {}}
      """
    let problem = try Problems.text(text, "y > 3.3")
    let result = try DiscoveryAnalysis.run(problem).results[0]
    let box = try #require(result.boxes.first)
    let place = try #require(box.restrictions.first { $0.name == "place" })
    #expect(place.labels == ["coast", "city"])
    let load = try #require(box.restrictions.first { $0.name == "load" })
    #expect(abs(try #require(load.least) - 0.3) <= 0.01)
  }

  @Test("A wanted density is kept to, at the price of coverage")
  func density() throws {
    let text = """
      inputs: {a: "normal(0, 1)", b: "normal(0, 1)", e: "normal(0, 1)"}
      equations: {y: a + b + 0.5 * e}
      outputs: {y: {}}
      """
    let problem = try Problems.text(text, "y > 1.5")
    let compromise = try #require(DiscoveryAnalysis.run(problem).results[0].boxes.first)
    var options = DiscoveryAnalysis.Options()
    options.density = 0.95
    let dense = try #require(DiscoveryAnalysis.run(problem, options: options).results[0].boxes.first)
    // What is exact in the draws that were sought in is off by chance in the others.
    #expect(dense.density.value >= 0.95 - Self.reach * dense.density.error)
    #expect(dense.density.value > compromise.density.value)
    #expect(dense.coverage.value < compromise.coverage.value)
    options = DiscoveryAnalysis.Options()
    options.inputs = 1
    let single = try #require(DiscoveryAnalysis.run(problem, options: options).results[0].boxes.first)
    #expect(single.restrictions.count == 1)
    #expect(single.tradeoff.filter(\.isTaken).count == 1)
  }

  @Test("No box is reported if inputs do not explain the condition, or if it nearly always holds")
  func nothing() throws {
    let coin = try DiscoveryAnalysis.run(
      try Problems.text(
        """
        inputs: {a: "uniform(0, 1)", b: "uniform(0, 1)"}
        equations: {y: sin(200 * a) * sin(200 * b)}
        outputs: {y: {}}
        """, "y > 0")
    ).results[0]
    #expect(coin.boxes.isEmpty)
    #expect(coin.notes.contains { $0.hasPrefix("no box on a few inputs") })
    let sure = try DiscoveryAnalysis.run(try Problems.text(Self.rectangle, "x > 0.0001")).results[0]
    #expect(sure.boxes.isEmpty)
    #expect(sure.notes.contains { $0.hasPrefix("it is false in too few draws") })
  }

  /// Among 64 irrelevant inputs, a search always finds ranges that fit by chance. Such a box is reported if, on the draws
  /// that were not used to find it, its density exceeds that of the other draws by Student's t(7) beyond 2.36, which
  /// happens for 2.5 % of seeds. Even at 5 %, seven or more of twelve have a probability of 5e-7. If boxes were scored on
  /// the draws that they were fitted to, nearly all would be reported.
  @Test("A box that fits only by chance is not reported")
  func chance() throws {
    var options = SensitivityProblem.Options()
    options.draws = 1 << 14
    var wanted = DiscoveryAnalysis.Options()
    wanted.density = 0.58
    let told = try (1...12).filter { seed in
      let problem = try Problems.text(
        """
        indexes: {i: 1..64}
        inputs: {c: {over: [i], value: "uniform(0, 1)", dependence: independent}}
        equations: {y: "sum(sin(1000 * c), over=i)"}
        outputs: {y: {}}
        """, "y > 0", seed: UInt64(seed), options: options)
      return try !DiscoveryAnalysis.run(problem, options: wanted).results[0].boxes.isEmpty
    }
    #expect(told.count < 7, "told for seeds \(told)")
  }

  @Test("A quantity that is not a condition is refused")
  func refused() throws {
    let problem = try Problems.text(Self.rectangle, "x * 2")
    #expect(throws: Diagnostics.self) { try DiscoveryAnalysis.run(problem) }
  }
}

/// The label at which thresholds are stated.
@Suite("Thresholds are stated at the label that the condition names")
struct DiscoveryLabelTests {
  /// One probability for all years: the values of 2035 are a hundred times those of 2016.
  private static let scenario = """
    indexes: {year: 2016..2035, class: [car, truck]}
    inputs:
      sales:
        over: [class, year]
        value:
          car: {2016: "uniform(10, 20)", 2035: "uniform(1000, 2000)"}
          truck: {2016: "uniform(1, 2)", 2035: "uniform(100, 200)"}
        interpolate: linear
        dependence: {class: independent, year: shared}
      factor: uniform(1, 1.0001)
    equations:
      total: sum(sales, over=class) * factor
      large: total[year=2025] > 800
    outputs: {total: {}}
    """

  private func restriction(_ condition: String) throws -> DiscoveryAnalysis.Restriction {
    let result = try DiscoveryAnalysis.run(try Problems.text(Self.scenario, condition)).results
    let last = try #require(result.last?.boxes.first)
    return try #require(last.restrictions.first { $0.name.hasPrefix("sales[class=car") })
  }

  @Test("a selected label; the label of a condition over the index; the label of a condition that is named")
  func labels() throws {
    let selected = try restriction("sales[class=car, year=2035] > 1600")
    #expect(selected.name == "sales[class=car, year=2035]")
    #expect(abs(try #require(selected.least) - 1600) <= 10)
    let first = try restriction("sales[class=car, year=2016] > 16")
    #expect(first.name == "sales[class=car, year=2016]")
    #expect(abs(try #require(first.least) - 16) <= 0.1)
    // Over the index every year is a separate condition, and the last one has its threshold at the last year.
    #expect(try restriction("total > 1700").name == "sales[class=car, year=2035]")
    // By another equation's name; 2025 is 9 of 19 years from 2016 to 2035.
    let passed = try restriction("large")
    #expect(passed.name == "sales[class=car, year=2025]")
    let least = try #require(passed.least)
    #expect(least > 478 && least < 957, "\(least)")
  }

  @Test("without a named label it is the last of a numeric index")
  func unnamed() throws {
    #expect(try restriction("sum(total, over=year) > 17000").name == "sales[class=car, year=2035]")
  }
}
