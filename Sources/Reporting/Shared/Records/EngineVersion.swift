/// The version of Loadcast, as given by `--version`, `record.json` and requests to report an error.
public enum EngineVersion {
  /// Semantic version; results of one version are byte-identical, those of different versions may differ.
  public static let current = "0.1.0"
}
