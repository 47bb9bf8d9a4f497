import Foundation

/// The page of results: a section a suite, each of the day and machine on which it was measured.
///
/// A run that measures a part of the suites replaces their sections and leaves the others.
struct ResultsPage {
  private var introduction: [String] = []
  private var sections: [String: [String]] = [:]

  /// The page that a text holds; its introduction is written anew.
  init(_ text: String = "") {
    var title: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("## ") {
        title = String(line.dropFirst(3))
        sections[title ?? ""] = []
      } else if let title {
        sections[title]?.append(line)
      }
    }
    introduction = Self.introduction
  }

  /// Puts a section in the place of what it was.
  mutating func replace(_ title: String, with lines: [String]) { sections[title] = lines }

  /// The page, its sections in the order of some titles; sections of other titles are dropped.
  func text(order: [String]) -> String {
    var lines = introduction
    for title in order {
      guard let body = sections[title] else { continue }
      let from = body.firstIndex { !$0.isEmpty } ?? body.endIndex
      let to = body.lastIndex { !$0.isEmpty } ?? from
      lines += ["", "## \(title)", ""] + (from < body.endIndex ? body[from...to] : [])
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let introduction = [
    "# How fast it is",
    "",
    "Written by `scenarios/benchmarks/run`; `--only NAME` measures a part anew. Programs are timed whole, from the start",
    "of the process to its end: imports, tables, files. Two programs run in turn (A B A B …), and a ratio is the median of",
    "the pairs' ratios, with the least and the greatest. Ratios carry from machine to machine; seconds do not. The peers",
    "are the programs of `Tests/Peers`; their compilers' caches are warm. A bar is what the project wants to hold.",
  ]
}
