/// A target with a fault, by which a test proves that the driver finds one: three brackets in a row.
struct ProvingTarget: FuzzTarget {
  static let name = "proof"

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] { [Array("a[b]".utf8)] }

  init(folder: String, corpus: SeedCorpus) {}

  func execute(_ input: [UInt8]) throws -> Bool {
    if String(decoding: input, as: UTF8.self).contains("[[[") {
      throw FuzzFinding(description: "three brackets")
    }
    return true
  }
}
