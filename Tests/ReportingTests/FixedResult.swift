import Diagnostics
import Evidence
import Modeling
import Simulation
import Units

/// A small result made by hand: `electricity` by region and year against two references, `intensity` and `constant`
/// without indexes.
struct FixedResult {
  /// The scenario's text, so that origins and formulas have lines to point at.
  static let file = SourceFile(
    path: "scenarios/small.yaml",
    text: """
      title: A small sector
      inputs:
        load: 1 GW to 2 GW
      equations:
        electricity: load * growth
      """)

  var model: Model
  var result: ScenarioResult

  static func place(_ line: Int, _ column: Int, length: Int = 1) -> SourcePlace {
    SourcePlace(file: file, line: line, column: column, length: length)
  }

  static func unit(_ text: String) -> Unit {
    guard let unit = try? UnitTable.standard.parse(text) else { preconditionFailure("no unit \(text)") }
    return unit
  }

  /// A cell whose quantiles are `median` times `1 + (p - 0.5)`, each with the error given.
  static func cell(
    median: Double, error: Double, nonFinite: Int = 0, warning: String? = nil, bins: Int = 2
  ) -> CellSummary {
    let width = median / Double(bins)
    return CellSummary(
      draws: 1_000_000, nonFinite: nonFinite, mean: Estimate(median * 1.04, error: error), momentWarning: warning,
      sd: median / 4, min: median / 2, max: median * 1.5,
      quantiles: CellSummary.probabilities.map { Estimate(median * ($0 + 0.5), error: error) },
      histogram: (0..<bins).map { bin in
        CellSummary.Bin(
          low: median / 2 + Double(bin) * width, high: median / 2 + Double(bin + 1) * width, count: 500_000)
      }, isMeanStable: warning == nil)
  }

