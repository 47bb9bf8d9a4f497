import Evidence
import Modeling
import Simulation

/// The observations, and the outputs before and after they are used.
struct ObservationsSection {
  /// The run, with the prior distributions of its outputs.
  let result: ScenarioResult

  /// Maximum number of outputs with a chart.
  private static let mostCharts = 6

  var section: PageSection? {
    guard let posterior = result.evidence?.posterior, let evidence = result.evidence else { return nil }
    let lines = EvidenceLines(evidence: evidence, result: result, selection: .all, pointer: { $0 })
    let rows = lines.observations(posterior).map { row in row.map { Markup(escaping: $0) } }
    let table = PageTable(
      caption: "Observations: the measured value, and the formula before and after (median and 90 % interval)",
      columns: zip(EvidenceLines.columns, [false, false, false, true, true, true]).map { (name: $0, isNumeric: $1) },
      rows: rows, headers: 1)
    let sentences = lines.sentences(about: posterior).map { "<p>\($0)</p>\n" as Markup }
    let observed: Markup = posterior.observations.isEmpty ? "" : table.markup
    let compared: Markup =
      posterior.replacement == nil
      ? """
       The charts compare them with the prior distributions, which the inputs imply without the observations.
      """
      : """
       The prior of a latent total is wide on purpose, so that it is not shown.
      """
    return PageSection(
      id: "observations", title: "Observations",
      content: """
        <p>The outputs on this page are given the observations: posterior distributions.\(compared)</p>
        \(observed)\(latents(posterior))\(sentences)<div class="charts">
        \(charts(posterior).map(\.figure))</div>

        """)
  }

  /// For each latent total its errors, its published figures, and what limits its results.
  private func latents(_ posterior: PosteriorResult) -> [Markup] {
    posterior.latents.flatMap { latent -> [Markup] in
      let lines = LatentLines(result: latent, model: result.model, pointer: { $0 })
      let name = result.model[latent.total.quantity].name
      let errors = PageTable(
        caption: "\(name): standard deviations of the errors of its readings, of logarithms",
        columns: LatentLines.errorColumns.enumerated().map { (name: $1, isNumeric: $0 > 0) },
        rows: lines.errors.map { row in row.map { Markup(escaping: $0) } }, headers: 1)
      let figures = PageTable(
        caption: "\(name): published figures, and what all other readings predict for them",
        columns: LatentLines.figureColumns.enumerated().map { (name: $1, isNumeric: $0 > 2) },
        rows: lines.figures.map { row in row.map { Markup(escaping: $0) } }, headers: 1)
      let tables = lines.figures.isEmpty ? [errors.markup] : [errors.markup, figures.markup]
      return tables + [predictions(latent, name)?.figure ?? .none] + lines.sentences.map { "<p>\($0)</p>\n" as Markup }
    }
  }

  /// Each published figure beside the distribution of it that all other readings predict.
  private func predictions(_ latent: LatentResult, _ name: String) -> PageChart? {
    let rows = latent.readings.compactMap { reading -> IntervalChart.Row? in
      guard let value = reading.value, let predicted = reading.predicted, predicted.p50 > 0 else { return nil }
      let quantiles = [predicted.p05, predicted.p50, predicted.p95].map { $0 / predicted.p50 }
      let text = "\(NumberText.significant(value)), predicted \(NumberText.significant(predicted.p50)) \(reading.unit)"
      return IntervalChart.Row(name: reading.name, quantiles: quantiles, text: text, mark: value / predicted.p50)
    }
    guard !rows.isEmpty else { return nil }
    let chart = IntervalChart(
      rows: rows, references: [], unit: "relative to the predicted median", markName: "published", ratioLimit: 3)
    return PageChart(
      name: "predictions-\(name)",
      description: "Published figures that read \(name), and the 90 % intervals predicted for them",
      caption: """
        Published figures that read \(name), relative to the median that all other readings predict for them, with \
        the 90 % interval of this prediction.
        """, drawing: chart.drawing)
  }

  /// Prior and posterior of the first observed formulas, and of the default cells of the first outputs.
  private func charts(_ posterior: PosteriorResult) -> [PageChart] {
    let model = result.model
    let observed = posterior.observations.prefix(Self.mostCharts).enumerated().compactMap { number, found in
      LearningSection.chart(
        file: "observed-formula-\(number + 1)", name: found.observation.text, prior: found.prior,
        posterior: found.posterior, unit: found.observation.unit.shown)
    }
    let outputs = posterior.replacement == nil ? result.outputs : []
    let pairs = outputs.compactMap { prior in
      posterior.outputs.first { $0.output.quantity == prior.output.quantity }.map { (prior, $0) }
    }.filter { !model.isCondition($0.0.output.quantity) }
    return observed
      + pairs.prefix(Self.mostCharts).compactMap { prior, given in
        let quantity = prior.output.quantity
        let place = model.defaultCell(of: quantity)
        let name = model.title(quantity, cell: place)
        return LearningSection.chart(
          file: "observed-\(model[quantity].name)", name: name, prior: prior.cells[place],
          posterior: given.cells[place], unit: prior.output.unit.shown)
      }
  }
}

extension ScenarioResult {
  /// The same with the posterior distributions as outputs, if there are observations.
  var givenObservations: ScenarioResult {
    guard let posterior = evidence?.posterior else { return self }
    var given = self
    given.run.outputs = run.outputs.compactMap { output in
      posterior.outputs.first { $0.output.quantity == output.output.quantity }
    }
    return given
  }
}
