import Modeling
import Units

/// What the checkers of one scenario share: what is known so far, and the problems found.
///
/// A problem is reported once, where it is; what depends on it is then of unknown type, which fits everything, so
/// that one mistake makes one message.
final class CheckContext {
  /// The scenario as read.
  let parsed: ParsedScenario
  /// The problems found so far.
  private(set) var diagnostics: [Diagnostic] = []
  /// The units that may be written.
  var units = UnitTable.standard
  /// The indexes; those whose definition is wrong have the labels that could be read.
  var indexes: [Index] = []
  /// Indexes whose labels are not all known, so that nothing can be said of a label that is not among them.
  var brokenIndexes: Set<IndexID> = []
  /// Where each name leads.
  var names = NameTable()
  /// Inputs, equations and references, inputs first, references last.
  var quantities: [QuantityDeclaration] = []
  /// Cells of the inputs and references checked so far.
  var inputCells = 0
  /// Names of units that were reported as unknown: one declaration mends all of them.
  var undeclaredUnits: Set<String> = []
  /// Rows of tables that lie outside a numeric index.
  var skippedTableRows = 0
  /// Numbers outside indexes at which inputs have anchor points.
  var outsideLabels = OutsideLabels()

  init(_ parsed: ParsedScenario) {
    self.parsed = parsed
    diagnostics = parsed.diagnostics
  }

  /// Notes a problem.
  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Notes problems.
  func report(_ more: Diagnostics) { diagnostics += more.all }

  /// Notes an error.
  ///
  /// - Parameters:
  ///   - suggestion: what was probably meant, ready to be put in its place.
  ///   - advice: what to do, in words.
  func error(
    _ message: String, at place: SourcePlace?, expected: String? = nil, found: String? = nil,
    suggestion: String? = nil, advice: String? = nil, notes: [Diagnostic.Note] = []
  ) {
    report(
      Diagnostic(
        .error, InvisibleCharacter.shown(message), at: place, expected: expected,
        found: found.map(InvisibleCharacter.shown), suggestion: suggestion,
        notes: notes + (advice.map { [.init($0)] } ?? [])))
  }

  /// Whether a name's entry could not be read, which has been reported.
  func isUnreadable(_ name: String) -> Bool { parsed.unreadable.contains(name) }

  /// The candidate that a misspelt name was probably meant to be.
  func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    NearestName.of(name, among: candidates)
  }

  /// Whether a name, label or unit holds a character that cannot be seen, which is reported at its place.
  func reportInvisible(in text: String, at place: SourcePlace?) -> Bool {
    let problem = InvisibleCharacter.diagnostic(in: text) { offset in
      var at = place ?? wholePlace
      if place != nil { (at.column, at.length) = (at.column + offset, 1) }
      return at
    }
    guard let problem else { return false }
    report(problem)
    return true
  }

  /// Whether an error was found.
  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Does something whose problems are not to be reported, as it is done again.
  func silently<Result>(_ body: () -> Result) -> Result {
    let saved = diagnostics
    defer { diagnostics = saved }
    return body()
  }

  /// Does something whose problems are taken out again, as if nothing had been looked at.
  func collecting<Result>(_ body: () -> Result) -> (result: Result, problems: [Diagnostic]) {
    let saved = (diagnostics, inputCells, undeclaredUnits, skippedTableRows)
    diagnostics = []
    defer { (diagnostics, inputCells, undeclaredUnits, skippedTableRows) = saved }
    let result = body()
    return (result, diagnostics)
  }

  /// Does something and takes its problems out, to be put together with others before they are reported.
  func capturing<Result>(_ body: () -> Result) -> (result: Result, problems: [Diagnostic]) {
    let before = diagnostics.count
    let result = body()
    let problems = Array(diagnostics[before...])
    diagnostics.removeLast(problems.count)
    return (result, problems)
  }

  /// Whether `body` reported no error, and what it gave.
  func attempt<Result>(_ body: () -> Result) -> (result: Result, isSound: Bool) {
    let before = diagnostics.count
    let result = body()
    return (result, !diagnostics[before...].contains { $0.severity == .error })
  }

  /// The quantity at a position.
  subscript(id: QuantityID) -> QuantityDeclaration {
    get { quantities[id.position] }
    set { quantities[id.position] = newValue }
  }

  /// The index at a position.
  subscript(id: IndexID) -> Index { indexes[id.position] }

  /// Indexes in the order of their names.
  func sorted(_ indexes: some Sequence<IndexID>) -> [IndexID] {
    indexes.sorted { self[$0].name < self[$1].name }
  }

  /// The number of cells over indexes; a size that no integer holds is the largest integer.
  func cellCount(_ indexes: some Sequence<IndexID>) -> Int {
    indexes.reduce(1) { count, index in
      let (product, overflow) = count.multipliedReportingOverflow(by: max(1, self[index].labels.count))
      return overflow ? .max : product
    }
  }

  /// `year`, `[region, year]`; `nothing` for no index.
  func list(_ indexes: some Sequence<IndexID>) -> String {
    let names = sorted(indexes).map { self[$0].name }
    return names.isEmpty ? "no index" : names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"
  }

  /// The position of a label on an index, by its text or, on a numeric index, by its number.
  func position(ofLabel text: String, on index: IndexID) -> Int? {
    labelPositions(of: index)[text] ?? Double(text).flatMap { position(ofNumber: $0, on: index) }
  }

  /// The position of a number on a numeric index.
  func position(ofNumber number: Double, on index: IndexID) -> Int? {
    guard let numbers = self[index].numbers else { return nil }
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < numbers.count && numbers[low] == number ? low : nil
  }

  private var positionsByLabel: [IndexID: [String: Int]] = [:]

  private func labelPositions(of index: IndexID) -> [String: Int] {
    if let known = positionsByLabel[index] { return known }
    let positions = Dictionary(
      self[index].labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    positionsByLabel[index] = positions
    return positions
  }
}

/// Sizes beyond which a scenario is refused, so that a slip of the pen never fills the memory.
enum SizeLimit {
  /// Labels of an index.
  static let labels = 10_000
  /// Cells of a quantity, and of every formula inside it.
  static let cells = 1_000_000
  /// Cells of all inputs and references together.
  static let allCells = 5_000_000
  /// Pairs of coordinates that are looked at for correlations between two inputs, or within one.
  static let pairs = 4_000_000
  /// Cells and anchor points of an input that have a value of their own.
  static let supportPoints = 100_000
  /// Parts of a formula within each other.
  static let depth = 1_500
  /// Draws of a run, so that counts stay exact in floating point.
  static let draws = 1e12
}

extension CheckContext {
  /// The numbers of label positions on numeric indexes, the positions themselves on others: what distances are taken of.
  func places(of labels: [IndexID: Int]) -> [IndexID: Double] {
    var places: [IndexID: Double] = [:]
    for (index, position) in labels { places[index] = number(at: position, on: index) ?? Double(position) }
    return places
  }
}
