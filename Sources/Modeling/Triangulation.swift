import Units

/// Several routes to one quantity, each a formula of the scenario, and how they are pooled.
public struct Triangulation: Sendable {
  /// One way to estimate the quantity.
  public struct Route: Sendable {
    /// What it is called.
    public var label: String
    /// The quantity that computes it.
    public var quantity: QuantityID
    /// Labels picked on some of the quantity's indexes.
    public var labels: [IndexID: Int]
    /// Its weight in pools, by cell of the triangulation; the weights of all routes sum to 1 in each.
    public var weight: Weight

    /// One way to estimate the quantity.
    public init(label: String, quantity: QuantityID, labels: [IndexID: Int] = [:], weight: Weight) {
      self.label = label
      self.quantity = quantity
      self.labels = labels
      self.weight = weight
    }
  }

  /// A route's weight.
  public enum Weight: Sendable {
    /// The same in all cells.
    case number(Double)
    /// A quantity that no draw makes uncertain, at labels picked on some of its indexes.
    case quantity(QuantityID, labels: [IndexID: Int])
  }

  /// Ways to make one distribution of several routes.
  public enum Pool: String, Sendable, CaseIterable {
    /// One of the routes, with their weights as probabilities.
    case linear
    /// The weighted geometric mean, draw by draw.
    case logarithmic
    /// Routes as readings with errors of their own between them, of a spread that is estimated.
    case hierarchical
  }

  /// The scale of the half-normal prior of the standard deviation between routes, of logarithms, where none is given.
  ///
  /// Half-normal(0.5) leaves 95 % below 0.98, a factor of 2.7 between routes: weakly informative for effects on a
  /// logarithmic scale (Röver et al. 2021, doi:10.1002/jrsm.1475, section 3.4).
  public static let usualHeterogeneity = 0.5

  /// What the routes estimate.
  public var name: String
  /// The routes, at least two.
  public var routes: [Route]
  /// The cells in which they are held against each other: all indexes that any route has.
  public var cells: CellSpace
  /// The unit in which all are reported.
  public var unit: Unit
  /// How they are pooled, each way once.
  public var pools: [Pool]
  /// The scale of the half-normal prior of the standard deviation between the logarithms of routes.
  public var heterogeneity: Double
  /// Statements about where it comes from.
  public var provenance: Provenance
  /// Where it is written.
  public var place: SourcePlace

  /// Several routes to one quantity.
  public init(
    name: String, routes: [Route], cells: CellSpace, unit: Unit, pools: [Pool] = Pool.allCases,
    heterogeneity: Double = Self.usualHeterogeneity, provenance: Provenance = Provenance(), place: SourcePlace
  ) {
    self.name = name
    self.routes = routes
    self.cells = cells
    self.unit = unit
    self.pools = pools
    self.heterogeneity = heterogeneity
    self.provenance = provenance
    self.place = place
  }
}
