/// The versions of the scenario language, which a file states with the key `loadcast`.
///
/// The number changes when a file that is right in one version would be wrong or mean something else in the next; new
/// keys and functions alone do not change it.
public enum LanguageVersion {
  /// The version that this program writes, and that a file without the key is read in.
  public static let current = 1
  /// The versions that this program reads, ascending.
  public static let supported = [1]

  /// `version 1`, or `one of the versions 1, 2`.
  static var supportedText: String {
    let numbers = supported.map(String.init).joined(separator: ", ")
    return supported.count == 1 ? "version \(numbers)" : "one of the versions \(numbers)"
  }
}
