import Foundation

/// The page of results: one section per suite, each with its date and machine.
///
/// A run of some suites replaces their sections and keeps the others.
struct ResultsPage {
  private var introduction: [String] = []
  private var sections: [String: [String]] = [:]

  /// Parses a page; its introduction is rewritten on output.
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

  /// Replaces a section.
  mutating func replace(_ title: String, with lines: [String]) { sections[title] = lines }

  /// The page with its sections in the order of the given titles; other sections are dropped.
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
