import Diagnostics
import Modeling

/// Problems in the cells of a table: a problem that recurs is reported once, with the line numbers of the others.
struct CellProblems {
  private let context: CheckContext
  /// The first problem with each message, in the order of discovery.
  private var first: [Diagnostic] = []
  private var lines: [String: [Int]] = [:]
  /// The labels that an index does not have, by the index: problems that differ only in the label.
  private var strangers: [String: (shown: [String], lines: [Int])] = [:]
  private var count = 0

  /// Maximum number of different problems reported for one table.
  private static let mostMessages = 20
  /// Number of cells with problems after which the rest of a table is skipped.
  private static let mostCells = 1000
  /// Number of unknown labels of an index above which one message reports them together.
  private static let mostLabels = 3
  /// Maximum number of lines listed in a message.
  private static let mostLines = 10

  /// Creates an empty collection.
  init(_ context: CheckContext) { self.context = context }

  /// Whether the rest of the table can be skipped.
  var areMany: Bool { first.count >= Self.mostMessages || count >= Self.mostCells }

  /// Records a problem.
  mutating func add(_ problem: Diagnostic) {
    count += 1
    let line = problem.place?.line ?? 0
    guard lines[problem.message] != nil else {
      if problem.code == IndexCode.unknownLabel.code, problem.suggestion == nil {
        let kind = problem.expected ?? ""
        strangers[kind, default: ([], [])].lines.append(line)
        guard strangers[kind]?.shown.count ?? 0 < Self.mostLabels else { return }
        strangers[kind]?.shown.append(problem.message)
      }
      lines[problem.message] = []
      first.append(problem)
      return
    }
    if line != first.first(where: { $0.message == problem.message })?.place?.line, lines[problem.message]?.last != line
    {
      lines[problem.message]?.append(line)
    }
  }

  /// Reports the problems.
  func report() {
    var together: [String: [Int]] = [:]
    var left: Set<String> = []
    for (shown, lines) in strangers.values where lines.count > Self.mostLabels {
      together[shown[0]] = Array(lines.dropFirst())
      left.formUnion(shown.dropFirst())
    }
    for problem in first.filter({ !left.contains($0.message) }).prefix(Self.mostMessages) {
      var problem = problem
      if let others = together[problem.message] { problem.notes.append(.init(Self.labelText(others))) }
      if let others = lines[problem.message], !others.isEmpty { problem.notes.append(.init(Self.text(others))) }
      context.report(problem)
    }
  }

  /// `299 more rows have unknown labels: lines 3, 4, 5 …`
  private static func labelText(_ lines: [Int]) -> String {
    let shown = lines.prefix(mostLines).map(String.init).joined(separator: ", ")
    return
      "\(lines.count) more rows have other unknown labels: lines \(shown)\(lines.count > mostLines ? " …" : "")"
  }

  /// `the same on line 7`, `the same on 12 more lines: 3, 4, 5 …`
  static func text(_ lines: [Int]) -> String {
    if lines.count == 1 { return "the same on line \(lines[0])" }
    let shown = lines.prefix(mostLines).map(String.init).joined(separator: ", ")
    return "the same on \(lines.count) more lines: \(shown)\(lines.count > mostLines ? " …" : "")"
  }
}
