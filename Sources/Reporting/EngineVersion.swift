/// The version of Loadcast, as `--version`, `record.json` and requests for a report of an error give it.
public enum EngineVersion {
  /// Semantic version; results of one version are byte-identical, those of two need not be.
  public static let current = "0.1.0"
}
