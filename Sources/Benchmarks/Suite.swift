/// A part of the measurements: a section of the page.
///
/// A new one is one file in `Suites/` and one line in `SuiteCatalogue`.
protocol Suite: Sendable {
  /// The name after `--only`.
  static var name: String { get }
  /// The section's heading.
  static var title: String { get }
  /// Runs the measurements and returns the lines of the section.
  static func lines(_ bench: Bench) throws -> [String]
}

/// The suites in the order of the page, which is also the order of the runs. Suites that work within this process come
/// last, since the memory of a process hides that of its children.
enum SuiteCatalogue {
  static let all: [any Suite.Type] = [
    SectorSuite.self,
    YearsSuite.self,
    SweepSuite.self,
    SobolSuite.self,
    AISectorSuite.self,
    AnalysesSuite.self,
    AccuracySuite.self,
    StartUpSuite.self,
    MemorySuite.self,
    ScalingSuite.self,
    KernelSuite.self,
    DistributionSuite.self,
    TableSuite.self,
  ]
}