  /// - Parameter years: the last of the years from 2020 on.
  init(through lastYear: Int = 2021) {
    let place = Self.place(3, 3)
    let years = (2020...lastYear).map(String.init)
    let indexes = [
      Index(name: "edition", labels: ["first", "revised"], numbers: nil, place: place),
      Index(name: "region", labels: ["us", "eu, uk"], numbers: nil, place: place),
      Index(name: "year", labels: years, numbers: years.compactMap(Double.init), place: place),
    ]
    let (edition, region, year) = (IndexID(0), IndexID(1), IndexID(2))
    let byRegionAndYear = CellSpace([year, region], in: indexes)
    let scalar = CellSpace([], in: indexes)
    func supportPoint(_ text: String, _ labels: [IndexID: Int] = [:], coordinate: Int?, line: Int) -> SupportPoint {
      SupportPoint(
        value: .constant(1), coordinate: coordinate.map(CoordinateID.init), labels: labels, text: text,
        origin: .file(Self.place(line, 9)))
    }
    let load = Quantity(
      name: "load",
      kind: .input(
        Input(supportPoints: [supportPoint("1 GW to 2 GW", coordinate: 0, line: 3)], cells: [.supportPoint(0)])),
      cells: scalar, unit: Self.unit("GW"), provenance: Provenance(source: "judgement, \"ours\"", quality: "low"),
      origin: .file(Self.place(3, 3)))
    let growth = Quantity(
      name: "growth",
      kind: .input(
        Input(
          supportPoints: [
            supportPoint("1", [year: 0], coordinate: nil, line: 4),
            supportPoint("1.1 to 1.4", [year: 1], coordinate: 1, line: 5),
          ],
          cells: [.supportPoint(0)]
            + Array(
              repeating: .interpolated(from: 0, to: 1, fraction: 0.25, logarithmic: false), count: years.count - 1),
          dependence: [year: .shared])),
      cells: CellSpace([year], in: indexes), unit: .one, origin: .flag("growth=1.1"))
    let factor = Expression(
      .binary(
        .multiply,
        Expression(.quantity(QuantityID(0)), indexes: [], dimension: Self.unit("GW").dimension, place: place),
        Expression(.quantity(QuantityID(1)), indexes: [year], dimension: Unit.one.dimension, place: place)),
      indexes: [region, year], dimension: Self.unit("GW").dimension, place: Self.place(5, 16, length: 13))
    let electricity = Quantity(
      name: "electricity", kind: .equation(factor), cells: byRegionAndYear, unit: Self.unit("TWh/year"),
      origin: .file(Self.place(5, 3)))
    var intensity = electricity
    (intensity.name, intensity.cells, intensity.unit) = ("intensity", scalar, Self.unit("g/J"))
    intensity.formula = "electricity[year=2020] / load"
    var constant = electricity
    (constant.name, constant.cells, constant.unit) = ("constant", scalar, .one)
    func reference(_ name: String, over space: CellSpace) -> Quantity {
      Quantity(
        name: name,
        kind: .reference(
          Input(supportPoints: [supportPoint("80 TWh/year", coordinate: nil, line: 3)], cells: [.supportPoint(0)])),
        cells: space, unit: Self.unit("TWh/year"), scope: ["boundary": "facility"],
        provenance: Provenance(source: "CBECI 2023"), origin: .file(place))
    }
    let references = [
      reference("argentina", over: scalar), reference("bitcoin", over: CellSpace([edition], in: indexes)),
    ]
    let outputs = [
      Output(
        quantity: QuantityID(2), unit: Self.unit("TWh/year"), scope: ["sector": "ai"],
        comparisons: [
          Comparison(reference: QuantityID(5), text: "argentina", unstatedTags: ["boundary", "sector"]),
          Comparison(reference: QuantityID(6), convert: QuantityID(1), text: "bitcoin"),
        ], place: Self.place(5, 3)),
      Output(quantity: QuantityID(3), unit: Self.unit("g/J"), scope: [:], comparisons: [], place: place),
      Output(quantity: QuantityID(4), unit: .one, scope: [:], comparisons: [], place: place),
    ]
    model = Model(
      title: "A small sector", about: nil, indexes: indexes, units: .standard,
      quantities: [load, growth, electricity, intensity, constant] + references,
      order: [], coordinates: [], components: [], outputs: outputs, correlations: ["load, growth: 0.5"],
      settings: RunSettings(seed: 18_446_744_073_709_551_615, origins: ["seed": .flag("--seed")]),
      digest: "0123abcd", warnings: [], files: [("scenarios/small.yaml", "0123abcd")])
    let cells = (0..<byRegionAndYear.count).map { Self.cell(median: 10 * Double($0 + 1), error: 0.04) }
    let rows = (0..<byRegionAndYear.count).map { cell in
      ComparisonRow(
        cell: cell, referenceLabels: [:], ratio: (0.0222, 0.0414 * Double(cell + 1), 0.777),
        ratioErrors: (1e-5, 1e-5, 1e-4),
        exceeds: [Estimate(0, error: 0), Estimate(0.123, error: 0.002), Estimate(0.99963, error: 2e-5)][cell % 3],
        nonFinite: 0)
    }
    let editions = (0..<2).map { label in
      ComparisonRow(
        cell: 0, referenceLabels: [edition: label], ratio: (1, 2, 3), exceeds: Estimate(1, error: 0), nonFinite: 1)
    }
    let run = RunResult(
      model: model, draws: 1_000_000, workers: 2, seconds: 0.8312,
      outputs: [
        OutputResult(output: outputs[0], cells: cells, comparisons: [rows, editions]),
        OutputResult(
          output: outputs[1],
          cells: [Self.cell(median: 0.004567, error: 0.00002, nonFinite: 17, warning: "its tail is heavy")],
          comparisons: []),
        OutputResult(
          output: outputs[2],
          cells: [
            CellSummary(
              draws: 1_000_000, nonFinite: 0, mean: Estimate(2.5, error: 0), momentWarning: nil, sd: 0, min: 2.5,
              max: 2.5, quantiles: CellSummary.probabilities.map { _ in Estimate(2.5, error: .nan) },
              histogram: [CellSummary.Bin(low: 2.5, high: 2.5, count: 1_000_000)])
          ], comparisons: []),
      ],
      failures: [
        Failure(
          output: "intensity", cellName: "intensity", count: 17, firstDraw: 48213, culprit: "electricity[us,2020]")
      ])
    result = ScenarioResult(run)
  }
}
