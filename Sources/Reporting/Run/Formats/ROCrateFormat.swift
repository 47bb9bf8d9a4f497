import Evidence
import Simulation

/// A description of the run and its files as a research object, which repositories and workflow tools read:
/// `ro-crate-metadata.json` next to the files of the other formats.
package enum ROCrateFormat: OutputFormat {
  /// `ro-crate`
  package static let name = "ro-crate"

  /// One line for help.
  package static let summary =
    "a Process Run Crate: the run and the files of the other formats, with their digests, as JSON-LD"

  /// The description, which is written after the files that it describes.
  package static func files(of result: ScenarioResult) -> [ReportFile] {
    [ReportFile(name: ROCrate.fileName, describing: { ROCrate(of: result, written: $0).json.text + "\n" })]
  }
}
