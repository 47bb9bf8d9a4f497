import Evidence
import Simulation

/// The output formats, in alphabetical order.
package enum OutputFormatCatalogue {
  /// Every format.
  package static let all: [any OutputFormat.Type] = [
    CSVFormat.self,
    ExcelFormat.self,
    HTMLFormat.self,
    JSONFormat.self,
    NPYFormat.self,
    ROCrateFormat.self,
    SQLiteFormat.self,
    VegaFormat.self,
  ]

  /// The names of all files that any format writes for a run's results and draws, or for those of another run.
  package static func fileNames(of result: ScenarioResult) -> [String] {
    let draws = DrawExport(rows: 0) { _ in }
    var names: [String] = []
    for type in all {
      let own = (type.files(of: result) + type.files(of: draws)).map(\.name) + type.optionalNames
      for name in own where !names.contains(name) { names.append(name) }
    }
    return names
  }

  /// The format with a given name.
  package static func format(named name: String) -> (any OutputFormat.Type)? { all.first { $0.name == name } }
}
