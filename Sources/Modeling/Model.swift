import Distributions
import Sampling
import Units
import VectorMath

/// A checked scenario: every name has a unit and a set of indexes, and nothing that the text can decide is left open.
public struct Model: Sendable {
  /// The scenario's title, or its file's name.
  public var title: String
  /// The scenario's description.
  public var about: String?
  /// The indexes, in the merged file's order.
  public var indexes: [Index]
  /// The units that the scenario knows, declared ones included.
  public var units: UnitTable
  /// Inputs, equations and references, in the merged file's order, inputs first; behind them the targets' equations.
  public var quantities: [Quantity]
  /// The quantities in an order in which each follows what it needs.
  public var order: [EvaluationGroup]
  /// The coordinates of all inputs (in dealing order), then of references, then of copulas.
  public var coordinates: [Coordinate]
  /// Groups of dependent coordinates, each in byte order of the coordinates' descriptions; disjoint.
  public var components: [CopulaComponent]
  /// Correlation matrices that were replaced by the nearest possible ones.
  public var repairs: [CorrelationRepair]
  /// What is reported, in the file's order.
  public var outputs: [Output]
  /// What was observed, in the file's order.
  public var observations: [Observation] = []
  /// Quantities that several routes estimate, in the file's order.
  public var triangulations: [Triangulation] = []
  /// Formulas asked for beside the equations, in the order in which they were given.
  public var targets: [Target]
  /// The correlations as written, for reports.
  public var correlations: [String]
  /// How to run it.
  public var settings: RunSettings
  /// SHA-256 over the scenario's files and overriding flags, in lower-case hexadecimal.
  public var digest: String
  /// What is probably not meant, though it can be run.
  public var warnings: [Diagnostic]
  /// The files read, main file first, each with the SHA-256 of its bytes in lower-case hexadecimal.
  public var files: [(path: String, sha256: String)]
  /// The words of a command line that say which scenario this is: the file, what is assigned to inputs, the root.
  public var invocation: [String]
  /// Rows of tables that were skipped because they lie outside a numeric index.
  public var skippedTableRows: Int

  /// A checked scenario, from all its parts.
  public init(
    title: String, about: String?, indexes: [Index], units: UnitTable, quantities: [Quantity],
    order: [EvaluationGroup], coordinates: [Coordinate], components: [CopulaComponent],
    repairs: [CorrelationRepair] = [], outputs: [Output],
    correlations: [String], settings: RunSettings, digest: String, warnings: [Diagnostic],
    files: [(path: String, sha256: String)] = [], skippedTableRows: Int = 0, invocation: [String] = [],
    targets: [Target] = []
  ) {
    self.title = title
    self.about = about
    self.indexes = indexes
    self.units = units
    self.quantities = quantities
    self.order = order
    self.coordinates = coordinates
    self.components = components
    self.repairs = repairs
    self.outputs = outputs
    self.targets = targets
    self.correlations = correlations
    self.settings = settings
    self.digest = digest
    self.warnings = warnings
    self.files = files
    self.skippedTableRows = skippedTableRows
    self.invocation = invocation
  }

  /// The quantity with an identifier.
  public subscript(id: QuantityID) -> Quantity { quantities[id.position] }

  /// The index with an identifier.
  public subscript(id: IndexID) -> Index { indexes[id.position] }

  /// The quantity of a name.
  public func quantity(named name: String) -> QuantityID? {
    quantities.firstIndex { $0.name == name }.map(QuantityID.init)
  }

  /// The labels of a cell, in the order of the indexes' names.
  public func labels(ofCell cell: Int, in space: CellSpace) -> [String] {
    zip(space.indexes, space.positions(ofCell: cell)).map { self[$0].labels[$1] }
  }

  /// A quantity's cell as written in reports: `name[2025,h100]`.
  public func cellName(_ id: QuantityID, cell: Int) -> String {
    let labels = labels(ofCell: cell, in: self[id].cells)
    return labels.isEmpty ? self[id].name : "\(self[id].name)[\(labels.joined(separator: ","))]"
  }
}

/// A named value of a model: an input, an equation or a reference.
public struct Quantity: Sendable {
  /// What it is.
  public enum Kind: Sendable {
    /// An input of the scenario.
    case input(Input)
    /// An input that outputs are held against.
    case reference(Input)
    /// A formula.
    case equation(Expression)
  }

  /// The name.
  public var name: String
  /// What it is.
  public var kind: Kind
  /// Its cells; indexes in the order of their names.
  public var cells: CellSpace
  /// The unit in which it is reported; its dimension is the quantity's.
  public var unit: Unit
  /// A reference's scope tags; empty for others.
  public var scope: [String: String]
  /// Statements about where it comes from.
  public var provenance: Provenance
  /// Where it is defined, by file or by a flag that replaced its value.
  public var origin: Origin
  /// An equation's formula as written (folded to one line, as YAML folds it), for reports; nil for others.
  public var formula: String?

  /// A named value.
  public init(
    name: String, kind: Kind, cells: CellSpace, unit: Unit, scope: [String: String] = [:],
    provenance: Provenance = Provenance(), origin: Origin, formula: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.cells = cells
    self.unit = unit
    self.scope = scope
    self.provenance = provenance
    self.origin = origin
    self.formula = formula
  }

  /// Whether formulas can name it: formulas of evidence are equations too, but called like their text.
  public var isNamed: Bool { formula != name }

  /// The input of an input or reference.
  public var input: Input? {
    switch kind {
    case .input(let input), .reference(let input): input
    case .equation: nil
    }
  }
}

/// Quantities that are evaluated together.
public struct EvaluationGroup: Sendable {
  /// One quantity, or those of a cycle.
  public var quantities: [QuantityID]
  /// The index along which a cycle runs through `previous`, label by label; nil where there is none.
  public var along: IndexID?

