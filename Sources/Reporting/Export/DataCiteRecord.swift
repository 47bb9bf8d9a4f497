import Modeling
import TextFormats

/// The metadata of a data package in the DataCite schema, version 4.5 (schema.datacite.org/meta/kernel-4.5), which
/// repositories ask for when they assign a DOI.
struct DataCiteRecord {
  private let model: Model
  private let publication: CitationDetails
  private let date: String

  /// The record of a scenario; nil unless its publication has what the schema requires: creators and a date.
  init?(of model: Model) {
    guard let publication = model.publication, !publication.creators.isEmpty, let date = publication.date else {
      return nil
    }
    self.model = model
    self.publication = publication
    self.date = date
  }

  /// `datacite.json`
  var file: ReportFile { ReportFile(name: "datacite.json", text: { content.text + "\n" }) }

  private var content: JSON {
    .object(
      [
        ("schemaVersion", .string("http://datacite.org/schema/kernel-4")),
        ("types", .object([("resourceTypeGeneral", .string("Dataset")), ("resourceType", .string("Data package"))])),
        ("creators", .array(publication.creators.map { .object([("name", .string($0))]) })),
        ("titles", .array([.object([("title", .string(model.title))])])),
        // The repository replaces it by its own name.
        ("publisher", .object([("name", .string(publication.creators[0]))])),
        ("publicationYear", .string(String(date.prefix(4)))), ("dates", .array(dates)),
      ] + optional)
  }

  private var dates: [JSON] {
    let issued = JSON.object([("date", .string(date)), ("dateType", .string("Issued"))])
    guard let period = publication.period else { return [issued] }
    // Version 4.5 has no type for a period that the data are about.
    return [
      issued,
      .object([
        ("date", .string(period.first == period.last ? "\(period.first)" : "\(period.first)/\(period.last)")),
        ("dateType", .string("Other")),
        ("dateInformation", .string("temporal coverage")),
      ]),
    ]
  }

  private var optional: [(key: String, value: JSON)] {
    var members: [(key: String, value: JSON)] = []
    if !publication.keywords.isEmpty {
      members.append(("subjects", .array(publication.keywords.map { .object([("subject", .string($0))]) })))
    }
    if let place = publication.place {
      members.append(("geoLocations", .array([.object([("geoLocationPlace", .string(place))])])))
    }
    if let licence = publication.licence {
      members.append(
        (
          "rightsList",
          .array([
            .object([
              ("rightsIdentifier", .string(licence)), ("rightsIdentifierScheme", .string("SPDX")),
              ("schemeUri", .string("https://spdx.org/licenses/")),
            ])
          ])
        ))
    }
    if let version = publication.version { members.append(("version", .string(version))) }
    if let about = model.about {
      members.append(
        (
          "descriptions",
          .array([.object([("description", .string(about)), ("descriptionType", .string("Abstract"))])])
        ))
    }
    return members
  }
}
