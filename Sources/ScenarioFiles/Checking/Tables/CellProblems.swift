import Diagnostics
import Modeling

/// Problems in the cells of a table: a problem that recurs is reported once, with the line numbers of the others.
struct CellProblems {
  private let context: CheckContext
  /// The first problem with each message, in the order of discovery.
  private var first: [Diagnostic] = []
  private var lines: [String: [Int]] = [:]
  private var count = 0

  /// Maximum number of different problems reported for one table.
  private static let mostMessages = 20
  /// Number of cells with problems after which the rest of a table is skipped.
  private static let mostCells = 1000
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
    for problem in first.prefix(Self.mostMessages) {
      var problem = problem
      if let others = lines[problem.message], !others.isEmpty { problem.notes.append(.init(Self.text(others))) }
      context.report(problem)
    }
  }

  /// `the same on line 7`, `the same on 12 more lines: 3, 4, 5 …`
  static func text(_ lines: [Int]) -> String {
    if lines.count == 1 { return "the same on line \(lines[0])" }
    let shown = lines.prefix(mostLines).map(String.init).joined(separator: ", ")
    return "the same on \(lines.count) more lines: \(shown)\(lines.count > mostLines ? " …" : "")"
  }
}
