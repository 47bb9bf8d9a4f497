import Evidence
import Modeling
import Simulation

/// Charts of every output as Vega-Lite specifications, in the folder `charts`: `NAME.vl.json`, with its data as
/// `NAME.csv`, and source, citation and alternative text as `NAME.json`.
///
/// An output over years has a fan chart, any other a density; outputs with references also have their ratios to them,
/// and estimates by several routes a chart of these. `loadcast chart` makes other charts of a folder of results.
package enum VegaFormat: OutputFormat {
  /// `vega`
  package static let name = "vega"

  /// One line for help.
  package static let summary = "charts as Vega-Lite specifications with their data, in the folder charts"

  /// The files of all charts. Their names are known at once; charts are made when they are written.
  package static func files(of result: ScenarioResult) -> [ReportFile] {
    let charts = Charts(result)
    let files = charts.wanted.flatMap { wanted in
      let stem = "\(wanted.name)-\(wanted.kind.rawValue)"
      func file(_ ending: String, _ make: @escaping (ChartData) -> ReportFile) -> ReportFile {
        ReportFile(name: stem + ending) { try make(charts.chart(wanted.kind, of: wanted.name)).write($0) }
      }
      return [
        file(".vl.json") { $0.specificationFile(style: result.model.settings.chartStyle) },
        file(".csv", \.csv),
        file(".json", \.metadata),
      ]
    }
    return (files + [ReferenceTable.file(of: result)]).map { $0.inFolder("charts") }
  }

  /// The charts of a result, whose tables are made once.
  private final class Charts {
    private let result: ScenarioResult
    private lazy var builder = Result {
      ChartBuilder([try ChartSource(of: result)], interval: result.model.settings.interval)
    }

    init(_ result: ScenarioResult) { self.result = result }

    /// The charts that have something to show.
    var wanted: [(kind: ChartData.Kind, name: String)] {
      let model = result.model
      var wanted: [(kind: ChartData.Kind, name: String)] = []
      for output in result.givenObservations.outputs {
        let name = model[output.output.quantity].name
        let layout = OutputLayout(of: output, in: model)
        let cell = output.cells[layout.defaultCell]
        if layout.along != nil {
          let facet = layout.facets.first { $0.cells.contains(layout.defaultCell) }?.cells ?? []
          if facet.contains(where: { Self.isFinite(output.cells[$0]) }) { wanted.append((.fan, name)) }
        } else if Self.isFinite(cell), cell.histogram.filter({ $0.high > $0.low }).count > 2 {
          wanted.append((.density, name))
        }
        let isCompared = output.comparisons.joined().contains { $0.cell == layout.defaultCell && $0.ratio.p50.isFinite }
        if isCompared { wanted.append((.comparison, name)) }
      }
      return wanted + (result.evidence?.triangulations ?? []).map { (.routes, $0.triangulation.name) }
    }

    private static func isFinite(_ cell: CellSummary) -> Bool {
      [0.01, 0.05, 0.5, 0.95, 0.99].allSatisfy { cell.quantile($0)?.value.isFinite == true }
    }

    func chart(_ kind: ChartData.Kind, of name: String) throws -> ChartData {
      try builder.get().chart(kind, of: name)
    }
  }
}
