import TextFormats

/// A digest of texts by which a later run can tell whether its inputs are the same.
package enum ContentDigest {
  /// SHA-256 over the texts and their lengths, in lower-case hexadecimal.
  package static func text(_ texts: [String]) -> String {
    Sha256.hexadecimal(of: Array(texts.map { "\($0.utf8.count) \($0)\n" }.joined().utf8))
  }
}
