import Units

/// The parser of units, and declarations of new ones.
struct UnitTarget: FuzzTarget {
  static let name = "units"

  private let units = UnitTable.standard

  static func seeds(from corpus: SeedCorpus) -> [[UInt8]] { corpus.words.map { Array($0.utf8) } }

  init(folder: String) {}

  func execute(_ input: [UInt8]) throws {
    let text = String(decoding: input, as: UTF8.self)
    var isSame = true
    do throws(UnitError) {
      let unit = try units.parse(text)
      isSame = unit.text == text && unit.factor(to: unit) == 1
    } catch {
      guard error.offset >= 0, error.offset + error.length <= text.count else {
        throw FuzzFinding(description: "the place \(error.offset), \(error.length) of the error is not in the text")
      }
    }
    guard isSame else { throw FuzzFinding(description: "the unit is not the one that was written") }
    let scanned = UnitTable.scan(text[...])
    guard text.hasPrefix(scanned) else {
      throw FuzzFinding(description: "the text does not begin with what was scanned")
    }
    var copy = units
    do throws(UnitDeclarationError) { try copy.declare(text) } catch { return }
    guard (try? copy.parse(text)) != nil else { throw FuzzFinding(description: "a declared unit is not known") }
  }
}
