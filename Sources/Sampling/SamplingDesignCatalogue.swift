/// All sampling designs, in the order of their type's names.
public enum SamplingDesignCatalogue {
  /// The designs; a line each.
  public static let all: [any SamplingDesign.Type] = [
    LatinHypercube.self,
    MonteCarlo.self,
    Owen.self,
    Sobol.self,
  ]

  /// The design that is written so after `design:`; nil if there is none.
  public static func design(named name: String) -> (any SamplingDesign.Type)? {
    all.first { $0.name == name }
  }
}
