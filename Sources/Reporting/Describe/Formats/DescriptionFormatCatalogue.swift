/// The description formats, in alphabetical order of their names.
package enum DescriptionFormatCatalogue {
  /// Every format.
  package static let all: [any DescriptionFormat.Type] = [
    CSVDescription.self,
    DOTDescription.self,
    JSONDescription.self,
    MarkdownDescription.self,
    MermaidDescription.self,
    TextDescription.self,
  ]

  /// The format with a given name.
  package static func format(named name: String) -> (any DescriptionFormat.Type)? { all.first { $0.name == name } }
}
