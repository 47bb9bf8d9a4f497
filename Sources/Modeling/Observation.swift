import Diagnostics
import Distributions
import Units

/// Something that was observed: a formula of the scenario with a distribution for its true value.
///
/// It weights draws by the distribution's density at the formula's value; observations are independent given the draw.
public struct Observation: Sendable {
  /// The quantity that computes the formula: one cell.
  public var quantity: QuantityID
  /// The formula as written.
  public var text: String
  /// What was observed, as a distribution in base units; a certain value is a distribution of one atom.
  public var distribution: any Distribution
  /// What was observed, as written.
  public var distributionText: String
  /// The unit in which both are reported.
  public var unit: Unit
  /// Statements about where it comes from.
  public var provenance: Provenance
  /// Where it is written.
  public var place: SourcePlace

  /// Something that was observed.
  public init(
    quantity: QuantityID, text: String, distribution: any Distribution, distributionText: String, unit: Unit,
    provenance: Provenance = Provenance(), place: SourcePlace
  ) {
    self.quantity = quantity
    self.text = text
    self.distribution = distribution
    self.distributionText = distributionText
    self.unit = unit
    self.provenance = provenance
    self.place = place
  }
}
