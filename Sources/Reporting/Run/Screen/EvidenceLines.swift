import Distributions
import Evidence
import Modeling
import Simulation

/// The human-readable results of evidence: observations before and after, then the routes to each quantity with their
/// agreement, their reconciliation and their pooled estimates.
struct EvidenceLines {
  /// The maximum number of inputs named in a reconciliation, and the smallest move that is named, in standard
  /// deviations.
  private static let shownShifts = (count: 5, least: 0.1)

  let evidence: EvidenceResult
  let result: ScenarioResult
  /// The quantities whose routes are shown.
  let selection: ScreenSelection
  /// The file that has everything, if it was written.
  let pointer: (String) -> String?

  /// The lines, each group followed by an empty one.
  var lines: [String] {
    (evidence.posterior.map { posterior in
      if isShort(posterior) { return summary(posterior) }
      return posterior.latents.flatMap { LatentLines(result: $0, model: result.model, pointer: pointer).lines }
        + lines(posterior)
    } ?? [])
      + evidence.triangulations.filter { selection.shows($0.triangulation.name) }.flatMap(lines)
  }

  /// Whether latent totals and what was observed are only named, because other outputs were asked for.
  private func isShort(_ posterior: PosteriorResult) -> Bool {
    !posterior.latents.isEmpty
      && posterior.latents.allSatisfy { !selection.shows(result.model[$0.total.quantity].name) }
  }

  /// What the posterior is given, and where to find it.
  private func summary(_ posterior: PosteriorResult) -> [String] {
    let totals = posterior.latents.map { latent -> String in
      let (routes, figures) = (latent.total.routes.count, latent.total.figures.count)
      return
        "\(routes) \(routes == 1 ? "route" : "routes") and \(figures) published \(figures == 1 ? "figure" : "figures") "
        + "that read the latent total \(result.model[latent.total.quantity].name)"
    }
    let observed = posterior.observations.count
    let given = totals + (observed > 0 ? ["\(observed) \(observed == 1 ? "observation" : "observations")"] : [])
    let names = posterior.latents.map { "--show \(result.model[$0.total.quantity].name)" }
    let files = ["latent_readings.csv", "observations.csv", "learning.csv"].compactMap(pointer)
    // Without tables, all of them are in one file.
    let places = files.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let place = (places.isEmpty ? "" : places.joined(separator: ", ") + ", or ") + names.joined(separator: " ")
    return ScreenText.wrapped("Given \(given.joined(separator: ", and ")): see \(place).") + [""]
  }

  // MARK: Observations

  /// The headings of the table of observations.
  static let columns = ["observed", "unit", "measured", "prior", "posterior", "surprise"]

  /// The rows of the table of observations.
  func observations(_ posterior: PosteriorResult) -> [[String]] {
    posterior.observations.map { result in
      [
        result.observation.text, result.observation.unit.shown,
        result.observed.p50.isNaN
          ? result.observation.distributionText
          : Self.interval(result.observed.p50, result.observed.p05, result.observed.p95),
        Self.text(of: result.prior, in: result.observation), Self.text(of: result.posterior, in: result.observation),
        Self.bits(result.surprise),
      ]
    }
  }

  /// How the posterior was sampled, and its limitations.
  func sentences(about posterior: PosteriorResult) -> [String] {
    [method(posterior)] + unsettled(posterior) + distant(posterior.observations) + kept(posterior.observations)
      + lost(posterior.observations)
  }

  /// Observations whose formula's posterior is beyond their own interval by three times its half-width, some five standard
  /// deviations.
  private func distant(_ observed: [ObservationResult]) -> [String] {
    observed.filter { result in
      guard let low = result.posterior.quantile(0.05)?.value, let high = result.posterior.quantile(0.95)?.value else {
        return false
      }
      let (p05, _, p95) = result.observed
      return p95 > p05 && max(p05 - high, low - p95) > 1.5 * (p95 - p05)
    }.map {
      "The posterior of \($0.observation.text) is far from what was measured: other observations contradict it, or the "
        + "sampler has missed a part of the posterior that is far from the prior. A relative error, as of a lognormal "
        + "distribution, is easier to sample."
    }
  }

  private func lines(_ posterior: PosteriorResult) -> [String] {
    let learned = posterior.learning.map { LearningLines(learning: $0, model: result.model).lines(pointer) } ?? []
    guard !posterior.observations.isEmpty else {
      return sentences(about: posterior).flatMap { ScreenText.wrapped($0) } + [""] + learned
    }
    let rows = observations(posterior)
    var table = TextTable()
    for (position, name) in Self.columns.enumerated() {
      table.add(name, rows.map { $0[position] }, position < Self.columns.count - 1 ? .left : .right)
    }
    return table.lines + [""] + sentences(about: posterior).flatMap { ScreenText.wrapped($0) } + [""] + learned
  }

