import Evidence
import Modeling
import Simulation
import TextFormats

/// A run's tables as a Frictionless tabular data package (specs.frictionlessdata.io, version 1): `datapackage.json`
/// gives the path of each file, the meaning of its columns, and its digest.
struct DataPackage {
  /// A table: its name, its columns and its bytes.
  private struct PackagedTable {
    var file: String
    var bytes: [UInt8]

    var name: String { String(file.prefix { $0 != "." }) }

    /// The columns.
    var columns: [String] {
      let header = String(decoding: bytes.prefix { $0 != 13 && $0 != 10 }, as: UTF8.self)
      return (try? CSVTokenizer.records(of: header).first) ?? []
    }
  }

  /// The maximum number of bins of a cell. Packages are kept under version control, and a change of the last digits of
  /// results changes every row of a histogram; the 200 bins of a run are only needed in reports.
  private static let histogramBins = 50
  private static let fileName = "datapackage.json"

  private let result: ScenarioResult
  private let name: String
  private let command: String
  private let tables: [PackagedTable]
  private let digest: ([UInt8]) -> String
  private var record: [UInt8]

  /// The package of a result.
  ///
  /// - Parameters:
  ///   - name: the name of the package and of its folder.
  ///   - command: the command that reproduces it.
  ///   - digest: SHA-256 of bytes, in lower-case hexadecimal.
  init(of result: ScenarioResult, name: String, command: String, digest: @escaping ([UInt8]) -> String) throws {
    self.result = result
    self.name = name
    self.command = command
    self.digest = digest
    tables = try CSVFormat.files(of: result, histogramBins: Self.histogramBins).map {
      PackagedTable(file: $0.name, bytes: try $0.content)
    }
    // Without the command, which would make the export differ from machine to machine.
    record = []
    let described = [description.text + "\n"].map { WrittenFile(path: Self.fileName, content: Array($0.utf8)) }
    let files = tables.map { WrittenFile(path: $0.file, content: $0.bytes) } + described
    let cited = try DataCiteRecord(of: result.model).map {
      WrittenFile(path: $0.file.name, content: try $0.file.content)
    }
    let text = RunRecord(of: result, isTimed: false).file.description?(
      WrittenResult(files: files + (cited.map { [$0] } ?? [])))
    record = Array((text ?? "").utf8)
  }

  /// The tables, the run's record without its time, the description, and with a publication that has all that DataCite
  /// requires its record, in this order.
  var files: [ReportFile] {
    (tables.map { ($0.file, $0.bytes) } + [("record.json", record)]).map { name, bytes in
      ReportFile(name: name) { try $0.write(bytes: bytes) }
    } + [ReportFile(name: Self.fileName, text: { description.text + "\n" })]
      + (DataCiteRecord(of: result.model).map { [$0.file] } ?? [])
  }

  /// The columns of the summary that are indexes of outputs.
  var indexes: [String] {
    let columns = tables.first?.columns ?? []
    return columns.filter { TableField.index($0, among: columns, in: result.model) != nil }
  }

  /// The description of the package and its tables.
  private var description: JSON {
    let model = result.model
    let settings = model.settings
    let head: [(key: String, value: JSON)] =
      [
        ("profile", .string("tabular-data-package")), ("name", .string(Self.identifier(name))),
        ("title", .string(model.title)),
      ] + (model.about.map { [("description", .string($0))] } ?? [])
    return .object(
      head + Self.members(of: model.publication) + [
        (
          "loadcast",
          .object([
            ("engine", .string("loadcast \(EngineVersion.current)")), ("command", .string(command)),
            ("digest", .string(model.digest)), ("draws", .integer(result.draws)), ("seed", .unsigned(settings.seed)),
            ("design", .string(settings.design)),
          ])
        ),
        ("sources", .array(sources)),
        ("resources", .array(tables.map(resource))),
      ])
  }

  /// The package's members for a publication. `period` and `place` are not of the specification, which has no coverage.
  private static func members(of publication: CitationDetails?) -> [(key: String, value: JSON)] {
    guard let publication else { return [] }
    var members: [(key: String, value: JSON)] = []
    if let version = publication.version { members.append(("version", .string(version))) }
    if let licence = publication.licence {
      members.append(
        (
          "licenses",
          .array([
            .object([("name", .string(licence)), ("path", .string("https://spdx.org/licenses/\(licence).html"))])
          ])
        ))
    }
    if !publication.creators.isEmpty {
      let creators = publication.creators.map { JSON.object([("title", .string($0)), ("role", .string("author"))]) }
      members.append(("contributors", .array(creators)))
    }
    if !publication.keywords.isEmpty { members.append(("keywords", .array(publication.keywords.map(JSON.string)))) }
    if let date = publication.date { members.append(("created", .string(date + "T00:00:00Z"))) }
    if let period = publication.period {
      members.append(("period", .object([("first", .integer(period.first)), ("last", .integer(period.last))])))
    }
    if let place = publication.place { members.append(("place", .string(place))) }
    return members
  }

  /// Each citation once, in the order of the inputs.
  private var sources: [JSON] {
    var seen: Set<String> = []
    let quantities = result.model.quantities.filter { $0.input != nil }
    return quantities.compactMap(\.provenance.source).filter { seen.insert($0).inserted }
      .map { .object([("title", .string($0))]) }
  }

  private func resource(_ table: PackagedTable) -> JSON {
    let columns = table.columns
    let key = ["output", "conditioning"].filter(columns.contains) + indexes.filter(columns.contains)
    let isOfCells = table.file == "summary.csv"
    let fields = columns.map { column -> JSON in
      let field = TableField.of(column, among: columns, in: result.model)
      return .object([
        ("name", .string(column)), ("type", .string((field?.kind ?? .string).rawValue)),
        ("description", .optional(field?.description)),
      ])
    }
    return .object([
      ("profile", .string("tabular-data-resource")), ("name", .string(table.name)), ("path", .string(table.file)),
      ("format", .string("csv")), ("mediatype", .string("text/csv")), ("encoding", .string("utf-8")),
      ("bytes", .integer(table.bytes.count)), ("hash", .string("sha256:" + digest(table.bytes))),
      ("dialect", .object([("lineTerminator", .string("\r\n")), ("delimiter", .string(","))])),
      (
        "schema",
        .object(
          [("fields", .array(fields)), ("missingValues", .array([.string("")]))]
            + (isOfCells ? [("primaryKey", .array(key.map(JSON.string)))] : []))
      ),
    ])
  }

  /// A name in the form required by data packages: lower case, digits, `-`, `_` and `.`.
  private static func identifier(_ name: String) -> String {
    let text = String(
      name.lowercased().map { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "-_.".contains($0) ? $0 : "-" })
    return text.isEmpty ? "run" : text
  }
}

extension ReportFile {
  /// The file's complete content.
  fileprivate var content: [UInt8] {
    get throws {
      let buffer = TextBuffer()
      try write(buffer)
      return buffer.bytes
    }
  }
}
