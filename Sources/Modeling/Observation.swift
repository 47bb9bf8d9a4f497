import Distributions
import Units

/// Something that was observed: a formula of the scenario with a law for its true value.
///
/// It weights draws by the law's density at the formula's value; observations are independent given the draw.
public struct Observation: Sendable {
  /// The quantity that computes the formula: one cell.
  public var quantity: QuantityID
  /// The formula as written.
  public var text: String
  /// What was observed, as a law in base units; a certain value is a law of one atom.
  public var law: any Law
  /// What was observed, as written.
  public var lawText: String
  /// The unit in which both are reported.
  public var unit: Unit
  /// Statements about where it comes from.
  public var provenance: Provenance
  /// Where it is written.
  public var place: SourcePlace

  /// Something that was observed.
  public init(
    quantity: QuantityID, text: String, law: any Law, lawText: String, unit: Unit,
    provenance: Provenance = Provenance(), place: SourcePlace
  ) {
    self.quantity = quantity
    self.text = text
    self.law = law
    self.lawText = lawText
    self.unit = unit
    self.provenance = provenance
    self.place = place
  }
}
