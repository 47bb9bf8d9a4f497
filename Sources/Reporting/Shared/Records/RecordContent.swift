import Modeling
import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The record of any command: the program, the scenario with the digests of its files, the written files, the settings and
/// the inputs, and between them the entries of the command.
struct RecordContent {
  typealias Entries = [(key: String, value: JSON)]

  /// The command that has written a record.
  ///
  /// A folder may hold the results of several commands, each with its own record: `record.json` of a run, and
  /// `COMMAND-record.json` of any other command. The same command replaces its earlier record together with the tables that
  /// the record describes.
  enum Command: String, CaseIterable {
    case run, sweep, compare, sensitivity, disclosure, discover, backtest
    /// `backtest --leave-out`, which writes other tables than `backtest --cases`.
    case leftOut = "left-out"

    /// The file name of the record.
    var fileName: String { self == .run ? "record.json" : "\(rawValue)-record.json" }

    /// The name of the command; nil for a run, whose record states none.
    var name: String? {
      switch self {
      case .run: nil
      case .leftOut: Command.backtest.rawValue
      default: rawValue
      }
    }
  }

  var model: Model
  /// The command.
  var command: Command
  /// The number of draws.
  var draws: Int
  /// Further data that were read, after the scenario's files.
  var data: Entries = []
  /// The analysed targets and factors, before the number of draws.
  var subjects: Entries = []
  /// Whether the description of the scenario is included.
  var statesAbout = false
  /// Whether results are of the prior or of the posterior; false where they are of readings left out.
  var statesConditioning = true
  /// Further settings, after the design.
  var settings: Entries = []
  /// Further parts of the scenario, after the correlations.
  var parts: Entries = []

  /// The record of a result whose other files have been written.
  func json(of written: WrittenResult) -> JSON {
    var entries: Entries = [("engine", .string("loadcast \(EngineVersion.current)"))]
    if let name = command.name { entries.append(("command", .string(name))) }
    entries.append(("title", .string(model.title)))
    if statesAbout { entries.append(("about", .optional(model.about))) }
    entries.append(("digest", .string(model.digest)))
    entries += Self.scenarioFiles(of: model)
    entries += data
    entries.append(("files", .array(written.files.map(\.json))))
    if let invocation = written.invocation {
      entries += [
        ("arguments", .array(invocation.arguments.map(JSON.string))), ("system", SystemDescription.current.json),
      ]
    }
    entries += subjects
    entries += [
      ("draws", .integer(draws)), ("seed", .unsigned(model.settings.seed)), ("design", .string(model.settings.design)),
    ]
    if statesConditioning, model.hasPosterior { entries.append(model.conditioningJSON) }
    entries += settings
    entries += [
      ("inputs", AssumptionRegister(of: model).json), ("correlations", .array(model.correlations.map(JSON.string))),
    ]
    return .object(entries + parts)
  }

  /// The record's file.
  var file: ReportFile { ReportFile(name: command.fileName, describing: { json(of: $0).text + "\n" }) }

  /// The member with the files of a scenario.
  static let scenarioFilesKey = "scenario_files"

  /// The folder of a scenario, and the paths in it and digests of its files.
  static func scenarioFiles(of model: Model) -> Entries {
    [
      ("scenario_folder", .string(model.folder)),
      (
        Self.scenarioFilesKey,
        .array(model.files.map { .object([("path", .string($0.path)), ("sha256", .string($0.sha256))]) })
      ),
    ]
  }

  /// The origins of the scenario's settings: a file, a flag or the default.
  static func origins(of model: Model) -> Entries.Element {
    ("origins", .sorted(model.settings.origins.mapValues(\.text)))
  }

  /// The present moment, and the seconds that the work took.
  static func timing(seconds: Double) -> Entries.Element {
    ("time", .object([("finished", .string(utc(time(nil)))), ("seconds", .number(seconds))]))
  }

  /// A moment in universal time, ISO 8601: `2026-01-31T12:00:00Z`.
  static func utc(_ moment: time_t) -> String {
    var moment = moment
    var parts = tm()
    guard gmtime_r(&moment, &parts) != nil else { return "" }
    func padded(_ number: Int32, _ width: Int = 2) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let date = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
    return date + "T\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))Z"
  }
}
