import Diagnostics
import Units

/// Several routes to one quantity, each a formula of the scenario, and the ways to pool them.
package struct Triangulation: Sendable {
  /// One way to estimate the quantity.
  package struct Route: Sendable {
    /// The name.
    package var label: String
    /// The quantity that computes it.
    package var quantity: QuantityID
    /// Labels selected on some of the quantity's indexes.
    package var labels: [IndexID: Int]
    /// Its weight in pools, by cell of the triangulation; the weights of all routes sum to 1 in each.
    package var weight: Weight

    /// Creates a route.
    package init(label: String, quantity: QuantityID, labels: [IndexID: Int] = [:], weight: Weight) {
      self.label = label
      self.quantity = quantity
      self.labels = labels
      self.weight = weight
    }
  }

  /// A route's weight.
  package enum Weight: Sendable {
    /// The same in all cells.
    case number(Double)
    /// A quantity that is equal in all draws, at labels selected on some of its indexes.
    case quantity(QuantityID, labels: [IndexID: Int])
  }

  /// Ways to combine the distributions of several routes into one.
  package enum Pool: String, Sendable, CaseIterable {
    /// The mixture of the routes, with their weights as probabilities.
    case linear
    /// The weighted geometric mean, draw by draw.
    case logarithmic
    /// A random-effects model: routes have errors between them, with an estimated standard deviation.
    case hierarchical
  }

  /// The default scale of the half-normal prior of the standard deviation between the logarithms of routes.
  ///
  /// Half-normal(0.5) leaves 95 % below 0.98, a factor of 2.7 between routes: weakly informative for effects on a
  /// logarithmic scale (Röver et al. 2021, doi:10.1002/jrsm.1475, section 3.4).
  package static let usualHeterogeneity = 0.5

  /// The name of the estimated quantity.
  package var name: String
  /// The routes, at least two.
  package var routes: [Route]
  /// The cells in which they are compared: over all indexes that any route has.
  package var cells: CellSpace
  /// The unit of all routes in reports.
  package var unit: Unit
  /// The pools, each once.
  package var pools: [Pool]
  /// The scale of the half-normal prior of the standard deviation between the logarithms of routes.
  package var heterogeneity: Double
  /// Statements about its origin.
  package var provenance: Provenance
  /// Its place.
  package var place: SourcePlace

  /// Creates a triangulation.
  package init(
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
