import Diagnostics

/// The versions of the scenario language; a file states its version with the key `loadcast`.
///
/// The number changes when a valid file of one version would be invalid or have another meaning in the next. Additional
/// keys and functions do not change it.
package enum LanguageVersion {
  /// The version of new files, and of files without the key.
  package static let current = 1
  /// The versions that this program reads, ascending.
  package static let supported = [1]

  /// The problem of a file's version; nil if this program reads it.
  static func problem(of text: String) -> Problem? {
    guard let first = text.first, text.allSatisfy({ ("0"..."9").contains($0) }), first != "0" || text == "0" else {
      return .notAVersion(text, current: String(current))
    }
    return Int(text).map(supported.contains) == true
      ? nil : .unsupportedVersion(text, supported: supportedText)
  }

  /// `version 1`, or `one of the versions 1, 2`.
  static var supportedText: String {
    let numbers = supported.map(String.init).joined(separator: ", ")
    return supported.count == 1 ? "version \(numbers)" : "one of the versions \(numbers)"
  }
}
