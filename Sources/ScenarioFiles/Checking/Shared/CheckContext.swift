import Diagnostics
import Modeling
import Units
import VectorMath

/// State shared by the checkers of one scenario: the declarations checked so far and the problems found.
///
/// A problem is reported once, at its place. Whatever depends on it then has an unknown type, which fits everything,
/// so that one mistake causes one message.
final class CheckContext {
  /// Whether a suggestion is being tried, so that problems need no suggestions.
  var isTrial = false
  /// Names that some equation adds to 1, as in `(1 + rate) ^ years`; known once the equations have been read.
  lazy var namesAddedToOne = GrowthRates.namesAddedToOne(in: self)
  /// The scenario as read.
  let parsed: ParsedScenario
  /// Its assignments by the name of the input, in their order.
  private(set) lazy var assignments = Dictionary(grouping: parsed.assignments, by: \.name)
  /// The problems found so far.
  private(set) var diagnostics: [Diagnostic] = []
  /// The available units.
  var units = UnitTable.standard
  /// The indexes; those with an invalid definition have the labels that could be read.
  var indexes: [Index] = []
  /// Indexes whose labels are not all known, so that a missing label cannot be reported as unknown.
  var brokenIndexes: Set<IndexID> = []
  /// The meaning of each name.
  var names = NameTable()
  /// The candidates for unknown names in formulas, and the number of names defined when they were prepared.
  private var formulaNames: (count: Int, candidates: NameCandidates)?
  /// Number of searches for the nearest name so far.
  private var searches = 0
  /// Inputs, equations and references, inputs first, references last.
  var quantities: [QuantityDeclaration] = []
  /// Latent totals as read.
  var latents: [LatentDeclaration] = []
  /// Number of cells of the inputs and references checked so far.
  var inputCells = 0
  /// Names of units that were reported as unknown; one declaration fixes all their uses.
  var undeclaredUnits: Set<String> = []
  /// Number of table rows outside a numeric index.
  var skippedTableRows = 0
  /// Rows read from each table, by its path, and those that were not seen at their source.
  var verifications: [String: TableVerification] = [:]
  /// The ranges of the inputs and references checked so far, in base units, as far as they are known.
  var inputRanges: [QuantityID: ClosedRange<Double>] = [:]
  /// Numbers outside indexes at which inputs have anchor points.
  var outsideAnchors = OutsideAnchors()

  init(_ parsed: ParsedScenario) {
    self.parsed = parsed
    diagnostics = parsed.diagnostics
  }

  /// Records a problem.
  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Records a problem at a place. It is built here, not on the frames of the functions that check a formula, which call
  /// each other to its depth.
  @inline(never) func report(_ problem: @autoclosure () -> Problem, at place: @autoclosure () -> SourcePlace?) {
    var problem = problem()
    problem.message = InvisibleCharacter.shown(problem.message)
    problem.found = problem.found.map(InvisibleCharacter.shown)
    report(Diagnostic(problem, at: place()))
  }

  /// Records problems.
  func report(_ more: Diagnostics) { diagnostics += more.all }

  /// Whether a name's entry could not be read; this has been reported.
  func isUnreadable(_ name: String) -> Bool { parsed.unreadable.contains(name) }

  /// Whether a call names a function or distribution that a name of the scenario hides; this is reported at its place.
  func reportHiddenCall(of name: String, at place: SourcePlace) -> Bool {
    guard let builtIn = NameTable.builtIn(name), let kind = names.kind(name) else { return false }
    report(.callOfHidden(name, builtIn: builtIn, by: kind, definedAt: names.place(name)), at: place)
    return true
  }

