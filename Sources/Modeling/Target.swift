import Diagnostics

/// A formula requested in addition to the equations, which a sensitivity analysis explains or an observation is about.
///
/// No formula can name it; it is a separate quantity after the references, with its text as the name.
package struct Target: Sendable {
  /// The equation that computes it, with its unit and cells.
  package var quantity: QuantityID
  /// The formula as written.
  package var text: String
  /// Its place.
  package var place: SourcePlace

  /// Creates a target.
  package init(quantity: QuantityID, text: String, place: SourcePlace) {
    self.quantity = quantity
    self.text = text
    self.place = place
  }
}
