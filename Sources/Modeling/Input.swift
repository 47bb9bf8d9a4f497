import Diagnostics
import Distributions
import Units

/// The origin of a value, unit or setting.
package enum Origin: Sendable {
  /// A file.
  case file(SourcePlace)
  /// A command-line flag, as written.
  case flag(String)
  /// The built-in default.
  case builtIn
}

/// Statements about a value's origin, for the register of assumptions.
package struct Provenance: Sendable {
  /// The citation.
  package var source: String?
  /// A remark.
  package var note: String?
  /// Its quality, in the scenario's own words.
  package var quality: String?
  /// The party that could publish the true value.
  package var disclosableBy: String?

  /// Creates statements about a value's origin.
  package init(source: String? = nil, note: String? = nil, quality: String? = nil, disclosableBy: String? = nil) {
    self.source = source
    self.note = note
    self.quality = quality
    self.disclosableBy = disclosableBy
  }
}

/// A coordinate's position in `Model.coordinates`.
package struct CoordinateID: Hashable, Sendable, Comparable {
  /// The position.
  package var position: Int

  /// Creates an identifier from a position.
  package init(_ position: Int) { self.position = position }

  /// By position.
  package static func < (a: Self, b: Self) -> Bool { a.position < b.position }
}

/// An uncertain (or constant) quantity given in a scenario: an input or a reference.
///
/// Distributions belong to support points: the cells themselves or, with `interpolate`, the anchor points between which
/// cells are interpolated.
package struct Input: Sendable {
  /// The points that have their own value.
  package var supportPoints: [SupportPoint]
  /// The rule for each cell's value, one for each cell of the quantity.
  package var cells: [CellRule]
  /// The groups of shares that sum to one, draw by draw.
  package var shareGroups: [ShareGroup]
  /// The index whose labels are the values of a label-valued input: a value is then a label's position.
  package var categories: IndexID?
  /// The dependence of the cells along each index, as written; empty if nothing is uncertain.
  package var dependence: [IndexID: IndexDependence]

  /// Creates an input.
  package init(
    supportPoints: [SupportPoint], cells: [CellRule], shareGroups: [ShareGroup] = [], categories: IndexID? = nil,
    dependence: [IndexID: IndexDependence] = [:]
  ) {
    self.supportPoints = supportPoints
    self.cells = cells
    self.shareGroups = shareGroups
    self.categories = categories
    self.dependence = dependence
  }
}

/// The dependence of the cells of an input along an index.
package enum IndexDependence: Sendable, Equatable {
  /// All labels share one probability.
  case shared
  /// Each label has an independent probability.
  case independent
  /// A rank correlation: on a numeric index of labels 1 apart, and less for those further apart; on another index of
  /// all pairs of labels.
  case rank(Double)
}

/// A cell or anchor point of an input that has its own value.
package struct SupportPoint: Sendable {
  /// The value of a support point.
  package enum Value: Sendable {
    /// A number in base units.
    case constant(Double)
    /// A distribution; argument formulas over indexes take the cells' labels of this support point.
    case distribution(DistributionExpression)
    /// The k-th part of a share group.
    case share(group: Int, part: Int)
  }

  /// The value.
  package var value: Value
  /// The coordinate that gives its probability; nil for parts of share groups, and for constants without a correlation.
  package var coordinate: CoordinateID?
  /// The label position on each index along which support points differ; for an anchor point, that of its label.
  package var labels: [IndexID: Int]
  /// The label of an anchor point outside its index, from which labels of the index are interpolated; `labels` then
  /// lacks that index.
  package var outside: OutsideLabel?
  /// The value as it would be written in a scenario, with its unit: `0.25 kW to 0.3 kW`.
  package var text: String
  /// Its origin: a value, an entry of a mapping, a row of a table.
  package var origin: Origin
  /// Statements about this value in a table's row, if there are any.
  package var provenance: Provenance

  /// A label that a numeric index does not have.
  package struct OutsideLabel: Sendable, Equatable {
    /// The index.
    package var index: IndexID
    /// The label: the number, formatted like a label of a range.
    package var label: String

    /// Creates a label outside an index.
    package init(index: IndexID, label: String) {
      self.index = index
      self.label = label
    }
  }

  /// Creates a support point.
  package init(
    value: Value, coordinate: CoordinateID?, labels: [IndexID: Int], outside: OutsideLabel? = nil, text: String,
    origin: Origin, provenance: Provenance = Provenance()
  ) {
    self.value = value
    self.coordinate = coordinate
    self.labels = labels
    self.outside = outside
    self.text = text
    self.origin = origin
    self.provenance = provenance
  }
}

/// The rule that computes a cell's value from support points.
package enum CellRule: Sendable {
  /// The value of a support point.
  case supportPoint(Int)
  /// Between two anchor points, draw by draw: `(1 - fraction) * from + fraction * to`, or the same for the logarithms.
  case interpolated(from: Int, to: Int, fraction: Double, logarithmic: Bool)
  /// Another cell rule multiplied by a number: `NAME*=factor`.
  indirect case scaled(CellRule, by: Double)
}

/// A vector of shares along an index with a Dirichlet distribution, which sum to one.
///
/// With alpha the parameters in the index's order, part k is v_k times the product of (1 - v_j) over j < k, where
/// v_k is beta(alpha_k, sum of alpha_j over j > k), and the last v is one.
/// Source: stick-breaking, e.g. Gelman et al., Bayesian Data Analysis, 3rd ed. (2013), appendix A, p. 583.
package struct ShareGroup: Sendable {
  /// The Dirichlet parameters, dimensionless, one for each part.
  package var parameters: [Expression]
  /// A coordinate for each part except the last.
  package var coordinates: [CoordinateID]
  /// The label positions of the group on the other indexes.
  package var labels: [IndexID: Int]

  /// Creates a vector of shares.
  package init(parameters: [Expression], coordinates: [CoordinateID], labels: [IndexID: Int]) {
    self.parameters = parameters
    self.coordinates = coordinates
    self.labels = labels
  }
}
