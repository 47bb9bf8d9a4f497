import Diagnostics

/// A formula requested in addition to the equations, which a sensitivity analysis explains or an observation is about.
///
/// No formula can name it; it is a separate quantity after the references, with its text as the name.
public struct Target: Sendable {
  /// The equation that computes it, with its unit and cells.
  public var quantity: QuantityID
  /// The formula as written.
  public var text: String
  /// Its place.
  public var place: SourcePlace

  /// Creates a target.
  public init(quantity: QuantityID, text: String, place: SourcePlace) {
    self.quantity = quantity
    self.text = text
    self.place = place
  }
}
