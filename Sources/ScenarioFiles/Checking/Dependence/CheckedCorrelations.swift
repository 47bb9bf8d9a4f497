import Diagnostics
import Modeling

/// The content of `correlations`, read but not yet checked against the inputs' cells.
struct CheckedCorrelations {
  /// An item of the section.
  struct Item {
    /// The inputs that it names, each once.
    var inputs: [QuantityID]
    /// Its place.
    var place: SourcePlace
    /// Its content, for reports.
    var text: String
  }

  /// The items that correlate inputs.
  var items: [Item] = []
  /// The correlations, each with the place of its item or of its matrix field.
  private(set) var pairs: [(pair: CorrelationStructure.PairCorrelation, place: SourcePlace)] = []
  /// The pair copulas.
  private(set) var pairDependences: [(pairDependence: CorrelationStructure.PairDependence, place: SourcePlace)] = []
  /// The copula of correlations without an explicit one.
  var copula = EllipticalCopula.normal
  /// Whether every impossible matrix is to be replaced.
  var isRepairable = false
  /// The options that apply to all correlations, for reports.
  var general: [String] = []
  private var places: [Set<QuantityID>: SourcePlace] = [:]

  /// The whole content, for reports.
  var texts: [String] { items.map(\.text) + general }

  /// The place of the correlation of two inputs.
  func place(_ first: QuantityID, _ second: QuantityID) -> SourcePlace? { places[[first, second]] }

  /// Adds a correlation between two inputs that have none yet.
  mutating func add(_ pair: CorrelationStructure.PairCorrelation, at place: SourcePlace) {
    pairs.append((pair, place))
    places[[pair.first, pair.second]] = place
  }

  /// Adds a pair copula of two inputs that have no correlation yet.
  mutating func add(_ pairDependence: CorrelationStructure.PairDependence, at place: SourcePlace) {
    pairDependences.append((pairDependence, place))
    places[[pairDependence.first, pairDependence.second]] = place
  }
}
