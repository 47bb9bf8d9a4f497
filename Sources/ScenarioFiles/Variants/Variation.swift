import Diagnostics
import Modeling

/// A varied quantity or setting of a sweep: the left side of an assignment, as `pue.mode`, with its values.
package struct Variation: Sendable {
  /// The input, argument, cell or factor as `--set` writes it before `=`, with `*` for a factor: `pue`, `pue.mode`,
  /// `pue[2025]`, `gpus*`; or a setting: `run.draws`, `run.seed`, `run.design`.
  package var target: String
  /// The values as text; nil keeps the scenario's value.
  package var values: [String?]
  /// Its place.
  package var place: SourcePlace

  /// Creates a variation.
  package init(target: String, values: [String?], place: SourcePlace) {
    self.target = target
    self.values = values
    self.place = place
  }

  /// Maximum number of variants of a sweep and of values of a range.
  package static let mostVariants = 100_000

  /// Parses the text of a flag: `pue=1.1,1.2`, `load_factor=0.3..0.6 by 0.1`, `gpus*=0.5..2 in 4`.
  package init(parsing text: String, flag: String = "--vary") throws(Diagnostics) {
    let whole = ScalarText(flag: flag, text: text)
    let characters = Array(text)
    guard let equals = Self.outsideBrackets(characters, "=").first else {
      throw Diagnostics(.variationWithoutEquals, at: whole.place(offset: 0, length: max(1, text.count)))
    }
    let target = String(characters[..<equals].filter { $0 != " " })
    let values = ScalarText(
      text: String(characters[(equals + 1)...]), places: Array(whole.places[(equals + 1)...]), file: whole.file)
    self.init(
      target: target, values: try Self.values(of: values, splitting: true),
      place: whole.place(offset: 0, length: max(1, equals)))
  }

  /// The values listed in a text: ranges are expanded, everything else is kept as it is.
  ///
  /// - Parameter splitting: whether commas outside brackets separate values.
  static func values(of text: ScalarText, splitting: Bool) throws(Diagnostics) -> [String] {
    let characters = Array(text.text)
    let commas = splitting ? outsideBrackets(characters, ",") : []
    var values: [String] = []
    for (start, end) in zip([0] + commas.map { $0 + 1 }, commas + [characters.count]) {
      let first = characters[start..<end].firstIndex { !$0.isWhitespace } ?? end
      let last = characters[first..<end].lastIndex { !$0.isWhitespace }.map { $0 + 1 } ?? first
      guard first < last else {
        throw Diagnostics(
          .missingSweepValue, at: text.place(offset: min(start, max(0, characters.count - 1)), length: 1))
      }
      let piece = ScalarText(
        text: String(characters[first..<last]), places: Array(text.places[first...last]), file: text.file)
      // A date, a range written with a dash and the like are reported here once, not in every variant.
      _ = try ValueText.syntax(of: piece)
      values += try VariedRange.values(of: piece) ?? [piece.text]
      guard values.count <= mostVariants else { throw tooMany(at: piece.place(offset: 0, length: piece.text.count)) }
    }
    return values
  }

  static func tooMany(at place: SourcePlace?) -> Diagnostics {
    Diagnostics(.tooManyVariants(limit: mostVariants), at: place)
  }

  /// The positions of a character outside brackets and quotes.
  private static func outsideBrackets(_ characters: [Character], _ wanted: Character) -> [Int] {
    var depth = 0
    var isQuoted = false
    return characters.indices.filter { position in
      switch characters[position] {
      case "\"": isQuoted.toggle()
      case "(", "[": depth += isQuoted ? 0 : 1
      case ")", "]": depth -= isQuoted ? 0 : 1
      default: break
      }
      return depth == 0 && !isQuoted && characters[position] == wanted
    }
  }
}

/// A range of values: `0.3..0.6 by 0.1`, `1.1..1.5 in 5` (evenly, both ends), `400..700 W in 4`.
enum VariedRange {
  /// The values of a range, written out; nil if the text is not a range.
  static func values(of text: ScalarText) throws(Diagnostics) -> [String]? {
    guard text.text.contains("..") else { return nil }
    guard case .range(let low, let high, let by, let count) = try FormulaParser.syntax(of: text).kind else {
      return nil
    }
    guard let from = number(low), let to = number(high) else {
      let end = number(low) == nil ? low : high
      throw Diagnostics(.rangeEndNotNumber(end.text), at: end.place)
    }
    guard from.unit == nil || from.unit == to.unit else {
      throw Diagnostics(.rangeUnits(low.text), at: low.place)
    }
    guard from.value < to.value else {
      throw Diagnostics(.rangeOrder(low.text, end: high.text), at: low.place)
    }
    let isPercent = from.isPercent || to.isPercent
    var values: [Double] = []
    if let count {
      guard let wanted = number(count), wanted.unit == nil, wanted.value == wanted.value.rounded(), wanted.value >= 2,
        wanted.value <= Double(Variation.mostVariants)
      else {
        throw Diagnostics(.rangeCount(count.text, limit: Variation.mostVariants), at: count.place)
      }
      let last = wanted.value - 1
      values = (0...Int(last)).map { from.value + (to.value - from.value) * (Double($0) / last) }
    } else if let by {
      guard let step = number(by), step.value > 0, step.unit == nil || step.unit == to.unit else {
        throw Diagnostics(.rangeStep(by.text), at: by.place)
      }
      // A step that exceeds the end only by rounding still reaches it.
      let steps = ((to.value - from.value) / step.value * (1 + 1e-12)).rounded(.down)
      guard steps < Double(Variation.mostVariants) else { throw Variation.tooMany(at: by.place) }
      values = (0...Int(steps)).map { from.value + step.value * Double($0) }
    } else {
      guard from.value == from.value.rounded(), to.value == to.value.rounded(), !isPercent else {
        throw Diagnostics(.rangeWithoutStep(high.text), at: high.place)
      }
      guard to.value - from.value < Double(Variation.mostVariants) else { throw Variation.tooMany(at: high.place) }
      values = Array(stride(from: from.value, through: to.value, by: 1))
    }
    let size = max(from.value.magnitude, to.value.magnitude)
    return values.map { value in
      // 0.1 + 2 * 0.1 is written 0.3, as its author would write it.
      let plain = MessageText.rounded(isPercent ? value * 100 : value)
      let shown =
        (plain - (isPercent ? value * 100 : value)).magnitude <= 8 * size.ulp * (isPercent ? 100 : 1)
        ? plain : (isPercent ? value * 100 : value)
      return MessageText.number(shown) + (isPercent ? "%" : "") + (to.unit.map { " \($0)" } ?? "")
    }
  }

  private static func number(_ syntax: Syntax) -> (value: Double, unit: String?, isPercent: Bool)? {
    switch syntax.kind {
    case .number(let value, let unit, let isPercent): value.isFinite ? (value, unit?.text, isPercent) : nil
    case .negate(let inner): number(inner).map { (-$0.value, $0.unit, $0.isPercent) }
    default: nil
    }
  }
}