  /// Quantities that are evaluated together.
  public init(quantities: [QuantityID], along: IndexID? = nil) {
    self.quantities = quantities
    self.along = along
  }
}

/// One axis of the unit cube.
public struct Coordinate: Sendable {
  /// Its address, apart from the seed.
  public var address: CoordinateAddress
  /// The input or reference that uses it.
  public var quantity: QuantityID
  /// Whether a design deals it; references' coordinates are always plain Monte Carlo.
  public var usesDesign: Bool
  /// The coordinate that it is dealt right after; nil for its place among all.
  ///
  /// A copula's coordinate so follows the last one that the copula ties, and an input that is added after that leaves
  /// it where it was.
  public var assignedAfter: CoordinateID?

  /// One axis of the unit cube.
  public init(address: CoordinateAddress, quantity: QuantityID, usesDesign: Bool, assignedAfter: CoordinateID? = nil) {
    self.address = address
    self.quantity = quantity
    self.usesDesign = usesDesign
    self.assignedAfter = assignedAfter
  }
}

/// Coordinates that depend on each other, and on no others.
public struct CopulaComponent: Sendable {
  /// How they depend on each other.
  public enum Copula: Sendable {
    /// Their normal scores are jointly normal.
    case normal
    /// The same, divided by the root of one common chi-squared value over its degrees of freedom, for which a coordinate
    /// of its own gives the probability.
    case student(StudentCopula, mixing: CoordinateID)
    /// Two coordinates: the first stays as it is, and the second follows it by its conditional quantile function.
    case pair(ConditionalQuantile)
  }

  /// The coordinates, in byte order of their addresses' descriptions.
  public var coordinates: [CoordinateID]
  /// The lower Cholesky factor of the correlation matrix of normal scores, row-major, as many rows as coordinates; empty
  /// for a pair copula.
  public var factor: [Double]
  /// How they depend on each other.
  public var copula: Copula

  /// Dependent coordinates.
  public init(coordinates: [CoordinateID], factor: [Double], copula: Copula = .normal) {
    self.coordinates = coordinates
    self.factor = factor
    self.copula = copula
  }
}

/// A correlation matrix that no distribution has, and the nearest one that took its place.
public struct CorrelationRepair: Sendable {
  /// An entry of the matrix of normal-score correlations, as it was stated and as it is now.
  public struct Entry: Sendable {
    /// The row's coordinate and the column's.
    public var row: CoordinateID, column: CoordinateID
    /// The correlation as stated; 0 where nothing was said.
    public var stated: Double
    /// The correlation in force.
    public var repaired: Double
    /// How far it moved.
    public var move: Double { repaired - stated }

    /// An entry before and after.
    public init(row: CoordinateID, column: CoordinateID, stated: Double, repaired: Double) {
      self.row = row
      self.column = column
      self.stated = stated
      self.repaired = repaired
    }
  }

  /// The smallest eigenvalue of the matrix as stated.
  public var smallestEigenvalue: Double
  /// The entries off the diagonal, row by row, each once.
  public var entries: [Entry]

  /// A repair.
  public init(smallestEigenvalue: Double, entries: [Entry]) {
    self.smallestEigenvalue = smallestEigenvalue
    self.entries = entries
  }
}

/// A quantity that is reported.
public struct Output: Sendable {
  /// The input or equation.
  public var quantity: QuantityID
  /// The unit of all its figures.
  public var unit: Unit
  /// What it covers, by tag.
  public var scope: [String: String]
  /// What it is held against.
  public var comparisons: [Comparison]
  /// A remark for readers of the result.
  public var note: String?
  /// Where it is written.
  public var place: SourcePlace

  /// A quantity that is reported.
  public init(
    quantity: QuantityID, unit: Unit, scope: [String: String], comparisons: [Comparison], note: String? = nil,
    place: SourcePlace
  ) {
    self.quantity = quantity
    self.unit = unit
    self.scope = scope
    self.comparisons = comparisons
    self.note = note
    self.place = place
  }
}

/// An output held against a reference.
public struct Comparison: Sendable {
  /// The reference.
  public var reference: QuantityID
  /// Labels picked on some of the reference's indexes.
  public var labels: [IndexID: Int]
  /// A pure number, input or equation, that the output is multiplied by first, draw by draw.
  public var convert: QuantityID?
  /// The reference as written, for reports: `bitcoin[edition=revised_2023]`.
  public var text: String
  /// The tags that one side states and the other does not.
  public var unstatedTags: [String]

  /// An output held against a reference.
  public init(
    reference: QuantityID, labels: [IndexID: Int] = [:], convert: QuantityID? = nil, text: String,
    unstatedTags: [String] = []
  ) {
    self.reference = reference
    self.labels = labels
    self.convert = convert
    self.text = text
    self.unstatedTags = unstatedTags
  }
}

/// How to run a model.
public struct RunSettings: Sendable {
  /// The number of draws; with a tolerance, the most.
  public var draws: Int
  /// The seed.
  public var seed: UInt64
  /// The name of the sampling design.
  public var design: String
  /// How well figures must be known; nil for as many draws as are said, whatever their errors.
  public var tolerance: Tolerance?
  /// Whether quantiles are exact order statistics of the draws.
  public var isExact = false
  /// Where each of them comes from, by key: `draws`, `seed`, `design`.
  public var origins: [String: Origin]

  /// How to run a model; by default a million scrambled Sobol' draws of seed 1.
  public init(draws: Int = 1_000_000, seed: UInt64 = 1, design: String = "sobol", origins: [String: Origin] = [:]) {
    self.draws = draws
    self.seed = seed
    self.design = design
    self.origins = origins
  }
}
