import Diagnostics
import Sampling
import Units

/// A quantity over a numeric index that nobody measures, with everything that is read of it.
///
/// The quantity E is an equation that is equal to a hidden input, whose cells are jointly lognormal with the prior
/// `path`. Every route m is a reading of it, log m = log E + errors, and every published figure v is a reading of a
/// formula F of the scenario, which may contain E: log v = log F + errors. The errors are described at
/// `LatentPriors` and in METHODS.md.
package struct LatentTotal: Sendable {
  /// A formula of the scenario that estimates the quantity at every label.
  package struct Route: Sendable {
    /// The name.
    package var label: String
    /// The quantity that computes it, over the index.
    package var quantity: QuantityID

    /// Creates a route.
    package init(label: String, quantity: QuantityID) {
      self.label = label
      self.quantity = quantity
    }
  }

  /// A published figure.
  package struct Figure: Sendable {
    /// The kind of figure.
    package enum Kind: String, Sendable, CaseIterable {
      /// A total, off by the biases of its publisher and of all publishers.
      case total
      /// A ratio of two totals, in which biases cancel.
      case growth
      /// A total that is stated as a lower limit.
      case floor
      /// A total that is stated as an upper limit.
      case ceiling
    }

    /// The name in tables.
    package var name: String
    /// The publisher.
    package var publisher: String
    /// The name of the bias that it shares with others; by default the publisher.
    package var bias: String
    /// The kind.
    package var kind: Kind
    /// The formula that it reads.
    package var read: Observation.CellReference
    /// The formula as written.
    package var text: String
    /// The value in base units: the median of its stated range.
    package var value: Double
    /// The standard deviation of its logarithm that its stated range implies; 0 without a range.
    package var sd: Double
    /// The label that it speaks of.
    package var label: Double
    /// The time of publication on the scale of the index; nil if it is not stated.
    package var published: Double?
    /// The unit in which it is reported.
    package var unit: Unit
    /// Its origin.
    package var provenance: Provenance
    /// Its place.
    package var place: SourcePlace

    /// Whether it was published before the label that it speaks of.
    package var isForecast: Bool { published.map { $0 < label } ?? false }

    /// Creates a figure.
    package init(
      name: String, publisher: String, bias: String, kind: Kind, read: Observation.CellReference, text: String,
      value: Double, sd: Double, label: Double, published: Double?, unit: Unit, provenance: Provenance,
      place: SourcePlace
    ) {
      self.name = name
      self.publisher = publisher
      self.bias = bias
      self.kind = kind
      self.read = read
      self.text = text
      self.value = value
      self.sd = sd
      self.label = label
      self.published = published
      self.unit = unit
      self.provenance = provenance
      self.place = place
    }
  }

  /// The default standard deviation of the error that a route has at one label and at no other, of logarithms.
  package static let usualYearError = 0.10
  /// The default standard deviation of the random walk beyond today, per root of a unit of the index.
  package static let usualFuture = 0.15
  /// The default standard deviation of the yearly change of the logarithm's growth.
  ///
  /// It is not estimated: routes are smooth because their inputs are interpolated, which says nothing about the total.
  package static let usualChange = 0.3

  /// The equation that formulas name.
  package var quantity: QuantityID
  /// The hidden input that it is equal to.
  package var input: QuantityID
  /// The index.
  package var index: IndexID
  /// The prior of its logarithm in base units.
  package var path: LatentPath
  /// The routes.
  package var routes: [Route]
  /// The published figures.
  package var figures: [Figure]
  /// The priors of the standard deviations of errors.
  package var priors: LatentPriors
  /// The standard deviation of the error that a route has at one label.
  package var yearError: Double
  /// The label up to which anybody can know the quantity; nil if that is all of them.
  package var today: Double?
  /// The standard deviation of the random walk beyond today.
  package var future: Double
  /// The unit of reports.
  package var unit: Unit
  /// Its place.
  package var place: SourcePlace

  /// Creates a latent total.
  package init(
    quantity: QuantityID, input: QuantityID, index: IndexID, path: LatentPath, routes: [Route], figures: [Figure],
    priors: LatentPriors, yearError: Double, today: Double?, future: Double, unit: Unit, place: SourcePlace
  ) {
    self.quantity = quantity
    self.input = input
    self.index = index
    self.path = path
    self.routes = routes
    self.figures = figures
    self.priors = priors
    self.yearError = yearError
    self.today = today
    self.future = future
    self.unit = unit
    self.place = place
  }
}

extension LatentTotal {
  /// The cells that are read: those of each route at every label, then one for each published figure.
  package var readCells: [Observation.CellReference] {
    routes.flatMap { route in path.labels.indices.map { .init(route.quantity, cell: $0) } } + figures.map(\.read)
  }
}

extension LatentTotal {
  /// The standard deviation of the step of the random walk into each label, of logarithms: `future` per root of a unit
  /// of the index beyond a label, and 0 up to it.
  package func futureSteps(beyond today: Double) -> [Double] {
    let labels = path.labels
    return labels.indices.map { k in
      let start = max(today, k > 0 ? labels[k - 1] : today)
      return labels[k] > start ? future * (labels[k] - start).squareRoot() : 0
    }
  }
}

extension Model {
  /// The latent total whose hidden input a quantity is; nil for any other quantity.
  package func latentTotal(hiddenIn id: QuantityID) -> LatentTotal? { latents.first { $0.input == id } }

  /// The name of an input in reports: for the hidden input of a latent total, that of the total.
  package func reportedName(ofInput id: QuantityID) -> String {
    self[latentTotal(hiddenIn: id)?.quantity ?? id].name
  }

  /// The name of a coordinate in reports, `electricity[2025]`: for the hidden input of a latent total, that of the total.
  package func reportedName(of id: CoordinateID) -> String {
    let coordinate = coordinates[id.position]
    var address = coordinate.address
    if let total = latentTotal(hiddenIn: coordinate.quantity) { address.name = self[total.quantity].name }
    return address.description
  }
}
