import Diagnostics
import Foundation
import Modeling
import Testing

/// The pairs in the folder `Mistakes`: a new one needs no compilation, and `UPDATE_EXPECTED=1 swift test --filter
/// MistakeFiles` writes the expected texts, for review.
@Suite("Mistake files")
struct MistakeFilesTests {
  private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] == "1"
  /// The folder of scenarios that look wrong and have no problem.
  private static let accepted = "accepted/"

  @Test("The program prints the expected text, and its suggestions work", arguments: try MistakeFile.all())
  func diagnostics(mistake: MistakeFile) throws {
    let folder = try TemporaryFolder(mistake.files)
    let problems = mistake.diagnostics(in: folder)
    // As in the folder of the scenario.
    let text = DiagnosticRenderer().text(of: problems).replacingOccurrences(of: folder.path + "/", with: "")
    if Self.isUpdating, text != mistake.expected {
      try text.write(toFile: mistake.expectedFile, atomically: true, encoding: .utf8)
    } else {
      #expect(text == mistake.expected)
    }
    #expect(text.isEmpty == mistake.path.hasPrefix(Self.accepted))
    for offer in MistakeFile.offers(problems) {
      let left = try mistake.left(following: offer, of: problems, in: folder)
      #expect(left.isEmpty, "\(offer.text):\n\(DiagnosticRenderer().text(of: left))")
    }
  }

  @Test("Every pair is complete, begins with a sentence, and differs from all others")
  func pairs() throws {
    let entries = try MistakeFile.entries()
    let all = try MistakeFile.all()
    #expect(all.count >= 420, "pairs have been lost")
    var known: [[String]: String] = [:]
    for mistake in all {
      let scenario = try #require(mistake.scenario, "\(mistake.path) has no scenario")
      #expect(Self.isUpdating || mistake.expected != nil, "\(mistake.path) has no expected text")
      let sentence = scenario.prefix { $0 != "\n" }
      #expect(sentence.wholeMatch(of: /# [A-Z`].+\./) != nil, "\(mistake.path) begins with a sentence in a comment")
      #expect(mistake.path.wholeMatch(of: /[a-z-]+\/[a-z0-9-]+/) != nil, "\(mistake.path) is a name in lower case")
      let same = known.updateValue(mistake.path, forKey: mistake.content)
      #expect(same == nil, "\(mistake.path) is the same as \(same ?? "")")
    }
    for entry in entries {
      #expect(["yaml", "expected", "csv", "args", ""].contains((entry as NSString).pathExtension), "\(entry)")
    }
    let offers = all.compactMap(\.expected).joined().components(separatedBy: "  did you mean: ").count - 1
    #expect(offers >= 130, "suggestions have been lost")
  }
}