  /// The shares of the prior draws in which observed conditions hold.
  private func kept(_ observed: [ObservationResult]) -> [String] {
    observed.compactMap { result in
      guard case .positive = result.observation.measurement else { return nil }
      let share = Estimate(100 * result.pValue.value, error: 100 * result.pValue.error)
      let draws = isUpdated ? "draws given what is read of the latent totals" : "prior draws"
      return "`\(result.observation.text)` holds in \(NumberText.estimate(share, digits: 2)) % of the \(draws)."
    }
  }

  /// Whether observations come after the readings of latent totals.
  private var isUpdated: Bool { evidence.posterior?.latents.isEmpty == false }

  private func unsettled(_ posterior: PosteriorResult) -> [String] {
    guard let unsettled = posterior.unsettled else { return [] }
    let observation = posterior.observations[unsettled.observation].observation
    return [
      "Particles are not independent after the maximum number of moves: a rank correlation of "
        + "\(NumberText.significant(unsettled.correlation, digits: 2)) is left in \(observation.text), so that errors are "
        + "larger than stated."
    ]
  }

  private func method(_ posterior: PosteriorResult) -> String {
    let made = NumberText.count(result.draws)
    let worth = NumberText.significant(posterior.effective.rounded(), digits: 3)
    let information = "Information from the observations: \(Self.bits(posterior.information))"
    switch posterior.method {
    case .weighting: return "\(information). The \(made) weighted draws have an effective sample size of \(worth)."
    case .tempering(let stages, let moves, let acceptance):
      return "\(information). The \(made) weighted draws would have an effective sample size of only \(worth); "
        + "instead, \(NumberText.count(posterior.draws)) particles were moved from prior to posterior in \(stages) "
        + "\(stages == 1 ? "stage" : "stages") with \(moves) moves, "
        + "\(NumberText.significant(acceptance * 100, digits: 2)) % of which were accepted."
    case .linearUpdate:
      let draws = "The posterior has \(NumberText.count(posterior.draws)) draws, moved by the linear update"
      return posterior.effective < Double(posterior.draws)
        ? "\(draws) and weighted, with an effective sample size of \(worth)." : "\(draws)."
    }
  }

  private func lost(_ observed: [ObservationResult]) -> [String] {
    observed.filter { $0.nonFinite > 0 }.map {
      "\($0.nonFinite) of \(NumberText.count(result.draws)) draws of \($0.observation.text) are not finite and have zero weight."
    }
  }

  /// A median with its interval; for a condition, the probability that it holds.
  private static func text(of cell: CellSummary, in observation: Observation) -> String {
    if case .positive = observation.measurement { cell.conditionText(in: observation.unit) } else { interval(cell) }
  }

  /// `73 (49 to 109)`
  static func interval(_ cell: CellSummary, _ width: IntervalWidth = .usual) -> String {
    func text(_ probability: Double) -> String {
      cell.shownQuantile(probability).map { NumberText.estimate($0, digits: cell.shownDigits(width)) } ?? "none"
    }
    return cell.isConstant
      ? text(0.5) : "\(text(0.5)) (\(text(width.probabilities.low)) to \(text(width.probabilities.high)))"
  }

  private static func interval(_ median: Double, _ low: Double, _ high: Double) -> String {
    let text = NumberText.significant(median)
    return low == high ? text : "\(text) (\(NumberText.significant(low)) to \(NumberText.significant(high)))"
  }

  private static func bits(_ estimate: Estimate) -> String {
    guard estimate.value.isFinite else { return "beyond all draws" }
    let text = NumberText.estimate(estimate, digits: estimate.value < 1 ? 1 : 2)
    return "\(text) \(text == "1" ? "bit" : "bits")"
  }

  // MARK: Routes

  private func lines(_ compared: TriangulationResult) -> [String] {
    let triangulation = compared.triangulation
    let order = RowOrder(of: triangulation.cells, in: result.model)
    let shown = Abbreviation(
      of: order.cells.count, limit: OutputTables.rowLimit, keeping: OutputTables.rowsKept)
    let cells = shown.kept.map { order.cells[$0] }
    let unit = triangulation.unit.shown
    var lines = ["\(triangulation.name) by \(triangulation.routes.count) routes" + (unit.isEmpty ? "" : ", \(unit)")]
    lines += table(compared, cells, order, shown, names: triangulation.routes.map(\.label)) { $0.routes } + [""]
    lines += ["\(triangulation.name), routes pooled" + (unit.isEmpty ? "" : ", \(unit)")]
    lines += table(compared, cells, order, shown, names: triangulation.pools.map(\.rawValue)) { $0.pools } + [""]
    for cell in shownOutputs(order.cells, in: triangulation) { lines += sentences(compared, cell) }
    if cells.count > shownOutputs(order.cells, in: triangulation).count, let file = pointer("route_differences.csv") {
      lines.append("  all cells: \(file), reconciliation.csv, route_heterogeneity.csv")
    }
    return lines + [""]
  }

