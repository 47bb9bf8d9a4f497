import Diagnostics
import Modeling

/// Reads the section `publication`.
struct PublicationReader {
  let context: CheckContext

  /// The publication; nil without the section. Errors are reported.
  func read() -> CitationDetails? {
    guard let node = context.parsed.publication else { return nil }
    guard case .mapping(let entries) = node.kind else {
      context.report(.notNamedEntries("publication", found: node.kindInWords), at: node.place)
      return nil
    }
    let fields = Fields(entries, ScenarioSchema.publication, context)
    var result = CitationDetails()
    result.licence = checked(fields, "licence", .licence) { Self.isIdentifier($0) ? $0 : nil }
    result.creators = texts(fields, "creators")
    result.keywords = texts(fields, "keywords")
    result.period = checked(fields, "period", .period, Self.period)
    result.place = fields.text("place")
    result.date = checked(fields, "date", .date) { Self.isDate($0) ? $0 : nil }
    result.version = fields.text("version")
    return result
  }

  /// A key's text, interpreted; reported if that is impossible.
  private func checked<Value>(
    _ fields: Fields, _ key: String, _ form: PublicationForm, _ meaning: (String) -> Value?
  ) -> Value? {
    guard let text = fields.text(key) else { return nil }
    guard let value = meaning(text) else {
      context.report(.publicationForm(form, found: text), at: fields[key]?.value.span)
      return nil
    }
    return value
  }

  /// A text, or a list of texts.
  private func texts(_ fields: Fields, _ key: String) -> [String] {
    guard let entry = fields[key] else { return [] }
    guard case .sequence(let items) = entry.value.kind else { return fields.text(key).map { [$0] } ?? [] }
    return items.compactMap { item in
      if let text = item.text { return text }
      context.report(
        .notListOfTexts(key, expected: "a list of texts", found: item.kindInWords), at: item.place)
      return nil
    }
  }

  /// The characters of an SPDX identifier (SPDX 2.3, annex D).
  private static func isIdentifier(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.+".contains($0)) }
  }

  /// `2019`, or `2019..2030`.
  private static func period(_ text: String) -> (first: Int, last: Int)? {
    let ends = text.components(separatedBy: "..")
    let years = ends.compactMap { $0.count == 4 && $0.allSatisfy { $0.isASCII && $0.isNumber } ? Int($0) : nil }
    guard years.count == ends.count, let first = years.first, let last = years.last, years.count <= 2, first <= last
    else { return nil }
    return (first, last)
  }

  /// A calendar date, `2026-11-30`.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }
}
