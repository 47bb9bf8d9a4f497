import Evidence
import Simulation

/// A format in which the results of a run are written to files.
///
/// A new format is one file in `Run/Formats/` and one line in `OutputFormatCatalogue`, in alphabetical order. Files depend
/// only on the results, so that they are byte-identical for any number of workers.
package protocol OutputFormat: Sendable {
  /// The name as written after `--format`.
  static var name: String { get }

  /// One line for help.
  static var summary: String { get }

  /// The files of a run's results.
  static func files(of result: ScenarioResult) -> [ReportFile]

  /// The names of files that are written for some results only.
  static var optionalNames: [String] { get }

  /// The files of exported draws; none if the format does not hold draws.
  static func files(of draws: DrawExport) -> [ReportFile]

  /// Fails before a run if its files could not be written afterwards, as when a library is missing.
  static func prepare() throws
}

extension OutputFormat {
  /// By default all files are written for every result.
  package static var optionalNames: [String] { [] }

  /// By default a format does not hold draws.
  package static func files(of draws: DrawExport) -> [ReportFile] { [] }

  /// By default a format needs nothing.
  package static func prepare() throws {}
}
