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
    "# Benchmark results",
    "",
    "Written by `scenarios/benchmarks/run`; `--only NAME` repeats one part. Whole processes are timed from start to end,",
    "including imports, tables and files. Two programs run alternately (A B A B …), and a speed-up is the median of the ratios",
    "of the pairs, with the smallest and the largest. Ratios are comparable between machines; seconds are not. The peers are",
    "the programs of `Tests/Peers`, with warm compiler caches. A target is what the project has set itself to reach.",
  ]
}
