import Modeling

/// A format for the description of a scenario, without running it.
///
/// A new format is one file in `Describe/Formats/` and one line in `DescriptionFormatCatalogue`, in alphabetical order.
package protocol DescriptionFormat: Sendable {
  /// The name as written after `describe --format`.
  static var name: String { get }

  /// One line for help.
  static var summary: String { get }

  /// The description of a model, ended by a newline.
  static func text(of model: Model) -> String
}
