/// The description formats, in alphabetical order of their names.
public enum DescriptionFormatCatalogue {
  /// Every format.
  public static let all: [any DescriptionFormat.Type] = [
    CSVDescription.self,
    DOTDescription.self,
    JSONDescription.self,
    MarkdownDescription.self,
    MermaidDescription.self,
    TextDescription.self,
  ]

  /// The format with a given name.
  public static func format(named name: String) -> (any DescriptionFormat.Type)? { all.first { $0.name == name } }
}
