import Diagnostics
import Distributions
import Units

/// A formula of which something was observed: draws are weighted by how well it fits.
///
/// With a distribution, the weight of a draw is the density, at the formula's value, of what was observed; of the
/// logarithm for lognormal distributions, see `ObservationDensity`. With a condition, it is the probability that the
/// condition has, or its complement.
package struct Observation: Sendable {
  /// A cell of a quantity.
  package struct CellReference: Sendable, Hashable {
    /// The quantity.
    package var quantity: QuantityID
    /// The cell's position.
    package var cell: Int

    /// A cell of a quantity.
    package init(_ quantity: QuantityID, cell: Int = 0) {
      self.quantity = quantity
      self.cell = cell
    }
  }

  /// What was observed.
  package enum Measurement: Sendable {
    /// A distribution in base units; a certain value is a distribution of one atom.
    case distribution(any Distribution)
    /// A distribution of a family whose arguments are cells of the model, in base units.
    case varying(any DistributionFamily.Type, parameterisation: Int, arguments: [CellReference])
    /// That the formula is positive, or at least zero, with a probability: 1 for certainty.
    case positive(orZero: Bool, probability: Double)
  }

  /// The cell that the measurement is of; for a comparison, the difference of its sides.
  package var observed: CellReference
  /// The cell that is reported: for a comparison, its truth value.
  package var shown: CellReference
  /// The formula as written.
  package var text: String
  /// What was observed.
  package var measurement: Measurement
  /// What was observed, as written.
  package var distributionText: String
  /// The unit in which both are reported.
  package var unit: Unit
  /// Statements about where it comes from.
  package var provenance: Provenance
  /// Where it is written.
  package var place: SourcePlace

  /// Something that was observed of a cell.
  package init(
    observed: CellReference, shown: CellReference? = nil, text: String, measurement: Measurement,
    distributionText: String, unit: Unit,
    provenance: Provenance = Provenance(), place: SourcePlace
  ) {
    self.observed = observed
    self.shown = shown ?? observed
    self.text = text
    self.measurement = measurement
    self.distributionText = distributionText
    self.unit = unit
    self.provenance = provenance
    self.place = place
  }

  /// The cells that are the arguments of what was observed.
  package var arguments: [CellReference] {
    if case .varying(_, _, let arguments) = measurement { arguments } else { [] }
  }
}
