import Distributions
import Modeling
import Simulation
import Testing
import Units

@testable import Reporting

@Suite("Charts: positions of axes, curves and reference marks")
struct ChartTests {
  @Test(
    "an axis holds its values, and its ticks are round, rising and within it",
    arguments: [
      [4.67, 1060], [1.1, 1.5], [-3, 12], [0, 0], [7, 7], [-5, -5], [1e-30, 3e-30], [1e-3, 1e9], [2.5e299], [0.1, 250],
    ])
  func axis(_ values: [Double]) {
    let axis = AxisScale(of: values, from: 300, to: 20)
    for value in values { #expect(axis.low <= value && value <= axis.high) }
    let ticks = axis.ticks(pitch: 40)
    #expect((2...12).contains(ticks.count), "\(ticks)")
    for (a, b) in zip(ticks, ticks.dropFirst()) { #expect(a < b && axis.position(a) > axis.position(b)) }
    for (tick, label) in AxisScale.labelled(ticks) {
      #expect((19.9...300.1).contains(axis.position(tick)))
      #expect(label.count <= 7, "\(label)")
    }
    #expect(axis.isLogarithmic == (values.min()! > 0 && values.max()! > 1000 * values.min()!))
  }

  @Test("what is no number makes no axis fail")
  func emptyAxis() {
    for values in [[], [Double.nan], [.infinity, -.infinity], [1, .nan]] {
      let axis = AxisScale(of: values, from: 0, to: 100)
      #expect(axis.low < axis.high)
      #expect(axis.position(1).isFinite)
    }
  }

  @Test("edges of a graph run to later columns, and no two nodes of a column touch")
  func graph() {
    // A ladder of diamonds with long edges over it.
    let nodes = 40
    var edges: [(from: Int, to: Int)] = [(0, nodes - 1), (2, nodes - 1)]
    for node in 0..<(nodes - 3) { edges += [(node, node + 1), (node, node + 3)] }
    let graph = LayeredGraph(nodes: nodes, edges: edges)
    #expect(graph.places.count == nodes && graph.bends.count == edges.count)
    for (edge, bends) in zip(edges, graph.bends) {
      let (from, to) = (graph.places[edge.from].column, graph.places[edge.to].column)
      #expect(from < to)
      #expect(bends.count == to - from - 1)
    }
    for a in 0..<nodes {
      #expect((0...graph.height).contains(graph.places[a].height))
      for b in 0..<a where graph.places[a].column == graph.places[b].column {
        #expect((graph.places[a].height - graph.places[b].height).magnitude > 29.9)
      }
    }
    #expect(LayeredGraph(nodes: 0, edges: []).places.isEmpty)
    #expect(LayeredGraph(nodes: 1, edges: []).places.count == 1)
  }

  @Test("two lines of edges that need not cross do not")
  func exceedancePeriods() {
    // 0 and 1 lead to 3 and 2: with 2 above 3 they would cross.
    let graph = LayeredGraph(nodes: 4, edges: [(0, 3), (1, 2)])
    let (above, below) = (graph.places[0].height, graph.places[1].height)
    #expect((above < below) == (graph.places[3].height < graph.places[2].height))
  }

  @Test("the nearest rising sequence pools what falls")
  func rising() {
    #expect(LayeredGraph.nearestRising([1, 3, 2, 4]) == [1, 2.5, 2.5, 4])
    #expect(LayeredGraph.nearestRising([5, 4, 3]) == [4, 4, 4])
    #expect(LayeredGraph.nearestRising([]) == [])
  }

  @Test(
    "a reference stands at the quantiles of its distribution, in the output's unit, also between anchor points that share a draw"
  )
  func references() throws {
    let model = FixedResult().model
    // argentina is the constant 1 in base units, watts; in MW a millionth.
    let megawatts = try UnitTable.standard.parse("MW")
    #expect(try #require(ReferenceLevels(of: QuantityID(5), in: model, unit: megawatts))[0]?.median == 1e-6)
    #expect(ReferenceLevels(of: QuantityID(2), in: model, unit: megawatts) == nil, "an equation is no reference")

    let distribution = try #require(DistributionCatalogue.family(named: "normal")).distribution([10, 2])
    func level(_ coordinates: [Int?], _ rule: CellRule) -> ReferenceLevels.Level? {
      var changed = model
      let supportPoints = coordinates.map { coordinate in
        SupportPoint(
          value: coordinate == nil ? .constant(20) : .distribution(.fixed(distribution)),
          coordinate: coordinate.map(CoordinateID.init),
          labels: [:], text: "", origin: .builtIn)
      }
      changed.quantities[5].kind = .reference(Input(supportPoints: supportPoints, cells: [rule]))
      return ReferenceLevels(of: QuantityID(5), in: changed, unit: changed.quantities[5].unit).flatMap { $0[0] }
    }
    let scale = model.quantities[5].unit.scale
    let whole = try #require(level([0], .supportPoint(0)))
    #expect((whole.low * scale - distribution.quantile(0.05)).magnitude < 1e-12)
    #expect((whole.high * scale - distribution.quantile(0.95)).magnitude < 1e-12)
    let half = CellRule.interpolated(from: 0, to: 1, fraction: 0.5, logarithmic: false)
    #expect(level([0, 0], half) == whole)
    #expect(level([0, 1], half) == nil, "anchor points of two coordinates mix draw by draw")
    #expect(abs((level([0, nil], half)?.low ?? 0) * scale - (distribution.quantile(0.05) + 20) / 2) < 1e-12)
    let ratio = CellRule.interpolated(from: 0, to: 1, fraction: 0.5, logarithmic: true)
    #expect(abs((level([0, nil], ratio)?.median ?? 0) * scale - (10.0 * 20).squareRoot()) < 1e-12)
    let turned = try #require(level([0], .scaled(.supportPoint(0), by: -2)))
    #expect(abs(turned.low + 2 * whole.high) < 1e-12 && abs(turned.high + 2 * whole.low) < 1e-12)
  }

  @Test("text is escaped, literals are not")
  func markup() {
    let name = "<b>&\"'\u{0}"
    let markup: Markup = "<p title=\"\(name)\">\(name)</p>"
    #expect(markup.text == "<p title=\"&lt;b&gt;&amp;&quot;&#39;\u{FFFD}\">&lt;b&gt;&amp;&quot;&#39;\u{FFFD}</p>")
    #expect([0.04, -0.06, 12, 3.25, -7.96].map(Markup.coordinate) == ["0", "-0.1", "12", "3.3", "-8"])
    #expect([Double.nan, .infinity, 1e300].map(Markup.coordinate) == ["0", "0", "0"])
  }
}
