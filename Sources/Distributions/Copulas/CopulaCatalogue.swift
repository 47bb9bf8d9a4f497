/// Every copula that a scenario can name.
///
/// The elliptical ones come from a matrix of correlations of any size; pair copulas tie two coordinates. A pair copula
/// is one file in `Copulas/Families` and one line here; a test reads the folder and proves that the line was not
/// forgotten.
public enum CopulaCatalogue {
  /// The pair copulas, in the order of their names.
  public static let pairs: [any PairCopula.Type] = [
    ClaytonCopula.self,
    FrankCopula.self,
    GumbelCopula.self,
  ]

  /// The copulas of a correlation matrix.
  public static let elliptical = ["gaussian", "student"]

  /// All names that stand for a copula.
  public static let names = (elliptical + pairs.map { $0.name }).sorted()

  /// The pair copula of a name.
  public static func pair(named name: String) -> (any PairCopula.Type)? { pairs.first { $0.name == name } }
}
