/// All sampling designs, sorted by the names of their types.
package enum SamplingDesignCatalogue {
  /// The designs, one per line.
  package static let all: [any SamplingDesign.Type] = [
    LatinHypercube.self,
    MonteCarlo.self,
    Owen.self,
    Sobol.self,
  ]

  /// The design with this name after `design:`; nil if there is none.
  package static func design(named name: String) -> (any SamplingDesign.Type)? {
    all.first { $0.name == name }
  }
}
