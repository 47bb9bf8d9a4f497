/// The output formats, in alphabetical order.
public enum OutputFormatCatalogue {
  /// Every format.
  public static let all: [any OutputFormat.Type] = [
    CSVFormat.self,
    ExcelFormat.self,
    HTMLFormat.self,
    JSONFormat.self,
    NPYFormat.self,
  ]

  /// The format of a name.
  public static func format(named name: String) -> (any OutputFormat.Type)? { all.first { $0.name == name } }
}
