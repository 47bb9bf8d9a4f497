import Modeling

/// What `correlations` says, read but not yet held against the inputs' cells.
struct CheckedCorrelations {
  /// An item of the section.
  struct Item {
    /// The inputs that it names, each once.
    var inputs: [QuantityID]
    /// Where it is written.
    var place: SourcePlace
    /// What it says, for reports.
    var text: String
  }

  /// The items that tie inputs.
  var items: [Item] = []
  /// The correlations, each with its place: an item, or a matrix's field.
  private(set) var pairs: [(pair: CorrelationStructure.PairCorrelation, place: SourcePlace)] = []
  /// The pair copulas.
  private(set) var pairDependences: [(pairDependence: CorrelationStructure.PairDependence, place: SourcePlace)] = []
  /// The copula of correlations that say none.
  var copula = EllipticalCopula.normal
  /// Whether every impossible matrix is to be replaced.
  var isRepairable = false
  /// What holds for all, for reports.
  var general: [String] = []
  private var places: [Set<QuantityID>: SourcePlace] = [:]

  /// All that is said, for reports.
  var texts: [String] { items.map(\.text) + general }

  /// The place of what is said of two inputs.
  func place(_ first: QuantityID, _ second: QuantityID) -> SourcePlace? { places[[first, second]] }

  /// Adds a correlation between two inputs of which nothing is said yet.
  mutating func add(_ pair: CorrelationStructure.PairCorrelation, at place: SourcePlace) {
    pairs.append((pair, place))
    places[[pair.first, pair.second]] = place
  }

  /// Adds a pair copula of two inputs of which nothing is said yet.
  mutating func add(_ pairDependence: CorrelationStructure.PairDependence, at place: SourcePlace) {
    pairDependences.append((pairDependence, place))
    places[[pairDependence.first, pairDependence.second]] = place
  }
}
