import Diagnostics

/// A figure that somebody could publish: a formula, read with an error. `disclosure` says what knowing it would be worth.
package struct PublishableReading: Sendable {
  /// Its name.
  package var name: String
  /// The quantity that computes the formula, a single number.
  package var quantity: QuantityID
  /// The standard deviation of the logarithm of the figure over the formula.
  package var error: Double
  /// Who could publish it, and remarks.
  package var provenance: Provenance
  /// The place of the item.
  package var place: SourcePlace

  /// A figure that could be published.
  package init(name: String, quantity: QuantityID, error: Double, provenance: Provenance, place: SourcePlace) {
    self.name = name
    self.quantity = quantity
    self.error = error
    self.provenance = provenance
    self.place = place
  }
}
