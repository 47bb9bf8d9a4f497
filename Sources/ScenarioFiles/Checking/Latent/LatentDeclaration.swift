import Diagnostics
import Modeling
import Units

/// An entry of `latent` as read, before types are known.
struct LatentDeclaration {
  /// A published figure as read.
  struct Figure {
    var name: String
    var publisher: String
    var bias: String
    var kind: LatentTotal.Figure.Kind
    /// The formula, and the quantity that computes it.
    var formula: EvidenceChecker.Formula
    /// Median and ends of its range, in its unit; the ends are nil without one.
    var value: Double, low: Double?, high: Double?
    var unit: Unit
    /// The label, and its position on the index if it has one.
    var label: Double
    var position: Int?
    var published: Double?
    var provenance: Provenance
    var place: SourcePlace
  }

  var entry: ParsedScenario.Entry
  /// The keys; nil if the entry is not a mapping.
  var fields: Fields?
  /// The hidden input, and the equation that formulas name.
  var input: QuantityID, quantity: QuantityID
  /// The index.
  var index: IndexID?
  var unit: Unit?
  /// The prior in the unit; nil if it could not be read.
  var path: LatentPath?
  var priors = LatentPriors()
  var yearError = LatentTotal.usualYearError
  var today: Double?
  var future = LatentTotal.usualFuture
  var routes: [(label: String, formula: EvidenceChecker.Formula)] = []
  var figures: [Figure] = []

  /// The name of the hidden input, which no formula can have.
  static func hiddenName(_ name: String) -> String { "\(name) (latent)" }

  /// The quantities that it reads.
  var read: [QuantityID] { routes.map(\.formula.quantity) + figures.map(\.formula.quantity) }
}
