import Evidence
import Modeling
import Simulation
import TextFormats

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A run as a Process Run Crate, version 0.5 (w3id.org/ro/wfrun/process/0.5), of RO-Crate 1.1 (w3id.org/ro/crate/1.1): the
/// folder, its files, and the action that has made them with this program from the scenario.
struct ROCrate {
  static let fileName = "ro-crate-metadata.json"

  private static let profile = "https://w3id.org/ro/wfrun/process/0.5"
  private static let action = "#run"

  private let result: ScenarioResult
  private let written: WrittenResult

  /// The description of a result whose other files have been written.
  init(of result: ScenarioResult, written: WrittenResult) {
    self.result = result
    self.written = written
  }

  private typealias Members = [(key: String, value: JSON)]

  var json: JSON {
    let entities: [JSON] = [descriptor, root, profile, program, action] + sources + parameters + people + files
    return .object([
      (
        "@context",
        .array([
          .string("https://w3id.org/ro/crate/1.1/context"),
          .object([("sha256", .string("https://w3id.org/ro/terms/workflow-run#sha256"))]),
        ])
      ),
      ("@graph", .array(entities)),
    ])
  }

  private var model: Model { result.model }
  private var publication: CitationDetails? { model.publication }

  private static func reference(_ id: String) -> JSON { .object([("@id", .string(id))]) }

  private static func entity(_ id: String, _ type: String, _ members: Members) -> JSON {
    .object([("@id", .string(id)), ("@type", .string(type))] + members)
  }

  private var descriptor: JSON {
    Self.entity(
      Self.fileName, "CreativeWork",
      [("conformsTo", Self.reference("https://w3id.org/ro/crate/1.1")), ("about", Self.reference("./"))])
  }

  private var root: JSON {
    let date = publication?.date ?? String(RecordContent.utc(time(nil)).prefix(10))
    var members: Members = [
      ("conformsTo", Self.reference(Self.profile)), ("name", .string(model.title)),
      ("description", .string(model.about ?? "Results of the scenario \"\(model.title)\"")),
      ("datePublished", .string(date)),
    ]
    if let licence = publication?.licence {
      members.append(("license", Self.reference("https://spdx.org/licenses/\(licence)")))
    }
    if !people.isEmpty { members.append(("author", .array(peopleReferences))) }
    if let version = publication?.version { members.append(("version", .string(version))) }
    if let keywords = publication?.keywords, !keywords.isEmpty {
      members.append(("keywords", .string(keywords.joined(separator: ", "))))
    }
    return Self.entity(
      "./", "Dataset",
      members + [("hasPart", .array(fileReferences)), ("mentions", .array([Self.reference(Self.action)]))])
  }

  private var profile: JSON {
    Self.entity(
      Self.profile, "CreativeWork", [("name", .string("Process Run Crate")), ("version", .string("0.5"))])
  }

  private var program: JSON {
    Self.entity(
      "#loadcast", "SoftwareApplication",
      [("name", .string("loadcast")), ("softwareVersion", .string(EngineVersion.current))])
  }

  private var action: JSON {
    let words = ["loadcast"] + (written.invocation?.arguments ?? ["run"])
    let times: Members =
      (written.invocation?.started).map { started in
        [
          ("startTime", .string(RecordContent.utc(started))), ("endTime", .string(RecordContent.utc(time(nil)))),
        ]
      } ?? []
    let agent: Members = people.isEmpty ? [] : [("agent", .array(peopleReferences))]
    return Self.entity(
      Self.action, "CreateAction",
      [
        ("name", .string("Run of the scenario \"\(model.title)\"")),
        ("description", .string(words.map(ReproducingCommand.quoted).joined(separator: " "))),
      ] + times + [("instrument", Self.reference("#loadcast"))] + agent + [
        ("object", .array((sources.indices.map(sourceID) + settings.map { "#\($0.name)" }).map(Self.reference))),
        ("result", .array(fileReferences)),
        ("actionStatus", Self.reference("http://schema.org/CompletedActionStatus")),
      ])
  }

  // MARK: Inputs

  private func sourceID(_ number: Int) -> String { "#scenario-\(number + 1)" }

  /// The files of the scenario. They are not in the folder, so that they are described and not part of it.
  private var sources: [JSON] {
    model.files.enumerated().map { number, file in
      let path = model.folder == "." ? file.path : "\(model.folder)/\(file.path)"
      return Self.entity(
        sourceID(number), "CreativeWork", [("name", .string(path)), ("sha256", .string(file.sha256))])
    }
  }

  private var settings: [(name: String, value: JSON)] {
    [
      ("draws", .integer(result.draws)), ("seed", .string(String(model.settings.seed))),
      ("design", .string(model.settings.design)),
    ]
  }

  private var parameters: [JSON] {
    settings.map { name, value in
      Self.entity("#\(name)", "PropertyValue", [("name", .string(name)), ("value", value)])
    }
  }

  /// The creators. A scenario does not say whether one is a person or an organisation, and both are a thing.
  private var people: [JSON] {
    (publication?.creators ?? []).enumerated().map { number, name in
      Self.entity("#creator-\(number + 1)", "Thing", [("name", .string(name))])
    }
  }

  private var peopleReferences: [JSON] { people.indices.map { Self.reference("#creator-\($0 + 1)") } }

  // MARK: Files

  private static let recordName = RecordContent.Command.run.fileName

  private var fileReferences: [JSON] {
    (written.files.map(\.path) + [Self.recordName]).map { Self.reference(Self.identifier($0)) }
  }

  /// The files, and the record, which is written after this description and has its digest.
  private var files: [JSON] {
    let described = written.files.map { file in
      Self.entity(
        Self.identifier(file.path), "File",
        [
          ("name", .string(file.path)), ("encodingFormat", .string(Self.mediaType(of: file.path))),
          ("contentSize", .string(String(file.bytes))), ("sha256", .string(file.sha256)),
        ])
    }
    return described + [
      Self.entity(
        Self.recordName, "File",
        [
          ("name", .string(Self.recordName)), ("encodingFormat", .string("application/json")),
          (
            "description",
            .string(
              "Inputs with their sources, settings, and the digests of all other files, this description among them")
          ),
        ])
    ]
  }

  /// A path as a relative reference (RFC 3986): other bytes than unreserved ones and slashes are escaped.
  private static func identifier(_ path: String) -> String {
    path.utf8.map { byte in
      let character = Character(UnicodeScalar(byte))
      if byte < 0x80, character.isLetter || character.isNumber || "-._~/".contains(character) {
        return String(character)
      }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }

  private static func mediaType(of path: String) -> String {
    let types = [
      ".csv": "text/csv", ".json": "application/json", ".html": "text/html", ".sqlite": "application/vnd.sqlite3",
    ]
    return types.first { path.hasSuffix($0.key) }?.value ?? "application/octet-stream"
  }
}
