import Modeling

/// A form in which a scenario is described, before anything is run.
///
/// A new form is one file in `Descriptions/` and one alphabetical line in `DescriptionFormatCatalogue`.
public protocol DescriptionFormat: Sendable {
  /// The name as written after `describe --format`.
  static var name: String { get }

  /// One line for a reader.
  static var summary: String { get }

  /// The description of a model, ended by a line end.
  static func text(of model: Model) -> String
}
