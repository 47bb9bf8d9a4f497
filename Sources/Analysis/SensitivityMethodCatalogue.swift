/// All sensitivity methods, in the order of their types' names.
package enum SensitivityMethodCatalogue {
  /// The methods, one per line.
  package static let all: [any SensitivityMethod.Type] = [
    Delta.self,
    DerivativeBased.self,
    GivenData.self,
    Morris.self,
    Pawn.self,
    Shapley.self,
    ShapleyNeighbours.self,
    SobolIndices.self,
    Tornado.self,
  ]

  /// The method with the given name after `--method`; nil if there is none.
  package static func method(named name: String) -> (any SensitivityMethod.Type)? { all.first { $0.name == name } }
}
