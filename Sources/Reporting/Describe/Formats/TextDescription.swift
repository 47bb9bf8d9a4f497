import Modeling

/// The human-readable screen: indexes, the register of assumptions, sources, correlations, equations, outputs,
/// settings.
public enum TextDescription: DescriptionFormat {
  /// `text`
  public static let name = "text"

  /// One line for help.
  public static let summary = "human-readable text"

  /// The screen.
  public static func text(of model: Model) -> String { DescriptionScreen(of: model).text }
}
