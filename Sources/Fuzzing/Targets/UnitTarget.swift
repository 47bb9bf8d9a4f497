import Units

/// The parser of units, and for one input in four declarations of new ones, which copy the whole table of units.
struct UnitTarget: FuzzTarget {
  static let name = "units"

  private let units = UnitTable.standard

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] { corpus.words.map { Array($0.utf8) } }

  init(folder: String, corpus: SeedCorpus) {}

  func execute(_ input: [UInt8]) throws -> Bool {
    let text = String(decoding: input, as: UTF8.self)
    var (isSame, isUnit) = (true, true)
    do throws(UnitError) {
      let unit = try units.parse(text)
      isSame = unit.text == text && unit.factor(to: unit) == 1
    } catch {
      isUnit = false
      guard error.offset >= 0, error.offset + error.length <= text.count else {
        throw FuzzFinding(description: "the place \(error.offset), \(error.length) of the error is not in the text")
      }
    }
    guard isSame else { throw FuzzFinding(description: "the unit is not the one that was written") }
    let scanned = UnitTable.scan(text[...])
    guard text.hasPrefix(scanned) else {
      throw FuzzFinding(description: "the text does not begin with what was scanned")
    }
    guard InputDigest.isChosen(input, oneIn: 4) else { return isUnit }
    var copy = units
    do throws(UnitDeclarationError) { try copy.declare(text) } catch { return isUnit }
    guard (try? copy.parse(text)) != nil else { throw FuzzFinding(description: "a declared unit is not known") }
    return true
  }
}
