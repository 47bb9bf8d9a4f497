/// All sensitivity methods, in the order of their types' names.
public enum SensitivityMethodCatalogue {
  /// The methods, one per line.
  public static let all: [any SensitivityMethod.Type] = [
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
  public static func method(named name: String) -> (any SensitivityMethod.Type)? { all.first { $0.name == name } }
}
