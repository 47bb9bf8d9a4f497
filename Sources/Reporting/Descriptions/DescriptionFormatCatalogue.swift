/// The forms of descriptions, in alphabetical order of their names.
public enum DescriptionFormatCatalogue {
  /// Every form.
  public static let all: [any DescriptionFormat.Type] = [
    CSVDescription.self,
    DOTDescription.self,
    JSONDescription.self,
    MarkdownDescription.self,
    MermaidDescription.self,
    TextDescription.self,
  ]

  /// The form of a name.
  public static func format(named name: String) -> (any DescriptionFormat.Type)? { all.first { $0.name == name } }
}