  private func table(
    _ compared: TriangulationResult, _ cells: [Int], _ order: RowOrder, _ shown: Abbreviation, names: [String],
    _ summaries: (TriangulationResult.Cell) -> [CellSummary]
  ) -> [String] {
    var table = TextTable()
    order.addColumns(for: cells, resumingAt: shown.omitted > 0 ? shown.head.count : nil, to: &table)
    for (position, name) in names.enumerated() {
      OutputTables.addQuantiles(
        of: cells.map { summaries(compared.cells[$0])[position] }, median: name, result.model.settings.interval,
        to: &table)
    }
    var lines = table.lines
    if shown.omitted > 0 {
      let place = pointer("routes.csv").map { ": see \($0)" } ?? ""
      lines.insert("… \(shown.omitted) more rows\(place)", at: 1 + shown.head.count)
    }
    return lines
  }

  /// The cells described in sentences: if there are many, the first, the middle and the last.
  func shownOutputs(_ cells: [Int], in triangulation: Triangulation) -> [Int] {
    cells.count <= 3 ? cells : [cells[0], cells[cells.count / 2], cells[cells.count - 1]]
  }

  func sentences(_ compared: TriangulationResult, _ position: Int) -> [String] {
    let triangulation = compared.triangulation
    let cell = compared.cells[position]
    let labels = result.model.labels(ofCell: position, in: triangulation.cells).joined(separator: ",")
    let start = labels.isEmpty ? "  " : "  \(labels): "
    var lines = cell.conflicts.map { conflict in
      let (first, second) = (triangulation.routes[conflict.first].label, triangulation.routes[conflict.second].label)
      func text(_ estimate: Estimate) -> String { NumberText.estimate(estimate, digits: 2) }
      return start + "\(first) is \(text(conflict.ratio.p50)) times \(second) "
        + "(90 %: \(text(conflict.ratio.p05)) to \(text(conflict.ratio.p95))); "
        + "\(Self.verdict(conflict.pValue, conflict.z))"
    }
    if cell.conflicts.count > 1, cell.consistency.pValue.isFinite {
      lines.append(
        start + "all routes: if they estimate the same quantity, a disagreement this large has a probability of "
          + "\(Self.probability(cell.consistency.pValue))")
    }
    let moving = cell.shifts.prefix(Self.shownShifts.count)
      .filter { $0.standardisedShift.value.magnitude >= Self.shownShifts.least }
    if !moving.isEmpty {
      let moves = moving.enumerated().map { Self.move($1, isFirst: $0 == 0) }.joined(separator: ", ")
      lines += ScreenText.wrapped("\(start.trimmedAtEnd) for the routes to agree, \(moves)").map {
        $0.hasPrefix(" ") ? $0 : "  " + $0
      }
    }
    if cell.nonFinite > 0 {
      lines.append(start + "\(cell.nonFinite) draws in which a route is not positive are excluded")
    }
    return lines
  }

  /// `0.4 sd apart (p-value 69 %)`
  private static func verdict(_ pValue: Double, _ z: Double) -> String {
    guard z.isFinite else { return "both are constant" }
    return "\(NumberText.significant(z, digits: 2)) sd apart (p-value \(probability(pValue)))"
  }

  private static func probability(_ value: Double) -> String {
    guard value.isFinite else { return "unknown" }
    if value < 1e-6 { return "below 0.0001 %" }
    return "\(NumberText.significant(value * 100, digits: 2)) %"
  }

  /// `load_factor would have to fall by 0.8 sd, to its 21st percentile`
  private static func move(_ shift: TriangulationResult.Shift, isFirst: Bool) -> String {
    let value = shift.standardisedShift.value
    let place = StandardNormal.cdf(value) * 100
    let percentile =
      place < 1
      ? "below its 1st percentile"
      : place > 99 ? "above its 99th percentile" : "to its \(ordinal(Int(place.rounded()))) percentile"
    return
      "\(shift.input) \(isFirst ? "would have to" : "to") \(value < 0 ? "fall" : "rise") by \(NumberText.significant(value.magnitude, digits: 2)) sd, \(percentile)"
  }

  private static func ordinal(_ number: Int) -> String {
    let ending =
      switch (number % 10, number % 100) {
      case (1, let tens) where tens != 11: "st"
      case (2, let tens) where tens != 12: "nd"
      case (3, let tens) where tens != 13: "rd"
      default: "th"
      }
    return "\(number)\(ending)"
  }
}
