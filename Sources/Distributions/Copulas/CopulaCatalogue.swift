/// All copulas that a scenario can name.
///
/// Elliptical copulas take a correlation matrix of any size; pair copulas join two coordinates. A pair copula is one
/// file in `Copulas/Families` and one line here; a test compares the folder with this list.
package enum CopulaCatalogue {
  /// The pair copulas, sorted by name.
  package static let pairs: [any PairCopula.Type] = [
    ClaytonCopula.self,
    FrankCopula.self,
    GumbelCopula.self,
  ]

  /// The copulas with a correlation matrix.
  package static let elliptical = ["gaussian", "student"]

  /// All copula names, sorted.
  package static let names = (elliptical + pairs.map { $0.name }).sorted()

  /// The pair copula with a name.
  package static func pair(named name: String) -> (any PairCopula.Type)? { pairs.first { $0.name == name } }
}
