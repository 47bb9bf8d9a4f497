import Analysis
import Foundation
import Modeling
import Simulation
import TextFormats

/// The human-readable results of an analysis: a ranked table for each method and target, the meaning of its sum, and
/// the inputs that cannot be distinguished from noise; and the same as JSON.
package struct SensitivityScreen {
  private let analysis: SensitivityAnalysis
  private let folder: String?
  private let files: [String]

  /// Maximum rows of a table; all rows are in `indices.csv`.
  private static let mostRows = 20
  /// Maximum number of tables; further cells are in the files.
  private static let mostTables = 4

  /// The screen of an analysis whose files were written to a folder.
  package init(of analysis: SensitivityAnalysis, folder: String?, files: [String]) {
    self.analysis = analysis
    self.folder = folder
    self.files = files
  }

  // MARK: - Human-readable

  /// The screen, ended by a newline.
  package var text: String {
    let problem = analysis.problem
    var lines = [problem.model.title, ""]
    let shown = problem.shownTargets(most: Self.mostTables)
    if Set(analysis.results.map(\.method)).count > 1 {
      for target in shown { lines += panel(target) }
    } else {
      for result in analysis.results where shown.contains(result.target) { lines += section(result) }
    }
    if problem.targets.count > shown.count {
      lines += ["\(problem.targets.count - shown.count) more cells: see indices.csv and heatmap.csv", ""]
    }
    for refusal in analysis.refusals { lines += ScreenText.wrapped("\(refusal)") }
    for note in analysis.notes { lines += ScreenText.wrapped(note) }
    if !analysis.refusals.isEmpty || !analysis.notes.isEmpty { lines.append("") }
    let workers = analysis.workers == 1 ? "1 worker" : "\(analysis.workers) workers"
    lines += problem.model.conditioningLines
    lines.append(
      "seed \(problem.model.settings.seed): \(NumberText.duration(analysis.seconds)) on \(workers)")
    lines += ScreenText.written(files, to: folder)
    return ScreenText.of(lines)
  }

  private func mention(_ target: TargetCell) -> String {
    analysis.problem.model.mention(target.quantity, cell: target.cell)
  }

  private func words(_ name: String) -> String { analysis.problem.model.words(named: name) }

  /// One method's table for one target.
  private func section(_ result: MethodResult) -> [String] {
    let target = analysis.problem.targets[result.target]
    var lines = ["What drives \(mention(target)): \(result.method)"]
    guard !result.estimates.isEmpty else {
      let reasons = result.notes.isEmpty ? ["no uncertain input affects the target"] : result.notes
      return lines + reasons.flatMap { ScreenText.wrapped($0) } + [""]
    }
    let ranking = result.ranking.filter { !result.estimates[$0].isIndistinguishable }
    let shown = Array(ranking.prefix(Self.mostRows))
    if !shown.isEmpty {
      var table = TextTable()
      table.add("input", shown.map { words(result.estimates[$0].name) }, .left)
      for index in indices(of: result) {
        let own = Dictionary(
          result.estimates(of: index.name).filter(\.isSingle).map { ($0.name, $0) },
          uniquingKeysWith: { first, _ in first })
        let fields = shown.map { own[result.estimates[$0].name] }
        table.add(index.title + unit(fields), fields.map(value), .decimal)
        // If there are many columns, only the first has room for intervals; the files have all.
        let hasRoom = indices(of: result).count <= 2 || index.name == result.main
        if hasRoom, fields.contains(where: { ($0?.error ?? 0) > 0 }) {
          table.add("95 % interval", fields.map(interval), .left)
        }
      }
      let pairs = zip(shown, shown.dropFirst())
      let odds = pairs.map { result.probabilityThat($0, outranks: $1) }
      if odds.contains(where: { $0 != nil }), !odds.isEmpty {
        table.add("P(larger than next)", odds.map { $0.map(chance) ?? "" } + [""], .decimal)
      }
      lines += table.lines
    }
    lines += pairLines(result)
    let unclear = result.estimates.filter { $0.index == result.main && $0.isSingle && $0.isIndistinguishable }
    if !unclear.isEmpty {
      lines += ScreenText.wrapped(
        "not distinguishable from zero: " + unclear.map { words($0.name) }.joined(separator: ", "))
    }
    if ranking.count > shown.count { lines.append("\(ranking.count - shown.count) more in indices.csv") }
    lines += sums(result)
    let floors = result.noiseFloors.filter { $0.value > 0 }.sorted { $0.key < $1.key }
    if !floors.isEmpty {
      lines.append(
        "noise threshold (97.5th percentile for inert inputs): "
          + floors.map { "\($0.key) \(NumberText.significant($0.value, digits: 2))" }.joined(separator: ", "))
    }
    for note in result.notes { lines += ScreenText.wrapped(note) }
    lines += Self.legend(of: lines)
    return lines + ["(\(result.effort))", ""]
  }

  /// The main indices of all methods for one target, ranked by the mean of their ranks.
  private func panel(_ target: Int) -> [String] {
    let results = analysis.results.filter { $0.target == target }
    // Methods that do not divide by the variance estimate zeros, and the others nothing.
    if results.contains(where: { $0.notes.contains(MethodResult.constantNote) }),
      !results.contains(where: { $0.estimates.contains(where: \.isDistinguishable) })
    {
      let name = mention(analysis.problem.targets[target])
      return ["What drives \(name)"] + ScreenText.wrapped(MethodResult.constantNote) + [""]
    }
    var names: [String] = []
    var ranks: [String: [Double]] = [:]
    for result in results {
      for (place, position) in result.ranking.enumerated() {
        let name = result.estimates[position].name
        if ranks[name] == nil { names.append(name) }
        ranks[name, default: []].append(Double(place + 1))
      }
    }
    let means = ranks.mapValues { $0.reduce(0, +) / Double($0.count) }
    let ordered = names.sorted { (means[$0] ?? 0) < (means[$1] ?? 0) }.prefix(Self.mostRows)
    var table = TextTable()
    table.add("input", ordered.map(words), .left)
    for result in results {
      let title = indices(of: result).first { $0.name == result.main }?.title ?? result.main
      let own = Dictionary(
        result.ranking.map { (result.estimates[$0].name, result.estimates[$0]) },
        uniquingKeysWith: { first, _ in first })
      let fields = ordered.map { own[$0] }
      table.add("\(title)\(unit(fields))", fields.map { $0 == nil ? "-" : value($0) }, .decimal)
    }
    table.add("mean rank", ordered.map { NumberText.significant(means[$0] ?? .nan, digits: 2) }, .decimal)
    let name = mention(analysis.problem.targets[target])
    var lines = ["What drives \(name)"] + table.lines
    if names.count > ordered.count { lines.append("\(names.count - ordered.count) more in indices.csv") }
    lines += Self.legend(of: lines)
    for result in results {
      for note in result.notes {
        // An index that has the method's name, as PAWN and delta have, names the method.
        let namesMethod = note.lowercased().hasPrefix(result.method.lowercased())
        lines += ScreenText.wrapped(namesMethod ? note : "\(result.method): \(note)")
      }
    }
    return lines + [""]
  }

  /// The meaning of the marks that occur in a table.
  private static func legend(of lines: [String]) -> [String] {
    let fields = Set(lines.flatMap { $0.split(separator: " ") })
    let meanings = [
      fields.contains("~0") ? "~0: not distinguishable from zero" : nil,
      fields.contains { $0.hasPrefix("~") && $0 != "~0" } ? "~: the standard error exceeds the first digit" : nil,
      fields.contains("-") ? "-: not computed by this method" : nil,
    ]
    let known = meanings.compactMap(\.self)
    return known.isEmpty ? [] : [known.joined(separator: "; ")]
  }

  /// The interpretation of the sums of shares.
  private func sums(_ result: MethodResult) -> [String] {
    let first = result.estimates(of: "S1").map(\.value).filter(\.isFinite)
    guard result.method == SobolIndices.name, !first.isEmpty else { return [] }
    let sum = first.reduce(0, +)
    let text = NumberText.significant(sum, digits: 3)
    if sum > 0.99 { return ["the first-order shares add up to \(text): there are hardly any interactions"] }
    let rest = NumberText.significant((1 - sum) * 100, digits: 2)
    return ["the first-order shares add up to \(text): \(rest) % of the variance is due to interactions"]
  }

  private func pairLines(_ result: MethodResult) -> [String] {
    let pairs = result.estimates.filter { !$0.isSingle && !$0.isIndistinguishable }
      .sorted { $0.value.magnitude > $1.value.magnitude }.prefix(10)
    guard !pairs.isEmpty else { return [] }
    var table = TextTable()
    table.add("pair", pairs.map(\.name), .left)
    table.add("second-order", pairs.map(value), .decimal)
    table.add("95 % interval", pairs.map(interval), .left)
    return [""] + table.lines
  }

  private func indices(of result: MethodResult) -> [SensitivityIndex] {
    let all = SensitivityMethodCatalogue.method(named: result.method)?.indices ?? []
    return all.filter { index in result.estimates.contains { $0.index == index.name && $0.isSingle } }
  }

  private func unit(_ estimates: [IndexEstimate?]) -> String {
    let unit = estimates.compactMap { $0?.unit }.first ?? ""
    return unit.isEmpty || unit == "1" ? "" : ", \(unit)"
  }

  private func value(_ estimate: IndexEstimate?) -> String {
    guard let estimate else { return "" }
    if estimate.isIndistinguishable { return "~0" }
    if estimate.value.isNaN { return "unknown" }
    return NumberText.estimate(Estimate(estimate.value, error: estimate.error))
  }

  private func interval(_ estimate: IndexEstimate?) -> String {
    guard let estimate, estimate.error > 0 else { return "" }
    // Two digits of the error are enough for the ends of the interval.
    let half = Estimate(estimate.low, error: estimate.error / 10)
    let other = Estimate(estimate.high, error: estimate.error / 10)
    return "\(NumberText.estimate(half)) to \(NumberText.estimate(other))"
  }

  private func chance(_ probability: Double) -> String {
    let percent = (probability * 1000).rounded() / 10
    return percent >= 99.95 ? "> 99.9 %" : "\(NumberText.significant(percent)) %"
  }

  // MARK: - Machine-readable

  /// The analysis as JSON, ended by a newline.
  package var json: String {
    let problem = analysis.problem
    return JSON.object([
      ("title", .string(problem.model.title)), ("digest", .string(problem.model.digest)),
      ("seed", .unsigned(problem.model.settings.seed)), problem.model.conditioningJSON,
      (
        "targets",
        .array(problem.targets.map { .object([("name", .string($0.name)), ("unit", .string($0.unit.text))]) })
      ),
      ("inputs", .array(problem.factors.map { .string($0.name) })),
      ("not_needed", .array(problem.inactive.map(JSON.string))),
      ("results", .array(analysis.results.map(json))),
      (
        "refused",
        .array(
          analysis.refusals.map { .object([("method", .string($0.method)), ("reason", .string($0.reason))]) })
      ),
      ("workers", .integer(analysis.workers)), ("seconds", .number(analysis.seconds)),
      ("files", .object(JSON.written(files, to: folder))),
    ]).text + "\n"
  }

  private func json(_ result: MethodResult) -> JSON {
    .object([
      ("output", .string(analysis.problem.targets[result.target].name)), ("method", .string(result.method)),
      ("main", .string(result.main)), ("effort", .string(result.effort)),
      ("non_finite", .integer(result.nonFinite)), ("notes", .array(result.notes.map(JSON.string))),
      (
        "noise_floors",
        .object(result.noiseFloors.sorted { $0.key < $1.key }.map { ($0.key, JSON.number($0.value)) })
      ),
      (
        "indices",
        .array(
          result.estimates.map { estimate in
            .object([
              ("input", .string(estimate.name)), ("index", .string(estimate.index)),
              ("value", .number(estimate.value)), ("low", .number(estimate.low)), ("high", .number(estimate.high)),
              ("standard_error", .number(estimate.error)),
              ("distinguishable", estimate.distinguishable.map(JSON.bool) ?? .null),
              ("unit", .string(estimate.unit)),
            ])
          })
      ),
    ])
  }
}
