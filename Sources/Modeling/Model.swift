import Diagnostics
import Distributions
import Sampling
import Units
import VectorMath

/// A checked scenario: every name has a unit and a set of indexes, and everything that the text determines is resolved.
package struct Model: Sendable {
  /// The scenario's title, or its file's name.
  package var title: String
  /// The scenario's description.
  package var about: String?
  /// How the results are published, if the scenario says so.
  package var publication: CitationDetails?
  /// The indexes, in the merged file's order.
  package var indexes: [Index]
  /// The available units, including declared ones.
  package var units: UnitTable
  /// Inputs, equations and references, in the merged file's order, inputs first; followed by the targets' equations.
  package var quantities: [Quantity]
  /// The quantities in an order in which each follows its dependencies.
  package var order: [EvaluationGroup]
  /// The coordinates of all inputs (in the order of design dimensions), then of references, then of copulas.
  package var coordinates: [Coordinate]
  /// Groups of dependent coordinates, each in byte order of the coordinates' descriptions; disjoint.
  package var components: [CopulaComponent]
  /// Correlation matrices that were replaced by the nearest possible ones.
  package var repairs: [CorrelationRepair]
  /// The reported quantities, in the file's order.
  package var outputs: [Output]
  /// The observations, in the file's order.
  package var observations: [Observation] = []
  /// Draws given the observations, on which the model is evaluated; nil for the prior.
  package var posterior: PosteriorSample?
  /// Latent totals with what is read of them, in the file's order.
  package var latents: [LatentTotal] = []
  /// Whether anything is observed or read, so that there is a posterior.
  package var hasPosterior: Bool { !observations.isEmpty || !latents.isEmpty }
  /// Figures that could be published, in the file's order.
  package var publishables: [PublishableReading] = []
  /// Quantities that several routes estimate, in the file's order.
  package var triangulations: [Triangulation] = []
  /// Formulas requested in addition to the equations, in the given order.
  package var targets: [Target]
  /// The correlations as written, for reports.
  package var correlations: [String]
  /// The run settings.
  package var settings: RunSettings
  /// SHA-256 of the scenario's files and overriding flags, in lower-case hexadecimal.
  package var digest: String
  /// Warnings about a scenario that can be run, but probably means something else.
  package var warnings: [Diagnostic]
  /// The files read, main file first, each with the SHA-256 of its bytes in lower-case hexadecimal.
  package var files: [(path: String, sha256: String)]
  /// The folder of the scenario, which the paths of its files are relative to: itself relative to the working directory, or
  /// `.` if it is not below that and was given by an absolute path.
  package var folder = "."
  /// The path of the scenario's own file, likewise.
  package var path = ""
  /// The command-line words that identify the scenario: the file, the assignments to inputs, the root.
  package var invocation: [String]
  /// Number of rows of tables that were skipped because they are outside a numeric index.
  package var skippedTableRows: Int

  /// Creates a checked scenario from its parts.
  package init(
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
  package subscript(id: QuantityID) -> Quantity { quantities[id.position] }

  /// The index with an identifier.
  package subscript(id: IndexID) -> Index { indexes[id.position] }

  /// The quantity with a name.
  package func quantity(named name: String) -> QuantityID? {
    quantities.firstIndex { $0.name == name }.map(QuantityID.init)
  }

  /// The labels of a cell, in the order of the indexes' names.
  package func labels(ofCell cell: Int, in space: CellSpace) -> [String] {
    zip(space.indexes, space.positions(ofCell: cell)).map { self[$0].labels[$1] }
  }

  /// A quantity's cell as written in reports: `name[2025,h100]`.
  package func cellName(_ id: QuantityID, cell: Int) -> String {
    let labels = labels(ofCell: cell, in: self[id].cells)
    return labels.isEmpty ? self[id].name : "\(self[id].name)[\(labels.joined(separator: ","))]"
  }
}

/// A named value of a model: an input, an equation or a reference.
package struct Quantity: Sendable {
  /// The kind of a quantity.
  package enum Kind: Sendable {
    /// An input of the scenario.
    case input(Input)
    /// An input that outputs are compared with.
    case reference(Input)
    /// A formula.
    case equation(Expression)
  }

  /// The name.
  package var name: String
  /// Its name in words, for readers; that of its output, if the output has one.
  package var label: String?
  /// The kind.
  package var kind: Kind
  /// Its cells; indexes in the order of their names.
  package var cells: CellSpace
  /// The unit of reports; its dimension is that of the quantity.
  package var unit: Unit
  /// A reference's scope tags; empty for others.
  package var scope: [String: String]
  /// Statements about its origin.
  package var provenance: Provenance
  /// The place of its definition: a file, or a flag that replaced its value.
  package var origin: Origin
  /// An equation's formula as written (folded to one line, as YAML folds it), for reports; nil for others.
  package var formula: String?

  /// Creates a quantity.
  package init(
    name: String, label: String? = nil, kind: Kind, cells: CellSpace, unit: Unit, scope: [String: String] = [:],
    provenance: Provenance = Provenance(), origin: Origin, formula: String? = nil
  ) {
    self.name = name
    self.label = label
    self.kind = kind
    self.cells = cells
    self.unit = unit
    self.scope = scope
    self.provenance = provenance
    self.origin = origin
    self.formula = formula
  }

  /// Whether formulas can name it; formulas of evidence are equations too, but have their text as the name.
  package var isNamed: Bool { formula != name }

  /// The content of an input or reference.
  package var input: Input? {
    switch kind {
    case .input(let input), .reference(let input): input
    case .equation: nil
    }
  }
}

/// Quantities that are evaluated together.
package struct EvaluationGroup: Sendable {
  /// One quantity, or those of a cycle.
  package var quantities: [QuantityID]
  /// The index along which a cycle runs through `previous`, label by label; nil if there is none.
  package var along: IndexID?

  /// Creates a group.
  package init(quantities: [QuantityID], along: IndexID? = nil) {
    self.quantities = quantities
    self.along = along
  }
}

/// One axis of the unit hypercube.
package struct Coordinate: Sendable {
  /// Its address, apart from the seed.
  package var address: CoordinateAddress
  /// The input or reference that uses it.
  package var quantity: QuantityID
  /// Whether it is a dimension of the design; references' coordinates are always plain Monte Carlo.
  package var usesDesign: Bool
  /// The coordinate that it is assigned directly after; nil for its position among all.
  ///
  /// A copula's coordinate follows the last coordinate that the copula connects, so that an input added later does not
  /// change its dimension.
  package var assignedAfter: CoordinateID?

  /// Creates a coordinate.
  package init(address: CoordinateAddress, quantity: QuantityID, usesDesign: Bool, assignedAfter: CoordinateID? = nil) {
    self.address = address
    self.quantity = quantity
    self.usesDesign = usesDesign
    self.assignedAfter = assignedAfter
  }
}

/// Coordinates that depend on each other, and on no others.
package struct CopulaComponent: Sendable {
  /// The kind of dependence.
  package enum Copula: Sendable {
    /// Their normal scores are jointly normal.
    case normal
    /// Normal scores divided by the root of one common chi-squared value over its degrees of freedom; `mixing` is the
    /// coordinate that gives its probability.
    case student(StudentCopula, mixing: CoordinateID)
    /// Two coordinates: the first is unchanged, and the second is given by its conditional quantile function.
    case pair(ConditionalQuantile)
  }

  /// The coordinates, in byte order of their addresses' descriptions; in the order of their labels if they are a sequence.
  package var coordinates: [CoordinateID]
  /// The lower Cholesky factor of the correlation matrix of normal scores, row-major, with one row per coordinate;
  /// empty for a pair copula and a sequence.
  package var factor: [Double]
  /// The correlation along an index of more labels than a matrix supports; nil if there is a matrix.
  package var sequence: SequentialFactor?
  /// The kind of dependence.
  package var copula: Copula

  /// Creates a component.
  package init(coordinates: [CoordinateID], factor: [Double], copula: Copula = .normal) {
    self.coordinates = coordinates
    self.factor = factor
    self.copula = copula
  }

  /// Creates a component of coordinates that are correlated along an index, in the order of its labels.
  package init(coordinates: [CoordinateID], sequence: SequentialFactor) {
    self.init(coordinates: coordinates, factor: [])
    self.sequence = sequence
  }
}

/// An impossible correlation matrix, and the nearest possible one that replaced it.
package struct CorrelationRepair: Sendable {
  /// An entry of the matrix of normal-score correlations, before and after the repair.
  package struct Entry: Sendable {
    /// The coordinates of the row and of the column.
    package var row: CoordinateID, column: CoordinateID
    /// The correlation as stated; 0 if none was stated.
    package var stated: Double
    /// The correlation in force.
    package var repaired: Double
    /// The change.
    package var move: Double { repaired - stated }

    /// Creates an entry.
    package init(row: CoordinateID, column: CoordinateID, stated: Double, repaired: Double) {
      self.row = row
      self.column = column
      self.stated = stated
      self.repaired = repaired
    }
  }

  /// The smallest eigenvalue of the matrix as stated.
  package var smallestEigenvalue: Double
  /// The entries off the diagonal, row by row, each once.
  package var entries: [Entry]

  /// Creates a repair.
  package init(smallestEigenvalue: Double, entries: [Entry]) {
    self.smallestEigenvalue = smallestEigenvalue
    self.entries = entries
  }
}

/// A quantity that is reported.
package struct Output: Sendable {
  /// The input or equation.
  package var quantity: QuantityID
  /// The unit of all its statistics.
  package var unit: Unit
  /// Its coverage, by tag.
  package var scope: [String: String]
  /// The references that it is compared with.
  package var comparisons: [Comparison]
  /// A remark for readers of the result.
  package var note: String?
  /// Published claims about it.
  package var verdicts: [Verdict]
  /// Its place.
  package var place: SourcePlace

  /// Creates an output.
  package init(
    quantity: QuantityID, unit: Unit, scope: [String: String], comparisons: [Comparison], note: String? = nil,
    verdicts: [Verdict] = [], place: SourcePlace
  ) {
    self.quantity = quantity
    self.unit = unit
    self.scope = scope
    self.comparisons = comparisons
    self.note = note
    self.verdicts = verdicts
    self.place = place
  }
}

/// A comparison of an output with a reference.
package struct Comparison: Sendable {
  /// The reference.
  package var reference: QuantityID
  /// Labels selected on some of the reference's indexes.
  package var labels: [IndexID: Int]
  /// A pure number, input or equation, that the output is multiplied by first, draw by draw.
  package var convert: QuantityID?
  /// The reference as written, for reports: `bitcoin[edition=revised_2023]`.
  package var text: String
  /// The tags that only one side states.
  package var unstatedTags: [String]

  /// Creates a comparison.
  package init(
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

/// Settings for running a model.
package struct RunSettings: Sendable {
  /// The number of draws; with a tolerance, the maximum.
  package var draws: Int
  /// The seed.
  package var seed: UInt64
  /// The name of the sampling design.
  package var design: String
  /// The required accuracy; nil to take the given number of draws regardless of the errors.
  package var tolerance: Tolerance?
  /// Whether quantiles are exact order statistics of the draws.
  package var isExact = false
  /// The width of the intervals that screens, reports and charts show.
  package var interval = IntervalWidth.usual
  /// The JSON text of the configuration of charts for other programs, in place of the usual one.
  package var chartStyle: String?
  /// The origin of each setting, by key: `draws`, `seed`, `design`.
  package var origins: [String: Origin]

  /// Creates settings; by default a million scrambled Sobol' draws with seed 1.
  package init(draws: Int = 1_000_000, seed: UInt64 = 1, design: String = "sobol", origins: [String: Origin] = [:]) {
    self.draws = draws
    self.seed = seed
    self.design = design
    self.origins = origins
  }
}
