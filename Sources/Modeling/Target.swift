/// A formula that is asked for beside the equations: what a sensitivity analysis explains, what an observation is of.
///
/// Formulas may name it nowhere; it is a quantity of its own behind the references, called like its text.
public struct Target: Sendable {
  /// The equation that computes it, in whose unit and cells it is given.
  public var quantity: QuantityID
  /// The formula as written.
  public var text: String
  /// Where it is written.
  public var place: SourcePlace

  /// A formula that is asked for.
  public init(quantity: QuantityID, text: String, place: SourcePlace) {
    self.quantity = quantity
    self.text = text
    self.place = place
  }
}
