import Foundation
import Testing

/// The style sheet of CONTRIBUTING.md asks for the field's terms and full sentences. Comments that break it usually
/// contain one of a few phrases, so their frequency is a measure of it.
@Suite("Plain English in comments")
struct PlainEnglishTests {
  /// Phrases that are rare in published Swift libraries, where they occur in 0.2 to 0.6 % of comment lines.
  static let phrases = [
    "told", "anew", "beside", "stands?", "lies?", "nobody", "fewest", "dealt", "mends?", "mended", "becomes of",
    "as many", "so many", "no few", "at the least", "at the most", "goes on", "go over", "what is said",
    "hangs? together", "holds? against", "held against", "is no", "are no", "in turn", "by itself",
    "of (its|their|one's) own", "what (came|comes) of",
  ]

  /// The share of comment lines that may contain a phrase, because sometimes it is the right one.
  static let limit = 0.01

  /// A match is one of the phrases, in any case and as whole words.
  static func pattern() throws -> Regex<AnyRegexOutput> {
    try Regex("\\b(\(phrases.joined(separator: "|")))\\b").ignoresCase()
  }

  @Test(
    "At most 1 % of comment lines contain a phrase that the style sheet advises against",
    arguments: ["Sources", "Tests"])
  func share(_ folder: String) throws {
    let pattern = try Self.pattern()
    var (count, marked): (Int, [String]) = (0, [])
    for path in Repository.paths where path.hasPrefix(folder + "/") && path.hasSuffix(".swift") {
      for (number, text) in try Repository.commentLines(path) {
        count += 1
        if text.contains(pattern) { marked.append("\(path):\(number): \(text)") }
      }
    }
    #expect(count > 500)
    #expect(
      Double(marked.count) <= Self.limit * Double(count),
      "\(marked.count) of \(count) comment lines are to be rewritten:\n\(marked.joined(separator: "\n"))")
  }

  @Test(
    "The phrases are found in any case, as whole words",
    arguments: [
      ("/// What came of it.", true), ("// Beside the file", true), ("// Values OF THEIR OWN.", true),
      ("// This is no seed.", true), ("// It is not normal.", false), ("// An outstanding value.", false),
      ("// Untold values.", false), ("// A list.", false),
    ])
  func recognises(_ line: String, _ expected: Bool) throws {
    #expect(line.contains(try Self.pattern()) == expected)
  }
}
