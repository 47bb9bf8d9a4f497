import Modeling

/// The human-readable screen: indexes, the register of assumptions, sources, correlations, equations, outputs,
/// settings.
package enum TextDescription: DescriptionFormat {
  /// `text`
  package static let name = "text"

  /// One line for help.
  package static let summary = "human-readable text"

  /// The screen.
  package static func text(of model: Model) -> String { DescriptionScreen(of: model).text }
}
