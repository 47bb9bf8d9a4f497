/// A digest of texts, by which a later run knows whether it is of the same thing.
public enum ContentDigest {
  /// SHA-256 over the texts and their lengths, in lower-case hexadecimal.
  public static func text(_ texts: [String]) -> String {
    Sha256.hexadecimal(of: Array(texts.map { "\($0.utf8.count) \($0)\n" }.joined().utf8))
  }
}
