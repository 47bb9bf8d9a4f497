import ArgumentParser
import Reporting

/// The folder in which a long run keeps what is done.
struct CheckpointOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep what a run of more than half a minute has done in this folder instead of among its results, until it ends: on a "
        + "file system that outlives the job, for example. The same command goes on from there.",
      valueName: "folder"))
  var checkpoint: String?

  func validate() throws {
    if checkpoint?.isEmpty == true { throw UsageProblem.error(.usage("--checkpoint needs the name of a folder")) }
  }

  /// The folder, tested for writing; that of the results without the flag.
  ///
  /// - Throws: `FileError`.
  func folder(besides results: ReportFolder) throws -> ReportFolder {
    try checkpoint.map { try ReportFolder(path: $0) } ?? results
  }
}
