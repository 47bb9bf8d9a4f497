import Distributions
import Units

/// Where a value, unit or setting came from.
public enum Origin: Sendable {
  /// A file.
  case file(SourcePlace)
  /// A command-line flag, as written.
  case flag(String)
  /// The built-in default.
  case builtIn
}

/// What is said about where a value comes from; for the register of assumptions.
public struct Provenance: Sendable {
  /// The citation.
  public var source: String?
  /// A remark.
  public var note: String?
  /// How good it is, in the scenario's own words.
  public var quality: String?
  /// Who could publish the true figure.
  public var disclosableBy: String?

  /// Statements about a value's origin.
  public init(source: String? = nil, note: String? = nil, quality: String? = nil, disclosableBy: String? = nil) {
    self.source = source
    self.note = note
    self.quality = quality
    self.disclosableBy = disclosableBy
  }
}

/// A coordinate's position in `Model.coordinates`.
public struct CoordinateID: Hashable, Sendable, Comparable {
  /// The position.
  public var position: Int

  /// The coordinate at a position.
  public init(_ position: Int) { self.position = position }

  /// By position.
  public static func < (a: Self, b: Self) -> Bool { a.position < b.position }
}

/// An uncertain (or constant) quantity that a scenario states: an input or a reference.
///
/// Distributions stand at support points: the cells themselves or, with `interpolate`, the anchor points from which
/// cells are interpolated.
public struct Input: Sendable {
  /// The places that have a value of their own.
  public var supportPoints: [SupportPoint]
  /// How each cell's value comes from support points; as many as the quantity has cells.
  public var cells: [CellRule]
  /// The groups of support points that sum to one, draw by draw.
  public var shareGroups: [ShareGroup]
  /// The index whose labels are the values, for a label-valued input: a value is then a label's position.
  public var categories: IndexID?
  /// How the cells hang together along each index, as written; empty if nothing is uncertain.
  public var dependence: [IndexID: IndexDependence]

  /// A stated quantity.
  public init(
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

/// How the cells of an input hang together along an index.
public enum IndexDependence: Sendable, Equatable {
  /// One probability serves all labels.
  case shared
  /// Each label has its own.
  case independent
  /// A rank correlation: of labels 1 apart on a numeric index, less for those further apart; of all pairs on another.
  case rank(Double)
}

/// A cell or anchor point of an input with a value of its own.
public struct SupportPoint: Sendable {
  /// What stands there.
  public enum Value: Sendable {
    /// A number in base units.
    case constant(Double)
    /// A distribution; argument formulas over indexes take the cells' labels of this support point.
    case distribution(DistributionExpression)
    /// The k-th part of a share group.
    case share(group: Int, part: Int)
  }

  /// What stands there.
  public var value: Value
  /// The coordinate that gives its probability; nil for parts of share groups, and for constants that no
  /// correlation keeps.
  public var coordinate: CoordinateID?
  /// The label position on each index along which support points differ; for anchor points the anchor point's label.
  public var labels: [IndexID: Int]
  /// The label of a anchor point outside its index, from which labels of the index are interpolated; `labels` lacks
  /// that index.
  public var outside: OutsideLabel?
  /// The value as a reader would write it, with its unit: `0.25 kW to 0.3 kW`.
  public var text: String
  /// Where it is written: a value, a mapping's entry, a table's row.
  public var origin: Origin
  /// Statements of a table's row about this value, where it has its own.
  public var provenance: Provenance

  /// A label that a numeric index does not have.
  public struct OutsideLabel: Sendable, Equatable {
    /// The index.
    public var index: IndexID
    /// The label: the number as a range of the index would write it.
    public var label: String

    /// A label outside an index.
    public init(index: IndexID, label: String) {
      self.index = index
      self.label = label
    }
  }

  /// A value at a place of an input.
  public init(
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

/// How a cell's value comes from support points.
public enum CellRule: Sendable {
  /// The value of a support point.
  case supportPoint(Int)
  /// Between two anchor points, draw by draw: `(1 - fraction) * from + fraction * to`, or the same of the logarithms.
  case interpolated(from: Int, to: Int, fraction: Double, logarithmic: Bool)
  /// Any other cell rule times a number: `NAME*=factor`.
  indirect case scaled(CellRule, by: Double)
}

/// A vector of shares that sums to one along an index, Dirichlet distributed.
///
/// With alpha the parameters in the index's order, part k is v_k times the product of (1 - v_j) over j < k, where
/// v_k is beta(alpha_k, sum of alpha_j over j > k), and the last v is one.
/// Source: stick-breaking, e.g. Gelman et al., Bayesian Data Analysis, 3rd ed. (2013), appendix A, p. 583.
public struct ShareGroup: Sendable {
  /// The Dirichlet parameters, dimensionless, one for each part.
  public var parameters: [Expression]
  /// A coordinate for each part but the last.
  public var coordinates: [CoordinateID]
  /// The label positions of the group on the other indexes.
  public var labels: [IndexID: Int]

  /// A vector of shares.
  public init(parameters: [Expression], coordinates: [CoordinateID], labels: [IndexID: Int]) {
    self.parameters = parameters
    self.coordinates = coordinates
    self.labels = labels
  }
}