  /// The candidate that a misspelt name was probably meant to be.
  func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    isTrial || areSearchesUsedUp() ? nil : NearestName.of(name, among: candidates)
  }

  /// Counts a search for the nearest name. Its time grows with the number of candidates, and a file with thousands of
  /// unknown names usually has thousands of others; the first ones show what is wrong.
  private func areSearchesUsedUp() -> Bool {
    searches += 1
    return searches > SizeLimit.searches
  }

  /// The name in formulas that a misspelt one was probably meant to be.
  func nearestInFormulas(to name: String) -> String? {
    if areSearchesUsedUp() { return nil }
    let prepared = formulaNames.flatMap { $0.count == names.names.count ? $0.candidates : nil }
    let candidates = prepared ?? NameCandidates(names.names + ["pi"])
    formulaNames = (names.names.count, candidates)
    return candidates.nearest(to: name)
  }

  /// Whether a name, label or unit contains an invisible character; this is reported at its place.
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

  /// Whether an error has been found.
  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// Runs `body` without reporting its problems, because it repeats an earlier check.
  func silently<Result>(_ body: () -> Result) -> Result {
    let saved = diagnostics
    defer { diagnostics = saved }
    return body()
  }

  /// Runs `body` and removes its problems and everything else it recorded.
  func collecting<Result>(_ body: () -> Result) -> (result: Result, problems: [Diagnostic]) {
    let saved = (diagnostics, inputCells, undeclaredUnits, skippedTableRows)
    diagnostics = []
    defer { (diagnostics, inputCells, undeclaredUnits, skippedTableRows) = saved }
    let result = body()
    return (result, diagnostics)
  }

  /// Runs `body` and removes its problems, so that they can be combined with others before they are reported.
  func capturing<Result>(_ body: () -> Result) -> (result: Result, problems: [Diagnostic]) {
    let before = diagnostics.count
    let result = body()
    let problems = Array(diagnostics[before...])
    diagnostics.removeLast(problems.count)
    return (result, problems)
  }

  /// The result of `body`, and whether it reported no error.
  func attempt<Result>(_ body: () -> Result) -> (result: Result, isSound: Bool) {
    let before = diagnostics.count
    let result = body()
    return (result, !diagnostics[before...].contains { $0.severity == .error })
  }

  /// The first name of an input, equation, reference or index in a text.
  func firstName(in syntax: Syntax) -> Syntax? {
    if case .name(let name) = syntax.kind, names[name] != nil { return syntax }
    for part in syntax.parts { if let found = firstName(in: part) { return found } }
    return nil
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

  /// The number of cells over indexes, saturating at the largest integer.
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

  /// The first index that has a label.
  func index(withLabel text: String) -> IndexID? {
    indexes.indices.lazy.map { IndexID($0) }.first { labelPositions(of: $0)[text] != nil }
  }

  /// The position of a number on a numeric index.
  func position(ofNumber number: Double, on index: IndexID) -> Int? {
    guard let numbers = self[index].numbers else { return nil }
    let position = numbers.partitioningIndex { $0 >= number }
    return position < numbers.count && numbers[position] == number ? position : nil
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

/// Limits beyond which a scenario is rejected, so that a typing error never exhausts memory.
enum SizeLimit {
  /// Labels of an index.
  static let labels = 10_000
  /// Cells of a quantity, and of every formula inside it.
  static let cells = 1_000_000
  /// Cells of all inputs and references together.
  static let allCells = 5_000_000
  /// Pairs of coordinates examined for correlations between two inputs or within one input.
  static let pairs = 4_000_000
  /// Cells and anchor points of an input that have their own value.
  static let supportPoints = 100_000
  /// Nesting depth of a formula.
  static let depth = 1_500
  /// Draws of a run; below this limit counts are exact in floating point.
  static let draws = 1e12
  /// Unknown names for which the nearest one is searched.
  static let searches = 100
}

extension CheckContext {
  /// Coordinates for distances: the labels' numbers on numeric indexes, the positions themselves on others.
  func places(of labels: [IndexID: Int]) -> [IndexID: Double] {
    var places: [IndexID: Double] = [:]
    for (index, position) in labels { places[index] = number(at: position, on: index) ?? Double(position) }
    return places
  }
}
